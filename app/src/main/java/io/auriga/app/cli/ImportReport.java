package io.auriga.app.cli;

import io.auriga.app.history.ImportResult;
import io.auriga.app.history.ImportResult.Status;
import io.auriga.types.AurigaException;
import io.auriga.withdrawals.HistoryUnit;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Says what each piece of an import came to, as it comes, and what all of it did at the end. */
final class ImportReport {
  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final Progress progress;
  private final long begin = System.nanoTime();
  private int done;
  private long blocks;
  private long withdrawals;
  private Status worst = Status.LOADED;

  /**
   * @param unit what a piece is, in the plural
   */
  ImportReport(CommandLine command, boolean json, int pieces, String unit) {
    this.out = command.getOut();
    this.err = command.getErr();
    this.json = json;
    this.progress = new Progress(command.getErr(), InstantSource.system(), unit, pieces);
  }

  void add(ImportResult result) {
    done++;
    blocks += result.blocks();
    withdrawals += result.withdrawals();
    worst = worst.compareTo(result.status()) < 0 ? result.status() : worst;
    out.println(json ? line(result) : text(result));
    out.flush();
    progress.at(done, "%d blocks, %.0f a second".formatted(blocks, blocks / seconds()));
  }

  /**
   * Sums it up.
   *
   * @param unanchored the loads for which nobody vouches
   * @return the command's exit code
   */
  int finish(List<HistoryUnit> unanchored) {
    if (!json) {
      out.printf(
          "%d withdrawals of %d blocks are new, in %.1f s.%n", withdrawals, blocks, seconds());
    }
    AnchorText.notice(unanchored).ifPresent(err::println);
    return ImportCommand.exitCode(worst);
  }

  private double seconds() {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static String text(ImportResult result) {
    String text =
        switch (result.status()) {
          case LOADED ->
              "loaded %d withdrawals of %d blocks".formatted(result.withdrawals(), result.blocks());
          case HELD -> "held already";
          case EMPTY -> "has no withdrawals";
          case UNREADABLE, REFUSED ->
              "passed over. " + result.reason().map(AurigaException::report).orElse("");
        };
    return result.source() + ": " + text;
  }

  private static String line(ImportResult result) {
    @Nullable AurigaException reason = result.reason().orElse(null);
    return JsonLine.of(
        line ->
            line.text("source", result.source())
                .text("status", result.status().lowerName())
                .number("blocks", result.blocks())
                .number("withdrawals", result.withdrawals())
                .text("code", reason == null ? null : reason.code())
                .text("reason", reason == null ? null : reason.getMessage()));
  }
}
