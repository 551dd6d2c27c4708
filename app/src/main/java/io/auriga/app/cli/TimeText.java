package io.auriga.app.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people type them and like to read them. */
final class TimeText {
  private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhdw])");
  private static final int DAYS_OF_A_WEEK = 7;
  private static final int HOURS_READABLE = 48;
  private static final int MINUTES_READABLE = 120;

  private TimeText() {}

  /**
   * A date, a date and a time (UTC unless it says otherwise), or how long ago: {@code 24h}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Instant parse(String text, InstantSource time) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return time.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
    }
    try {
      if (text.indexOf('T') < 0) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      boolean hasZone = text.endsWith("Z") || text.matches(".*[+-]\\d{2}:\\d{2}");
      return hasZone
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException malformed) {
      throw new IllegalArgumentException(
          "neither a time such as 2026-11-22 or 2026-11-22T10:00:00Z, nor an age such as 24h",
          malformed);
    }
  }

  private static Duration duration(long count, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      case "w" -> Duration.ofDays(Math.multiplyExact(count, DAYS_OF_A_WEEK));
      default -> Duration.ofDays(count);
    };
  }

  /** How long ago, in the largest unit that still tells something: {@code 12 s ago}. */
  static String ago(Instant then, Instant now) {
    Duration age = Duration.between(then, now);
    String suffix = age.isNegative() ? " ahead" : " ago";
    Duration length = age.abs();
    if (length.toSeconds() < MINUTES_READABLE) {
      return length.toSeconds() + " s" + suffix;
    }
    if (length.toMinutes() < MINUTES_READABLE) {
      return length.toMinutes() + " min" + suffix;
    }
    return length.toHours() < HOURS_READABLE
        ? length.toHours() + " h" + suffix
        : length.toDays() + " d" + suffix;
  }
}
