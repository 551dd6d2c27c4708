package io.auriga.app.cli;

import io.auriga.chain.IndexGap;
import io.auriga.withdrawals.LedgerGap;
import io.auriga.withdrawals.LedgerSummary;
import io.auriga.withdrawals.WithdrawalQueries;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga withdrawals gaps}: is anything missing from the sequence? */
@Command(
    name = "gaps",
    description = {
      "Looks for withdrawals that are missing: the index counts them all, without a hole.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:Nothing is missing", "1:There are gaps"},
    footerHeading = "%nExamples:%n",
    footer = {"  auriga withdrawals gaps", "  auriga withdrawals gaps --json"})
final class GapsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "One JSON object a gap, a line each.")
  private boolean json;

  @Mixin private ConfigOptions config = new ConfigOptions();

  /** What one look at the ledger gave. */
  private record Answer(List<LedgerGap> gaps, LedgerSummary summary) {
    static Answer of(WithdrawalQueries queries) {
      return new Answer(queries.gaps(), queries.summary());
    }
  }

  @Override
  public Integer call() {
    Answer answer = LedgerAccess.ask(config, Answer::of);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      answer.gaps().forEach(gap -> out.println(WithdrawalText.json(gap)));
    } else if (answer.gaps().isEmpty()) {
      out.println(whole(answer.summary()));
    } else {
      print(out, answer.gaps());
    }
    return answer.gaps().isEmpty() ? ExitCode.OK : ExitCode.FINDING;
  }

  private static String whole(LedgerSummary summary) {
    if (summary.firstIndex().isEmpty() || summary.lastIndex().isEmpty()) {
      return "The ledger holds no withdrawals yet.";
    }
    return "Nothing is missing: "
        + summary.withdrawals()
        + " withdrawals, from index "
        + summary.firstIndex().get()
        + " to "
        + summary.lastIndex().get()
        + ".";
  }

  private static void print(PrintWriter out, List<LedgerGap> gaps) {
    TextTable table =
        new TextTable(
            TextTable.Column.left("KIND"),
            TextTable.Column.right("FIRST"),
            TextTable.Column.right("LAST"),
            TextTable.Column.right("MISSING"),
            TextTable.Column.right("AFTER SLOT"),
            TextTable.Column.right("BEFORE SLOT"));
    for (LedgerGap found : gaps) {
      IndexGap gap = found.gap();
      table.add(
          WithdrawalText.kind(found),
          gap.first().toString(),
          gap.last().toString(),
          Long.toString(gap.count()),
          gap.after().map(block -> block.slot().toString()).orElse("-"),
          gap.before().slot().toString());
    }
    table.print(out);
    out.println();
    if (gaps.stream().anyMatch(LedgerGap::lost)) {
      out.println(
          "'auriga run' repairs lost ones by itself, as long as its nodes still have the blocks;"
              + " in history that was loaded, load the same again.");
    }
    if (!gaps.stream().allMatch(LedgerGap::lost)) {
      out.println("'auriga history import' loads what was not loaded yet.");
    }
  }
}
