package io.auriga.clients;

import io.auriga.clients.http.HttpAnswer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * How far a node's clock is ahead of ours, from the {@code Date} of an answer. The header counts
 * whole seconds and was written at some moment between asking and receiving, so the offset is only
 * known within bounds.
 *
 * @param offset the middle of what is possible; negative if the node's clock is behind
 * @param uncertainty how far off the middle the truth may be, either way
 */
public record ClockOffset(Duration offset, Duration uncertainty) {
  /** Empty if the answer has no date that can be read. */
  public static Optional<ClockOffset> of(HttpAnswer answer) {
    return answer.header("Date").flatMap(ClockOffset::date).map(date -> of(date, answer));
  }

  private static Optional<Instant> date(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  private static ClockOffset of(Instant date, HttpAnswer answer) {
    // The node's clock showed something in [date, date + 1 s) at some moment of ours in
    // [asked, received].
    Duration least = Duration.between(answer.received(), date);
    Duration most = Duration.between(answer.asked(), date.plusSeconds(1));
    Duration middle = least.plus(most).dividedBy(2);
    return new ClockOffset(middle, most.minus(least).dividedBy(2));
  }

  /** Whether the clocks differ by more than {@code tolerance} for certain. */
  public boolean certainlyExceeds(Duration tolerance) {
    return offset.abs().minus(uncertainty).compareTo(tolerance) > 0;
  }

  @Override
  public String toString() {
    return offset.toMillis() + " ms ± " + uncertainty.toMillis() + " ms";
  }
}
