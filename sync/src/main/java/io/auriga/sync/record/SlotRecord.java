package io.auriga.sync.record;

import io.auriga.sync.clock.ClockBound;
import io.auriga.sync.slot.Chain;
import io.auriga.sync.slot.Condition;
import io.auriga.sync.slot.Diagnosis;
import io.auriga.sync.slot.EngineAnswer;
import io.auriga.sync.slot.Mark;
import io.auriga.sync.slot.Segment;
import io.auriga.sync.slot.Thresholds;
import io.auriga.sync.slot.Verdict;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The verdict on a slot at one pair, with its evidence, as it is kept: in words that stay what they
 * were when limits change later.
 *
 * @param start when the slot began
 * @param verdict as {@link Verdict#code}
 * @param chain {@code block}, {@code missed}, {@code replaced} or {@code unknown}
 * @param spans how the time until the head was spent
 * @param marks since the slot's begin
 * @param deadline when attestations were due, since the slot's begin
 */
public record SlotRecord(
    Slot slot,
    String node,
    Instant start,
    String verdict,
    Verdict.Tone tone,
    String sentence,
    String chain,
    Optional<Root> block,
    List<Span> spans,
    Map<Mark, Duration> marks,
    Optional<EngineAnswer> answer,
    Condition condition,
    Optional<ClockBound> clock,
    Duration deadline) {
  /**
   * Time between two marks.
   *
   * @param label the stage, or those that nobody divided
   * @param allowed what they may take together
   */
  public record Span(String label, Duration begin, Duration took, Duration allowed) {}

  public SlotRecord {
    spans = List.copyOf(spans);
    Map<Mark, Duration> copy = new EnumMap<>(Mark.class);
    copy.putAll(marks);
    marks = Collections.unmodifiableMap(copy);
  }

  public static SlotRecord of(Diagnosis diagnosis, Thresholds limits, SlotClock clock) {
    return new SlotRecord(
        diagnosis.slot(),
        diagnosis.pair().node(),
        clock.startOf(diagnosis.slot()),
        diagnosis.verdict().code(),
        diagnosis.verdict().tone(),
        diagnosis.verdict().sentence(),
        chain(diagnosis.chain()),
        diagnosis.chain() instanceof Chain.Block(var root, var _)
            ? Optional.of(root)
            : Optional.empty(),
        diagnosis.segments().stream().map(segment -> span(segment, limits)).toList(),
        diagnosis.pair().marks(),
        diagnosis.pair().answer(),
        diagnosis.pair().condition(),
        diagnosis.pair().clock(),
        limits.deadline());
  }

  private static String chain(Chain chain) {
    return switch (chain) {
      case Chain.Unknown _ -> "unknown";
      case Chain.Missed _ -> "missed";
      case Chain.Block _ -> "block";
      case Chain.Replaced _ -> "replaced";
    };
  }

  private static Span span(Segment segment, Thresholds limits) {
    return new Span(segment.label(), segment.begin(), segment.took(), limits.sum(segment.stages()));
  }

  /** Until the block could be voted for; empty where no head was seen. */
  public Optional<Duration> whole() {
    return spans.isEmpty()
        ? Optional.empty()
        : Optional.of(spans.getLast().begin().plus(spans.getLast().took()));
  }
}
