package io.auriga.app.cli;

import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.HistoryUnit;
import io.auriga.withdrawals.Span;
import io.auriga.withdrawals.WithdrawalQueries;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga history status}: which parts of the chain are held? */
@Command(
    name = "status",
    description = {
      "Says which stretches of the chain the ledger holds without a hole, loaded or followed; or,"
          + " with --loads, each load: its slots, how far it was verified, who vouches for it,"
          + " whence and when.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The ledger holds one stretch, or nothing yet",
      "1:There are holes between them"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  auriga history status", "  auriga history status --loads --json"})
final class HistoryStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--loads", description = "Each load instead of the stretches they make.")
  private boolean loads;

  @Option(names = "--json", description = "One JSON object a stretch or a load, a line each.")
  private boolean json;

  @Mixin private ConfigOptions config = new ConfigOptions();

  /** What one look at the ledger gave. */
  private record Answer(List<Span> spans, List<HistoryUnit> units, List<HistoryUnit> unanchored) {
    static Answer of(WithdrawalQueries queries) {
      return new Answer(queries.spans(), queries.loads(), queries.unanchored());
    }
  }

  @Override
  public Integer call() {
    Answer answer = LedgerAccess.ask(config, Answer::of);
    PrintWriter out = spec.commandLine().getOut();
    if (json && loads) {
      answer.units().forEach(unit -> out.println(line(unit, answer.unanchored())));
    } else if (json) {
      answer.spans().forEach(span -> out.println(line(span)));
    } else if (loads) {
      printLoads(out, answer);
    } else {
      printSpans(out, answer.spans());
    }
    AnchorText.notice(answer.unanchored()).ifPresent(spec.commandLine().getErr()::println);
    return answer.spans().size() > 1 ? ExitCode.FINDING : ExitCode.OK;
  }

  private static void printSpans(PrintWriter out, List<Span> spans) {
    if (spans.isEmpty()) {
      out.println("The ledger holds nothing yet.");
      return;
    }
    TextTable table =
        new TextTable(
            TextTable.Column.right("FIRST SLOT"),
            TextTable.Column.right("LAST SLOT"),
            TextTable.Column.right("FIRST INDEX"),
            TextTable.Column.right("NEXT INDEX"),
            TextTable.Column.right("WITHDRAWALS"));
    for (Span span : spans) {
      table.add(
          span.first().toString(),
          span.last().toString(),
          text(span.firstIndex()).orElse("-"),
          text(span.nextIndex()).orElse("-"),
          Long.toString(span.withdrawals()));
    }
    table.print(out);
    if (spans.size() > 1) {
      out.println();
      out.println("What lies between was not loaded: 'auriga history import' loads it.");
    }
  }

  private static void printLoads(PrintWriter out, Answer answer) {
    if (answer.units().isEmpty()) {
      out.println("No history was loaded yet.");
      return;
    }
    TextTable table =
        new TextTable(
            TextTable.Column.right("FIRST SLOT"),
            TextTable.Column.right("LAST SLOT"),
            TextTable.Column.right("BLOCKS"),
            TextTable.Column.right("WITHDRAWALS"),
            TextTable.Column.left("VERIFIED"),
            TextTable.Column.left("ANCHORED BY"),
            TextTable.Column.left("LOADED"),
            TextTable.Column.left("FROM"));
    for (HistoryUnit unit : answer.units()) {
      table.add(
          unit.first().toString(),
          unit.last().toString(),
          Long.toString(unit.blocks()),
          Long.toString(unit.withdrawals()),
          unit.verification().lowerName(),
          AnchorText.of(unit, answer.unanchored()),
          unit.loadedAt().toString(),
          unit.source());
    }
    table.print(out);
  }

  private static String line(Span span) {
    return JsonLine.of(
        line ->
            line.text("firstSlot", span.first().toString())
                .text("lastSlot", span.last().toString())
                .text("firstRoot", span.firstBlock().root().toHex())
                .text("lastRoot", span.lastBlock().root().toHex())
                .text("firstIndex", orNull(span.firstIndex()))
                .text("nextIndex", orNull(span.nextIndex()))
                .text("withdrawals", Long.toString(span.withdrawals())));
  }

  private static String line(HistoryUnit unit, List<HistoryUnit> unanchored) {
    return JsonLine.of(
        line ->
            line.text("firstSlot", unit.first().toString())
                .text("lastSlot", unit.last().toString())
                .text("parentRoot", unit.parentRoot().toHex())
                .text("firstRoot", unit.firstBlock().root().toHex())
                .text("lastRoot", unit.lastBlock().root().toHex())
                .text("firstIndex", orNull(unit.firstIndex()))
                .text("nextIndex", orNull(unit.nextIndex()))
                .text("blocks", Long.toString(unit.blocks()))
                .text("withdrawals", Long.toString(unit.withdrawals()))
                .text("totalAmount", unit.gwei().toString())
                .text("verified", unit.verification().lowerName())
                .flag("anchored", !unanchored.contains(unit))
                .text("anchoredBy", unit.anchor().orElse(null))
                .text("source", unit.source())
                .text("loadedAt", unit.loadedAt().toString()));
  }

  private static Optional<String> text(Optional<WithdrawalIndex> index) {
    return index.map(WithdrawalIndex::toString);
  }

  private static @Nullable String orNull(Optional<WithdrawalIndex> index) {
    return text(index).orElse(null);
  }
}
