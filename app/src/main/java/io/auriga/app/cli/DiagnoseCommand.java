package io.auriga.app.cli;

import io.auriga.app.config.AurigaConfig;
import io.auriga.runtime.config.Key;
import io.auriga.sync.record.SlotRecord;
import io.auriga.sync.record.SlotRecordJson;
import io.auriga.sync.record.SlotStore;
import io.auriga.sync.slot.Verdict;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga sync diagnose}: who was late in a slot, or in the last hours, and why. */
@Command(
    name = "diagnose",
    description = {
      "Says of a slot, or of the last hours, who was late and why: the proposer, the network, the"
          + " consensus client, the execution client, a clock. Asks the store of 'auriga run', also"
          + " while it runs.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Nothing of yours was late",
      "1:A pair of yours was late or failed, or no verdict is kept"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga sync diagnose --config auriga.yaml",
      "  auriga sync diagnose --slot 9123456",
      "  auriga sync diagnose --last 12h --json"
    })
final class DiagnoseCommand implements Callable<Integer> {
  /** A week on mainnet at one pair. */
  private static final int RECORDS_MAX = 50_400;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--slot", paramLabel = "SLOT", description = "One slot, stage by stage.")
  private Optional<String> slot = Optional.empty();

  @Option(
      names = "--last",
      paramLabel = "TIME",
      description = "How far back, such as 30m, 12h or 2d (default: 1h); counted from the newest.")
  private String last = "1h";

  @Option(names = "--json", description = "One JSON object a slot and pair, a line each.")
  private boolean json;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    Optional<Slot> wanted = slot.map(DiagnoseCommand::parsedSlot);
    Duration back = parsedTime();
    List<SlotRecord> records = read(config.load(Map.of()), wanted, back);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      records.forEach(record -> out.println(SlotRecordJson.text(record)));
    } else if (records.isEmpty()) {
      out.println(
          wanted.isPresent()
              ? "No verdict on slot " + wanted.get() + " is kept."
              : "No slot was judged yet.");
    } else if (wanted.isPresent()) {
      records.forEach(record -> DiagnosisReport.slot(out, record));
    } else {
      DiagnosisReport.summary(out, records);
    }
    boolean own = records.stream().anyMatch(record -> record.tone() == Verdict.Tone.OWN);
    return own || records.isEmpty() ? ExitCode.FINDING : ExitCode.OK;
  }

  private static List<SlotRecord> read(AurigaConfig config, Optional<Slot> wanted, Duration back) {
    return StoreAccess.read(
        config,
        "say who was late",
        SlotStore.MIGRATIONS,
        store -> read(new SlotStore(store), wanted, back));
  }

  private static List<SlotRecord> read(SlotStore slots, Optional<Slot> wanted, Duration back) {
    if (wanted.isPresent()) {
      return slots.of(wanted.get());
    }
    // A replay's slots are not of our time, and a run may have ended a while ago.
    return slots.latest(1, Optional.empty(), Instant.EPOCH).stream()
        .findFirst()
        .map(newest -> slots.latest(RECORDS_MAX, Optional.empty(), newest.start().minus(back)))
        .orElse(List.of());
  }

  private static Slot parsedSlot(String text) {
    try {
      return Slot.parseDecimal(text);
    } catch (IllegalArgumentException malformed) {
      throw new AurigaException(
          CliError.USAGE, "read --slot", String.valueOf(malformed.getMessage()));
    }
  }

  private Duration parsedTime() {
    try {
      return Key.parseDuration(last);
    } catch (IllegalArgumentException malformed) {
      throw new AurigaException(
          CliError.USAGE,
          "read --last",
          "it must be a time such as 30m, 12h or 2d: " + malformed.getMessage());
    }
  }
}
