package io.auriga.app.cli;

import io.auriga.sync.record.SlotRecord;
import io.auriga.sync.slot.Verdict;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Verdicts as text. */
final class DiagnosisReport {
  private static final int LATE_SHOWN = 20;

  private DiagnosisReport() {}

  /** One slot at one pair, stage by stage. */
  static void slot(PrintWriter out, SlotRecord record) {
    out.printf("Slot %s at %s: %s%n", record.slot(), record.node(), record.verdict());
    out.printf("  %s%n", record.sentence());
    if (!record.spans().isEmpty()) {
      out.println();
      TextTable table =
          new TextTable(
              TextTable.Column.left("STAGE"),
              TextTable.Column.right("BEGAN"),
              TextTable.Column.right("TOOK"),
              TextTable.Column.right("ALLOWED"));
      record
          .spans()
          .forEach(
              span ->
                  table.add(
                      span.label(),
                      millis(span.begin()),
                      millis(span.took()),
                      millis(span.allowed())));
      table.print(out);
    }
    if (!record.marks().isEmpty()) {
      out.println();
      TextTable table =
          new TextTable(TextTable.Column.left("MARK"), TextTable.Column.right("INTO THE SLOT"));
      record.marks().forEach((mark, at) -> table.add(mark.wireName(), millis(at)));
      table.print(out);
    }
    record.answer().ifPresent(answer -> out.printf("%nPayload: %s%n", answer.wireName()));
    record
        .clock()
        .ifPresent(
            clock ->
                out.printf(
                    "Its clock is %s ± %s ahead of ours (%d samples)%n",
                    millis(clock.offset()), millis(clock.uncertainty()), clock.samples()));
    out.println();
  }

  /** How often each verdict was given, and the newest that are the operator's own. */
  static void summary(PrintWriter out, List<SlotRecord> records) {
    Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
    for (SlotRecord record : records) {
      counts
          .computeIfAbsent(record.node(), _ -> new LinkedHashMap<>())
          .merge(record.verdict(), 1, Integer::sum);
    }
    TextTable table =
        new TextTable(
            TextTable.Column.left("PAIR"),
            TextTable.Column.left("VERDICT"),
            TextTable.Column.right("SLOTS"));
    counts.forEach(
        (node, verdicts) ->
            verdicts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .forEach(
                    entry -> table.add(node, entry.getKey(), Integer.toString(entry.getValue()))));
    table.print(out);
    List<SlotRecord> own =
        records.stream().filter(record -> record.tone() == Verdict.Tone.OWN).toList();
    out.printf("%nSlots %s to %s. ", records.getLast().slot(), records.getFirst().slot());
    if (own.isEmpty()) {
      out.println("Nothing of yours was late.");
      return;
    }
    out.printf("The newest of %d that went wrong here:%n%n", own.size());
    for (SlotRecord record : own.subList(0, Math.min(LATE_SHOWN, own.size()))) {
      out.printf("  %s  %s  %s%n", record.slot(), record.verdict(), record.node());
      out.printf("    %s%n", record.sentence());
    }
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
  }
}
