package io.auriga.app.web.page;

import io.auriga.sync.clock.ClockBound;
import io.auriga.sync.record.SlotRecord;
import io.auriga.sync.slot.Condition;
import io.auriga.sync.slot.EngineAnswer;
import io.auriga.sync.slot.Mark;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws a slot at a pair: each stage a bar that begins where the one before ended. */
final class Waterfalls {
  private static final double WIDTH = 1000;

  /** Past the later of deadline and head, so that the end is seen as an end. */
  private static final double MARGIN = 1.06;

  private static final Map<Mark, String> NAMES =
      Map.ofEntries(
          Map.entry(Mark.GOSSIP, "Block on gossip"),
          Map.entry(Mark.NEW_PAYLOAD, "Payload handed over"),
          Map.entry(Mark.NEW_PAYLOAD_ANSWER, "Payload answered"),
          Map.entry(Mark.DATA, "Last data before the head"),
          Map.entry(Mark.BLOCK, "Block imported"),
          Map.entry(Mark.HEAD, "New head"),
          Map.entry(Mark.FORK_CHOICE, "Named as head to execution"),
          Map.entry(Mark.FORK_CHOICE_ANSWER, "That was answered"),
          Map.entry(Mark.PAYLOAD_ATTRIBUTES, "Next payload prepared"),
          Map.entry(Mark.FIRST_ATTESTATION, "First attestation"),
          Map.entry(Mark.LAST_ATTESTATION, "Last attestation"));

  private Waterfalls() {}

  static SyncPage.Pair pair(SlotRecord record) {
    long whole = record.whole().orElse(record.deadline()).toNanos();
    double unit = WIDTH / (Math.max(whole, record.deadline().toNanos()) * MARGIN);
    return new SyncPage.Pair(
        record.node(),
        Syncs.css(record.tone()),
        Syncs.words(record.verdict()),
        record.sentence(),
        record.spans().stream().map(span -> bar(span, unit)).toList(),
        rounded(record.deadline().toNanos() * unit),
        millis(record.deadline()),
        facts(record));
  }

  private static SyncPage.Bar bar(SlotRecord.Span span, double unit) {
    boolean exceeds = span.took().compareTo(span.allowed()) > 0;
    return new SyncPage.Bar(
        Syncs.words(span.label().replace("+", " + ")),
        rounded(span.begin().toNanos() * unit),
        // A stage that took no time is still a stage.
        Math.max(2, rounded(span.took().toNanos() * unit)),
        exceeds ? "bad" : "ok",
        millis(span.took()),
        millis(span.allowed()));
  }

  private static List<SyncPage.Fact> facts(SlotRecord record) {
    List<SyncPage.Fact> facts = new ArrayList<>();
    record
        .marks()
        .forEach(
            (mark, at) ->
                facts.add(
                    new SyncPage.Fact(NAMES.getOrDefault(mark, mark.wireName()), millis(at))));
    record
        .answer()
        .map(EngineAnswer::wireName)
        .ifPresent(answer -> facts.add(new SyncPage.Fact("Answer to the payload", answer)));
    Condition condition = record.condition();
    if (condition.consensus() != Condition.Side.UNKNOWN) {
      facts.add(new SyncPage.Fact("Consensus client", lower(condition.consensus())));
    }
    if (condition.execution() != Condition.Side.UNKNOWN) {
      facts.add(new SyncPage.Fact("Execution client", lower(condition.execution())));
    }
    record.clock().map(Waterfalls::clock).ifPresent(facts::add);
    return facts;
  }

  private static SyncPage.Fact clock(ClockBound clock) {
    String text = "%s ± %s".formatted(millis(clock.offset()), millis(clock.uncertainty()));
    return new SyncPage.Fact(
        "Its clock, ahead of ours", clock.isUnreliable() ? text + ", perhaps none" : text);
  }

  private static String lower(Condition.Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  static String millis(Duration time) {
    long millis = Math.round(time.toNanos() / 1e6);
    return (millis < 0 ? "−" : "") + Digits.grouped(Math.abs(millis)) + "\u00a0ms";
  }
}
