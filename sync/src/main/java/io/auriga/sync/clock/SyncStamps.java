package io.auriga.sync.clock;

import io.auriga.clients.http.HttpAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The four times of an exchange with our own relay, which tells when a request had come and when
 * its answer left.
 *
 * @param asked the request left, by our clock
 * @param received it had come, by the relay's
 * @param sent the answer left, by the relay's
 * @param answered the answer had come, by ours
 */
public record SyncStamps(Instant asked, Instant received, Instant sent, Instant answered) {
  private static final String SENT = "X-Sync-TS";
  private static final String RECEIVED = "X-Sync-TS-Received";
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** Nineteen digits of nanoseconds reach to the year 2262. */
  private static final int DIGITS_MAX = 19;

  /**
   * Empty where the answer is not the relay's, and where its times cannot be: not numbers, or an
   * answer that took longer to make than it took us to get it.
   */
  public static Optional<SyncStamps> of(HttpAnswer answer) {
    Optional<Instant> received = answer.header(RECEIVED).flatMap(SyncStamps::instant);
    Optional<Instant> sent = answer.header(SENT).flatMap(SyncStamps::instant);
    if (received.isEmpty() || sent.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
            new SyncStamps(answer.asked(), received.get(), sent.get(), answer.received()))
        .filter(stamps -> !stamps.roundTrip().isNegative())
        .filter(stamps -> !stamps.sent().isBefore(stamps.received()));
  }

  private static Optional<Instant> instant(String header) {
    if (header.isEmpty()
        || header.length() > DIGITS_MAX
        || !header.chars().allMatch(one -> one >= '0' && one <= '9')) {
      return Optional.empty();
    }
    try {
      long nanos = Long.parseLong(header);
      return Optional.of(Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND));
    } catch (NumberFormatException tooLarge) {
      return Optional.empty();
    }
  }

  /** On the way in both directions, without what the relay took. */
  public Duration roundTrip() {
    return Duration.between(asked, answered).minus(Duration.between(received, sent));
  }

  /** How far the relay's clock is ahead of ours, exact if both ways took the same time. */
  public Duration offset() {
    return Duration.between(asked, received).plus(Duration.between(answered, sent)).dividedBy(2);
  }

  /** The same without that assumption: neither way can have taken less than no time. */
  ClockSample sample() {
    return new ClockSample(
        answered, Duration.between(answered, sent), Duration.between(asked, received));
  }

  /**
   * The formula of the article that asked for this, to the letter: {@code (server_resp - recv) +
   * (header_ts - server_resp)}. Its middle term cancels, so it is {@code header_ts - recv}: the
   * clocks' offset less the way back, in one number, and neither a round trip nor a delay. Kept for
   * comparison; {@link #offset} and {@link #roundTrip} take the two apart.
   *
   * @param headerTimestamp what {@code X-Sync-TS} says
   * @param serverResponse when the server had made the answer, by its clock
   * @param received when we had the answer, by ours
   */
  public static Duration articleFormula(
      Instant headerTimestamp, Instant serverResponse, Instant received) {
    return Duration.between(received, serverResponse)
        .plus(Duration.between(serverResponse, headerTimestamp));
  }

  /** The article's formula for this exchange. */
  public Duration articleFormula() {
    return articleFormula(sent, sent, answered);
  }
}
