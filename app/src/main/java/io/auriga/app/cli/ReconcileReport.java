package io.auriga.app.cli;

import io.auriga.chain.IndexGap;
import io.auriga.withdrawals.LedgerGap;
import io.auriga.withdrawals.reconcile.CheckResult;
import io.auriga.withdrawals.reconcile.CheckResult.Outcome;
import io.auriga.withdrawals.reconcile.ReconcileError;
import io.auriga.withdrawals.reconcile.ReconcileQueries.Checked;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes what reconciling found, block by block, and says how far it is. */
final class ReconcileReport {
  private static final long SILENCE_MILLIS = 2_000;
  private static final int REASONS_SHOWN = 5;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean json;
  private final InstantSource time;
  private final long start;
  private final Map<ReconcileError, long[]> counts = new EnumMap<>(ReconcileError.class);
  private final Map<String, Long> reasons = new TreeMap<>();
  private long said;
  private long blocks;
  private long expected;
  private long diverged;

  ReconcileReport(PrintWriter out, PrintWriter err, boolean json, InstantSource time) {
    this.out = out;
    this.err = err;
    this.json = json;
    this.time = time;
    this.start = time.millis();
    this.said = start;
  }

  void expect(long count) {
    expected = count;
  }

  void gaps(List<IndexGap> gaps) {
    long[] count = counts.computeIfAbsent(ReconcileError.INDEX_GAP, _ -> new long[3]);
    count[gaps.isEmpty() ? 0 : 2] += gaps.isEmpty() ? 1 : gaps.size();
    diverged += gaps.size();
    for (IndexGap gap : gaps) {
      if (json) {
        out.println(WithdrawalText.json(new LedgerGap(gap, true)));
      } else {
        out.println(
            "%s: indices %s to %s are missing, before slot %s"
                .formatted(
                    ReconcileError.INDEX_GAP.code(), gap.first(), gap.last(), gap.before().slot()));
      }
    }
  }

  void block(Checked block, List<CheckResult> results) {
    blocks++;
    results.forEach(this::count);
    if (json) {
      out.println(json(block, results));
    } else {
      results.stream().filter(CheckResult::isDiverged).forEach(one -> diverged(block, one));
    }
    progress();
  }

  private void count(CheckResult result) {
    long[] count = counts.computeIfAbsent(result.code(), _ -> new long[3]);
    switch (result.outcome()) {
      case Outcome.Proven() -> count[0]++;
      case Outcome.NotProvable(String reason) -> {
        count[1]++;
        long _ = reasons.merge(kindOf(reason), 1L, Long::sum);
      }
      case Outcome.Diverged _ -> {
        count[2]++;
        diverged++;
      }
    }
  }

  /** The same reason for another account or amount is the same. */
  private static String kindOf(String reason) {
    return reason.replaceAll("0x[0-9a-f]{8,}", "0x…").replaceAll("-?\\d{3,}", "…");
  }

  private void diverged(Checked block, CheckResult result) {
    if (result.outcome() instanceof Outcome.Diverged(String wanted, String found)) {
      out.println(
          "%s: slot %s (%s), %s: expected %s, found %s"
              .formatted(
                  result.code().code(),
                  block.slot(),
                  block.root().toShortHex(),
                  result.subject(),
                  wanted,
                  found));
      out.println("  " + result.code().remedy() + ".");
    }
  }

  private static String json(Checked block, List<CheckResult> results) {
    return JsonLine.of(
        line ->
            line.text("slot", block.slot().toString())
                .text("blockRoot", block.root().toHex())
                .objects("checks", results, ReconcileReport::check));
  }

  private static void check(JsonLine line, CheckResult result) {
    line.text("check", result.code().check()).text("subject", result.subject());
    switch (result.outcome()) {
      case Outcome.Proven() -> line.text("outcome", "proven");
      case Outcome.NotProvable(String reason) ->
          line.text("outcome", "not-provable").text("reason", reason);
      case Outcome.Diverged(String wanted, String found) ->
          line.text("outcome", "diverged")
              .text("code", result.code().code())
              .text("expected", wanted)
              .text("found", found);
    }
  }

  private void progress() {
    long now = time.millis();
    if (now - said >= SILENCE_MILLIS) {
      said = now;
      long left = blocks == 0 ? 0 : (now - start) * Math.max(0, expected - blocks) / blocks / 1000;
      err.println("%d of %d blocks checked, about %d s left …".formatted(blocks, expected, left));
    }
  }

  void end(boolean withoutNodes) {
    if (json) {
      out.println(summary());
      return;
    }
    TextTable table =
        new TextTable(
            TextTable.Column.left("CHECK"),
            TextTable.Column.right("PROVEN"),
            TextTable.Column.right("NOT PROVABLE"),
            TextTable.Column.right("DIVERGED"));
    counts.forEach(
        (code, count) ->
            table.add(
                code.check(),
                Long.toString(count[0]),
                Long.toString(count[1]),
                Long.toString(count[2])));
    table.print(out);
    out.println();
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(REASONS_SHOWN)
        .forEach(one -> out.println("Not provable, " + one.getValue() + " times: " + one.getKey()));
    out.println(
        blocks
            + " blocks checked"
            + (withoutNodes ? ", without nodes: only what the store itself can prove. " : ". ")
            + (isClean() ? "Nothing disagrees." : diverged + " findings."));
  }

  private String summary() {
    return JsonLine.of(
        line ->
            line.object(
                "summary",
                summary -> {
                  summary.number("blocks", blocks);
                  counts.forEach(
                      (code, count) ->
                          summary.object(
                              code.check(),
                              one ->
                                  one.number("proven", count[0])
                                      .number("notProvable", count[1])
                                      .number("diverged", count[2])));
                }));
  }

  boolean isClean() {
    return diverged == 0;
  }
}
