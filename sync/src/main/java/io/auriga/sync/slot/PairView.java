package io.auriga.sync.slot;

import io.auriga.sync.clock.ClockBound;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of a slot at one pair of clients.
 *
 * @param node the consensus client's name
 * @param marks since the slot's begin, negative before it; missing where nobody saw the moment
 * @param answer to the payload, where the relay is between the two
 * @param clock of the node against ours, as far as that is known
 */
public record PairView(
    String node,
    Map<Mark, Duration> marks,
    Optional<EngineAnswer> answer,
    Condition condition,
    Optional<ClockBound> clock) {
  public PairView {
    Map<Mark, Duration> copy = new EnumMap<>(Mark.class);
    copy.putAll(marks);
    marks = Collections.unmodifiableMap(copy);
  }

  Optional<Duration> mark(Mark mark) {
    return Optional.ofNullable(marks.get(mark));
  }
}
