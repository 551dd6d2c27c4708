package io.auriga.app.cli;

import io.auriga.app.Nodes;
import io.auriga.app.config.AurigaConfig;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.runtime.store.Store;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.Hex;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.PaidQueries;
import io.auriga.withdrawals.prediction.Predictor;
import io.auriga.withdrawals.statement.Groups;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
      "Of several validators it also says what is to come for all of them: within a day, a week and"
          + " 30 days.",
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
      "  auriga withdrawals predict --group solo --exit --config auriga.yaml",
      "  auriga withdrawals predict --address 0x00000000219ab540356cBB839Cbe05303d7705Fa"
    })
final class PredictCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--validator",
      paramLabel = "VALIDATOR…",
      split = ",",
      hideParamSyntax = true,
      description = "Validators by index or public key.")
  private List<String> validators = List.of();

  @Option(
      names = "--address",
      paramLabel = "ADDRESS…",
      split = ",",
      hideParamSyntax = true,
      description = "All validators that the ledger has seen paid to these addresses.")
  private List<String> addresses = List.of();

  @Option(
      names = "--group",
      paramLabel = "GROUP…",
      split = ",",
      hideParamSyntax = true,
      description = "Groups that the file of --config names.")
  private List<String> names = List.of();

  @Option(
      names = "--exit",
      description =
          "Also what leaving would come to, if each asked in the next block: when it would be out,"
              + " from when on and when it would be paid. A what-if, apart from the prediction; the"
              + " node is asked for everybody who leaves.")
  private boolean exit;

  @Option(
      names = "--json",
      description =
          "One JSON object a validator, a line each; where there are several, a last line for all"
              + " of them together.")
  private boolean json;

  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    List<ValidatorId> wanted = parsed("--validator", validators, Predictor::parse);
    List<Address> paid = parsed("--address", addresses, Address::fromHex);
    if (wanted.isEmpty() && paid.isEmpty() && names.isEmpty()) {
      throw wrong("none of --validator, --address and --group is given");
    }
    AurigaConfig loaded = config.load(nodes.settings());
    Groups known = names.isEmpty() ? Groups.NONE : StatementGroups.of(loaded);
    List<Groups.Group> groups = groups(known);
    if (loaded.consensus().isEmpty()) {
      throw new AurigaException(
          CliError.USAGE,
          "predict withdrawals",
          "no consensus node is given",
          "Name one with --consensus URL, or in the file of --config",
          null);
    }
    PredictReport report =
        LedgerAccess.read(
            loaded,
            store -> {
              Set<ValidatorId> all = new LinkedHashSet<>(wanted);
              for (Groups.Group group : groups) {
                known
                    .members(group, new PaidQueries(store), Predictor.VALIDATORS_MAX + 1)
                    .forEach(index -> all.add(ValidatorId.of(index)));
              }
              return report(loaded, store, all, paid);
            });
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      report.printJson(out);
    } else {
      report.print(out);
    }
    return report.answer().outlooks().isEmpty() ? ExitCode.FINDING : ExitCode.OK;
  }

  private List<Groups.Group> groups(Groups known) {
    List<Groups.Group> groups = new ArrayList<>();
    for (String name : names) {
      groups.add(
          known
              .find(name)
              .orElseThrow(
                  () ->
                      wrong(
                          "there is no group %s; %s"
                              .formatted(
                                  Hex.abbreviate(name),
                                  known.all().isEmpty()
                                      ? "the file of --config names none"
                                      : "the file of --config names "
                                          + known.all().stream()
                                              .map(Groups.Group::name)
                                              .toList()))));
    }
    return groups;
  }

  private static AurigaException wrong(String problem) {
    return new AurigaException(CliError.USAGE, "predict withdrawals", problem);
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

  private PredictReport report(
      AurigaConfig config,
      Store store,
      Collection<ValidatorId> validators,
      List<Address> addresses) {
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
      predictor.learn();
      return new PredictReport(
          predictor.outlooks(validators, addresses),
          exit ? Optional.of(predictor.exits(validators, addresses)) : Optional.empty(),
          SlotClock.of(network.spec(), network.genesis(), time),
          network.spec());
    }
  }
}
