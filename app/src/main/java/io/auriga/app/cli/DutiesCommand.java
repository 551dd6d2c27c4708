package io.auriga.app.cli;

import io.auriga.app.Nodes;
import io.auriga.app.config.AurigaConfig;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.FailoverBeaconNode;
import io.auriga.types.AurigaException;
import io.auriga.types.Epoch;
import io.auriga.validators.accounting.AttestationDuty;
import io.auriga.validators.accounting.DutyTotals;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.accounting.EpochReader;
import io.auriga.validators.accounting.FlagCheck;
import io.auriga.validators.accounting.Proposal;
import io.auriga.validators.accounting.SyncTotals;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga validators duties}: what validators owed and did in one epoch. */
@Command(
    name = "duties",
    description = {
      "Counts one epoch's duties from its blocks: attestations with source, target, head, distance"
          + " and effectiveness, proposals, sync committee seats; of the whole network and of the"
          + " validators that are named.",
      "",
      "Asks a consensus node for the state before the epoch, which is large, and for the blocks of"
          + " two epochs.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Counted",
      "1:A named validator missed an attestation, or --check found a difference"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga validators duties --epoch 405000 --consensus http://localhost:5052",
      "  auriga validators duties --epoch 405000 --validator 1234,1235 --json",
      "  auriga validators duties --epoch 405000 --validator 0x93247f22… --check"
    })
