package io.auriga.sync.slot;

import io.auriga.types.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The verdict on a slot at one pair, with what it rests on.
 *
 * @param segments how the time until the head was spent; empty where no head was seen
 */
public record Diagnosis(
    Slot slot, Chain chain, PairView pair, Verdict verdict, List<Segment> segments) {
  public Diagnosis {
    segments = List.copyOf(segments);
  }

  /** Since the slot's begin, until the block could be voted for; empty where no head was seen. */
  public Optional<Duration> whole() {
    return segments.isEmpty() ? Optional.empty() : Optional.of(Segment.whole(segments));
  }
}
