package io.auriga.sync.clock;

import io.auriga.clients.ClockOffset;
import io.auriga.clients.http.HttpAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one answer tells of a node's clock: how far it is ahead of ours is between the two.
 *
 * @param at by our clock
 */
public record ClockSample(Instant at, Duration least, Duration most) {
  /** By the relay's stamps where there are, else by the whole seconds of {@code Date}. */
  public static Optional<ClockSample> of(HttpAnswer answer) {
    return SyncStamps.of(answer).map(SyncStamps::sample).or(() -> ofDate(answer));
  }

  private static Optional<ClockSample> ofDate(HttpAnswer answer) {
    return ClockOffset.of(answer)
        .filter(offset -> !offset.uncertainty().isNegative())
        .map(
            offset ->
                new ClockSample(
                    answer.received(),
                    offset.offset().minus(offset.uncertainty()),
                    offset.offset().plus(offset.uncertainty())));
  }
}