final class DutiesCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--epoch",
      paramLabel = "EPOCH",
      required = true,
      description = "The epoch; its numbers are complete two epochs later.")
  private String epoch = "";

  @Option(
      names = "--validator",
      paramLabel = "VALIDATOR…",
      split = ",",
      hideParamSyntax = true,
      description = "Validators by index or public key.")
  private List<String> validators = List.of();

  @Option(
      names = "--check",
      description =
          "Compares every validator's flags with those of the state two epochs later, which is as"
              + " large as the first.")
  private boolean check;

  @Option(names = "--json", description = "One JSON object for the epoch, then one a validator.")
  private boolean json;

  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    Epoch asked = parsedEpoch();
    NamedValidators wanted = NamedValidators.parse(validators);
    AurigaConfig loaded = config.load(nodes.settings());
    if (loaded.consensus().isEmpty()) {
      throw new AurigaException(
          CliError.USAGE,
          "count duties",
          "no consensus node is given",
          "Name one with --consensus URL, or in the file of --config",
          null);
    }
    Found found = read(loaded, asked, wanted);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(out, found);
    } else {
      print(out, found);
    }
    boolean differs = found.flags().filter(flags -> flags.differing() > 0).isPresent();
    return differs || found.duties().of(found.named()).missed() > 0
        ? ExitCode.FINDING
        : ExitCode.OK;
  }

  /**
   * What came of reading.
   *
   * @param flags present if they were to be compared
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Found(EpochDuties duties, int[] named, Optional<FlagCheck> flags) {}

  private Found read(AurigaConfig config, Epoch epochAsked, NamedValidators wanted) {
    try (Nodes asked = new Nodes(config.consensus(), List.of())) {
      NetworkCheck.Network network = NetworkCheck.require(asked.beacons(), List.of());
      BeaconNode node = new FailoverBeaconNode(asked.beaconsOf(network));
      BeaconStates states = asked.statesOf(network);
      int[] named = wanted.indices(states);
      PrintWriter err = spec.commandLine().getErr();
      long slots = 2 * network.spec().slotsPerEpoch();
      Progress progress = new Progress(err, InstantSource.system(), "slots", (double) slots);
      EpochReader reader = new EpochReader(network.spec(), node, states, asked.dutiesOf(network));
      EpochDuties duties =
          reader.read(
              epochAsked,
              (done, total) -> progress.at((double) Math.min(done, total), "Reading blocks"));
      return new Found(duties, named, check ? Optional.of(reader.check(duties)) : Optional.empty());
    }
  }

  private Epoch parsedEpoch() {
    try {
      return Epoch.parseDecimal(epoch);
    } catch (IllegalArgumentException malformed) {
      throw new AurigaException(
          CliError.USAGE, "read --epoch", String.valueOf(malformed.getMessage()));
    }
  }

  private static void printJson(PrintWriter out, Found found) {
    EpochDuties duties = found.duties();
    int[] named = found.named();
    out.println(
        JsonLine.of(
            line -> {
              line.text("epoch", duties.epoch().toString())
                  .text("stage", lower(duties.stage()))
                  .text("headSlot", duties.head().slot().toString())
                  .text("headRoot", duties.head().root().toHex())
                  .number("refused", duties.refused())
                  .object("network", totals -> write(totals, duties.network()))
                  .object("named", totals -> write(totals, duties.of(named)))
                  .object("networkSync", sync -> write(sync, duties.sync().network()))
                  .object("namedSync", sync -> write(sync, duties.sync().of(named)))
                  .objects("proposals", duties.proposals(), DutiesCommand::write);
              found
                  .flags()
                  .ifPresent(
                      flags ->
                          line.object(
                              "stateFlags",
                              of ->
                                  of.text("slot", flags.slot().toString())
                                      .number("compared", flags.compared())
                                      .number("different", flags.differing())));
            }));
    for (int validator : named) {
      Optional<AttestationDuty> duty = duties.attestation(validator);
      out.println(
          JsonLine.of(
              line -> {
                line.text("validatorIndex", String.valueOf(validator))
                    .flag("assigned", duty.isPresent());
                duty.ifPresent(
                    of ->
                        line.text("slot", of.slot().toString())
                            .flag("included", of.isIncluded())
                            .number("distance", of.distance())
                            .number("lateness", of.lateness())
                            .flag("source", of.source())
                            .flag("target", of.target())
                            .flag("head", of.head()));
              }));
    }
  }

  private static void write(JsonLine line, DutyTotals totals) {
    line.number("assigned", totals.assigned())
        .number("included", totals.included())
        .number("missed", totals.missed())
        .number("source", totals.source())
        .number("target", totals.target())
        .number("head", totals.head())
        .number("distanceSum", totals.distanceSum())
        .text("effectiveness", text(totals.effectiveness()));
  }

  private static void write(JsonLine line, SyncTotals sync) {
    line.number("seats", sync.seats())
        .number("expected", sync.expected())
        .number("signed", sync.signed())
        .number("missedInPoorBlocks", sync.missedInPoorBlocks());
  }

  private static void write(JsonLine line, Proposal proposal) {
    line.text("slot", proposal.slot().toString())
        .text(
            "proposer",
            proposal.proposer().isPresent() ? String.valueOf(proposal.proposer().getAsInt()) : null)
        .text("outcome", lower(proposal.outcome()))
        .text("root", proposal.block().map(block -> block.root().toHex()).orElse(null));
  }

  private static void print(PrintWriter out, Found found) {
    EpochDuties duties = found.duties();
    int[] named = found.named();
    out.printf("Epoch %s, %s as of %s.%n%n", duties.epoch(), lower(duties.stage()), duties.head());
    TextTable table =
        new TextTable(
            TextTable.Column.left("ATTESTATIONS"),
            TextTable.Column.right("ASSIGNED"),
            TextTable.Column.right("MISSED"),
            TextTable.Column.right("SOURCE"),
            TextTable.Column.right("TARGET"),
            TextTable.Column.right("HEAD"),
            TextTable.Column.right("EFFECTIVENESS"));
    row(table, "network", duties.network());
    if (named.length > 0) {
      row(table, "named", duties.of(named));
    }
    table.print(out);
    SyncTotals sync = duties.sync().network();
    out.printf(
        "%nSync committee: %d of %d signatures in %d blocks.%n",
        sync.signed(), sync.expected(), duties.sync().blocks());
    List<String> empty = new ArrayList<>();
    for (Proposal proposal : duties.proposals()) {
      if (proposal.outcome() == Proposal.Outcome.MISSED) {
        String whose =
            proposal.proposer().isPresent() ? "validator " + proposal.proposer().getAsInt() : "?";
        empty.add(proposal.slot() + " (" + whose + ")");
      }
    }
    out.println(empty.isEmpty() ? "No slot is empty." : "Empty: " + String.join(", ", empty) + ".");
    if (duties.refused() > 0) {
      out.printf("%d attestations could not be counted: do not trust this.%n", duties.refused());
    }
    found.flags().ifPresent(flags -> print(out, flags));
    validators(out, duties, named);
  }

  private static void print(PrintWriter out, FlagCheck flags) {
    out.printf(
        "Flags of %d validators compared with the state of slot %s: %s.%n",
        flags.compared(),
        flags.slot(),
        flags.differing() == 0
            ? "all equal"
            : flags.differing() + " differ, first " + flags.different());
  }

  private static void validators(PrintWriter out, EpochDuties duties, int[] named) {
    if (named.length == 0) {
      return;
    }
    TextTable table =
        new TextTable(
            TextTable.Column.right("VALIDATOR"),
            TextTable.Column.right("SLOT"),
            TextTable.Column.right("DISTANCE"),
            TextTable.Column.left("SOURCE"),
            TextTable.Column.left("TARGET"),
            TextTable.Column.left("HEAD"));
    for (int validator : named) {
      Optional<AttestationDuty> duty = duties.attestation(validator);
      table.add(
          String.valueOf(validator),
          duty.map(of -> of.slot().toString()).orElse("not active"),
          duty.map(of -> of.isIncluded() ? String.valueOf(of.distance()) : "missed").orElse(""),
          duty.map(of -> yes(of.source())).orElse(""),
          duty.map(of -> yes(of.target())).orElse(""),
          duty.map(of -> yes(of.head())).orElse(""));
    }
    out.println();
    table.print(out);
  }

  private static void row(TextTable table, String name, DutyTotals totals) {
    table.add(
        name,
        String.valueOf(totals.assigned()),
        String.valueOf(totals.missed()),
        share(totals.source(), totals),
        share(totals.target(), totals),
        share(totals.head(), totals),
        text(totals.effectiveness()));
  }

  private static String share(long part, DutyTotals totals) {
    return totals.assigned() == 0
        ? "-"
        : String.format(Locale.ROOT, "%.2f %%", 100.0 * part / totals.assigned());
  }

  private static String text(OptionalDouble rate) {
    return rate.isPresent() ? String.format(Locale.ROOT, "%.4f", rate.getAsDouble()) : "-";
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
