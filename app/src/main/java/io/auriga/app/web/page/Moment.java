package io.auriga.app.web.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A time as a reader wants it: how long ago, and exactly when.
 *
 * @param relative as of when the page was made; the page keeps it true
 */
public record Moment(long millis, String iso, String exact, String relative) {
  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  public static Moment of(Instant at, Instant now) {
    return new Moment(
        at.toEpochMilli(),
        at.truncatedTo(ChronoUnit.SECONDS).toString(),
        EXACT.format(at),
        relative(Duration.between(at, now)));
  }

  private static String relative(Duration ago) {
    long seconds = ago.toSeconds();
    if (seconds < 0) {
      return "in " + span(-seconds);
    }
    return seconds < 2 ? "just now" : span(seconds) + " ago";
  }

  /** A length of time in its largest fitting unit: {@code 8 s}, {@code 3 min}, {@code 5 h}. */
  public static String span(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min";
    }
    return seconds < 2 * 86400 ? seconds / 3600 + " h" : seconds / 86400 + " d";
  }
}
