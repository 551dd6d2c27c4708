package io.auriga.app.cli;

import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.StageTimes;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.WithdrawalRecord;
import io.auriga.withdrawals.kind.KindQueries;
import io.auriga.withdrawals.kind.RequestCause;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code auriga withdrawals show}: one withdrawal and each stage of its life. */
@Command(
    name = "show",
    description = {
      "Shows the withdrawal with an index: its kind and what proves it, its blocks, its roots and"
          + " the time of each stage.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:The ledger has it", "1:The ledger does not have it"},
    footerHeading = "%nExamples:%n",
    footer = {"  auriga withdrawals show 12345678", "  auriga withdrawals show 12345678 --json"})
final class ShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "INDEX", description = "The global withdrawal index.")
  private String index = "";

  @Option(names = "--json", description = "One JSON object a block that holds it, a line each.")
  private boolean json;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    WithdrawalIndex wanted;
    try {
      wanted = WithdrawalIndex.parseDecimal(index);
    } catch (IllegalArgumentException malformed) {
      throw new AurigaException(
          CliError.USAGE, "show withdrawal " + index, String.valueOf(malformed.getMessage()));
    }
    List<Found> found = LedgerAccess.read(config.load(Map.of()), store -> Found.of(store, wanted));
    List<WithdrawalRecord> records = found.stream().map(Found::record).toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      records.forEach(record -> out.println(WithdrawalText.json(record)));
    } else if (records.isEmpty()) {
      out.println("The ledger has no withdrawal with the index " + wanted + ".");
    } else {
      Instant now = InstantSource.system().instant();
      found.forEach(one -> print(out, one, now));
    }
    return records.isEmpty() ? ExitCode.FINDING : ExitCode.OK;
  }

  /** A withdrawal, and the request that caused it if there is one. */
  private record Found(WithdrawalRecord record, Optional<RequestCause> cause) {
    static List<Found> of(Store store, WithdrawalIndex index) {
      KindQueries kinds = new KindQueries(store);
      return new WithdrawalQueries(store)
          .show(index).stream().map(record -> new Found(record, kinds.cause(record))).toList();
    }
  }

  private static void print(PrintWriter out, Found found, Instant now) {
    WithdrawalRecord record = found.record();
    line(out, "Withdrawal", record.withdrawal().index() + " (" + record.stage().lowerName() + ")");
    line(out, "Validator", record.withdrawal().validatorIndex().toString());
    line(out, "Address", record.withdrawal().address().toHex());
    line(
        out,
        "Amount",
        record.withdrawal().amount().toEtherString()
            + " ETH ("
            + record.withdrawal().amount()
            + " Gwei)");
    line(out, "Kind", record.kind().wireName() + ": " + record.evidence().meaning());
    found.cause().ifPresent(cause -> print(out, cause));
    line(out, "Time", record.time() + " (" + TimeText.ago(record.time(), now) + ")");
    line(out, "Slot", record.slot() + ", entry " + record.position() + " of its block");
    line(out, "Block root", record.blockRoot().toHex());
    line(out, "Block", record.blockNumber().toString());
    line(out, "Block hash", record.blockHash().toHex());
    line(out, "Withdrawals root", record.withdrawalsRoot().toHex());
    StageTimes times = record.times();
    stage(out, "  consensus", Optional.of(times.consensus()));
    stage(out, "  execution", times.execution());
    stage(out, "  safe", times.safe());
    stage(out, "  finalized", times.finalized());
    if (times.orphaned().isPresent()) {
      stage(out, "  orphaned", times.orphaned());
    }
    out.println();
  }

  private static void print(PrintWriter out, RequestCause cause) {
    line(
        out,
        "Requested",
        "%s ETH by %s in slot %s%s"
            .formatted(
                cause.amount().toEtherString(),
                cause.source().toHex(),
                cause.slot(),
                cause.isProven() ? "" : ", or in one of " + cause.others() + " later requests"));
    cause
        .log()
        .ifPresent(
            log ->
                line(
                    out,
                    "  transaction",
                    log.transaction().toHex() + ", log " + log.index() + ", as the node says"));
  }

  private static void stage(PrintWriter out, String name, Optional<Instant> time) {
    line(out, name, time.map(Instant::toString).orElse("not yet"));
  }

  private static void line(PrintWriter out, String name, String value) {
    out.println(name + " ".repeat(Math.max(1, 18 - name.length())) + value);
  }
}
