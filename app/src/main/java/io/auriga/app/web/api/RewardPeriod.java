package io.auriga.app.web.api;

import io.auriga.types.Hex;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stretch of time back from the newest epoch, as people type it: {@code 7d}. */
public record RewardPeriod(Duration length) {
  public static final RewardPeriod DAY = new RewardPeriod(Duration.ofDays(1));

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,3})([mhdw])");
  private static final int DAYS_OF_A_WEEK = 7;

  /**
   * @throws IllegalArgumentException if it is none
   */
  public static RewardPeriod parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("no time such as 7d or 12h: " + Hex.abbreviate(text));
    }
    long count = Long.parseLong(parts.group(1));
    return new RewardPeriod(
        switch (parts.group(2)) {
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          case "d" -> Duration.ofDays(count);
          default -> Duration.ofDays(DAYS_OF_A_WEEK * count);
        });
  }

  /** The epochs that cover it: one at least. */
  public long epochs(Duration epochLength) {
    return Math.max(1, Math.ceilDiv(length.toMillis(), epochLength.toMillis()));
  }
}
