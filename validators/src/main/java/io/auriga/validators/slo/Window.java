package io.auriga.validators.slo;

import java.time.Duration;

/** A stretch of time that ends with the newest epoch. */
public enum Window {
  MINUTES_5("5m", Duration.ofMinutes(5)),
  MINUTES_30("30m", Duration.ofMinutes(30)),
  HOUR_1("1h", Duration.ofHours(1)),
  HOURS_2("2h", Duration.ofHours(2)),
  HOURS_6("6h", Duration.ofHours(6)),
  DAY_1("1d", Duration.ofDays(1)),
  DAYS_3("3d", Duration.ofDays(3)),
  DAYS_7("7d", Duration.ofDays(7)),
  /** The one that the error budget is for. */
  DAYS_30("30d", Duration.ofDays(30));

  private final String text;
  private final Duration duration;

  Window(String text, Duration duration) {
    this.text = text;
    this.duration = duration;
  }

  /** As people write it: {@code 6h}. */
  public String text() {
    return text;
  }

  /** The epochs that cover it: one at least, and none that it only touches is left out. */
  int epochs(Duration epoch) {
    return Math.clamp(
        Math.ceilDiv(duration.toMillis(), epoch.toMillis()), 1, CountSeries.EPOCHS_MAX);
  }
}
