package io.auriga.app.cli;

import io.auriga.app.Nodes;
import io.auriga.app.config.AurigaConfig;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.runtime.store.Store;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.prediction.Outlook;
import io.auriga.withdrawals.prediction.Prediction;
import io.auriga.withdrawals.prediction.Predictor;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga withdrawals predict}: what validators are paid next, and when. */
@Command(
    name = "predict",
    description = {
      "Says when validators are paid next, and how much: the sweep's next payment, requested"
          + " partial withdrawals with their place in the queue, and after an exit the last one."
          + " Each slot and amount comes with the interval that holds nine of ten outcomes.",
      "",
      "Asks the store of 'auriga run', also while it runs, and a consensus node.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:Answered", "1:None of the validators exists"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga withdrawals predict --validator 123456 --consensus http://localhost:5052",
      "  auriga withdrawals predict --validator 10,11,12 --json --config auriga.yaml",
      "  auriga withdrawals predict --address 0x00000000219ab540356cBB839Cbe05303d7705Fa"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--validator",
      paramLabel = "VALIDATOR…",
      split = ",",
      hideParamSyntax = true,
      description = "Validators by index or public key; several are a group.")
  private List<String> validators = List.of();

  @Option(
      names = "--address",
      paramLabel = "ADDRESS…",
      split = ",",
      hideParamSyntax = true,
      description = "All validators that the ledger has seen paid to these addresses.")
  private List<String> addresses = List.of();

  @Option(names = "--json", description = "One JSON object a validator, a line each.")
  private boolean json;

  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  private record Answered(Predictor.Answer answer, SlotClock clock) {}

  @Override
  public Integer call() {
    List<ValidatorId> wanted = parsed("--validator", validators, Predictor::parse);
    List<Address> paid = parsed("--address", addresses, Address::fromHex);
    if (wanted.isEmpty() && paid.isEmpty()) {
      throw new AurigaException(
          CliError.USAGE, "predict withdrawals", "neither --validator nor --address is given");
    }
    AurigaConfig loaded = config.load(nodes.settings());
    if (loaded.consensus().isEmpty()) {
      throw new AurigaException(
          CliError.USAGE,
          "predict withdrawals",
          "no consensus node is given",
          "Name one with --consensus URL, or in the file of --config",
          null);
    }
    Answered answered = LedgerAccess.read(config, store -> answer(loaded, store, wanted, paid));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      answered.answer().outlooks().forEach(outlook -> out.println(toJson(answered, outlook)));
    } else {
      print(out, answered);
    }
    return answered.answer().outlooks().isEmpty() ? ExitCode.FINDING : ExitCode.OK;
  }

  private static <T> List<T> parsed(String option, List<String> texts, Function<String, T> parser) {
    List<T> values = new ArrayList<>();
    for (String text : texts) {
      try {
        values.add(parser.apply(text));
      } catch (IllegalArgumentException malformed) {
        throw new AurigaException(
            CliError.USAGE, "read " + option, String.valueOf(malformed.getMessage()));
      }
    }
    return values;
  }

  private static Answered answer(
      AurigaConfig config, Store store, List<ValidatorId> validators, List<Address> addresses) {
    try (Nodes nodes = new Nodes(config.consensus(), List.of())) {
      NetworkCheck.Network network = NetworkCheck.require(nodes.beacons(), List.of());
      String genesis = network.genesis().validatorsRoot().toHex();
      if (!store.network().map(genesis::equals).orElse(true)) {
        throw new AurigaException(
            CliError.USAGE,
            "predict withdrawals",
            "the store at " + store.where() + " is of another network than the node",
            "Name a node of the network that the store was filled from",
            null);
      }
      InstantSource time = InstantSource.system();
      Predictor predictor = new Predictor(store, nodes.statesOf(network), network.spec(), time);
      return new Answered(
          predictor.outlooks(validators, addresses),
          SlotClock.of(network.spec(), network.genesis(), time));
    }
  }

  private static String toJson(Answered answered, Outlook outlook) {
    return JsonLine.of(
        line ->
            line.text("validatorIndex", outlook.validator().index().toString())
                .text(
                    "address",
                    outlook.validator().credentials().address().map(Address::toHex).orElse(null))
                .text("headSlot", answered.answer().head().slot().toString())
                .text("exitEpoch", outlook.exit().map(Object::toString).orElse(null))
                .text(
                    "withdrawableEpoch", outlook.withdrawable().map(Object::toString).orElse(null))
                .text("nothing", outlook.nothing().orElse(null))
                .objects(
                    "payments",
                    outlook.payments(),
                    (row, payment) -> payment(row, payment, answered.clock()))
                .objects(
                    "queue",
                    outlook.queue(),
                    (row, place) ->
                        row.text("place", String.valueOf(place.place()))
                            .text("amount", place.amount().toString())
                            .text("withdrawableEpoch", place.withdrawable().toString())));
  }

  private static void payment(JsonLine row, Prediction payment, SlotClock clock) {
    row.text("kind", payment.kind().lowerName())
        .text("slot", String.valueOf(payment.slot().slot()))
        .text("slotLow", String.valueOf(payment.slot().low()))
        .text("slotHigh", String.valueOf(payment.slot().high()))
        .text("timestamp", seconds(clock, payment.slot().slot()))
        .text("timestampLow", seconds(clock, payment.slot().low()))
        .text("timestampHigh", seconds(clock, payment.slot().high()))
        .text("amount", String.valueOf(payment.amount().amount()))
        .text("amountLow", String.valueOf(payment.amount().low()))
        .text("amountHigh", String.valueOf(payment.amount().high()));
  }

  private static String seconds(SlotClock clock, long slot) {
    return String.valueOf(clock.startOf(new Slot(slot)).getEpochSecond());
  }

  private static void print(PrintWriter out, Answered answered) {
    Predictor.Answer answer = answered.answer();
    if (answer.outlooks().isEmpty()) {
      out.println("None of these validators exists.");
      return;
    }
    TextTable table =
        new TextTable(
            TextTable.Column.right("VALIDATOR"),
            TextTable.Column.left("KIND"),
            TextTable.Column.left("EXPECTED (UTC)"),
            TextTable.Column.left("IN"),
            TextTable.Column.right("SLOT"),
            TextTable.Column.left("NINE OF TEN"),
            TextTable.Column.right("ETH"));
    Instant now = answered.clock().now();
    for (Outlook outlook : answer.outlooks()) {
      for (Prediction payment : outlook.payments()) {
        Instant when = answered.clock().startOf(new Slot(payment.slot().slot()));
        table.add(
            outlook.validator().index().toString(),
            payment.kind().lowerName(),
            when.toString(),
            TimeText.ago(when, now),
            String.valueOf(payment.slot().slot()),
            payment.slot().low() + ".." + payment.slot().high(),
            new BigDecimal(java.math.BigInteger.valueOf(payment.amount().amount()), 9)
                .toPlainString());
      }
    }
    table.print(out);
    answer.outlooks().stream()
        .filter(outlook -> outlook.nothing().isPresent())
        .forEach(
            outlook ->
                out.println(
                    "The sweep pays validator %s nothing: %s."
                        .formatted(outlook.validator().index(), outlook.nothing().orElseThrow())));
    out.printf(
        "%nThe sweep is at validator %d of %d; a lap takes %d slots.%n",
        answer.sweep().cursor(), answer.sweep().validators(), answer.sweep().lapSlots());
  }
}
