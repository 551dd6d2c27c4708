package io.auriga.app.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;

/** Says now and then how far a long command has come, and how long it will take; if it is long. */
final class Progress {
  /** A user who waits longer than this wants to know that something happens. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private final PrintWriter err;
  private final InstantSource time;
  private final String unit;
  private final double total;
  private final long start;
  private long said;

  /**
   * @param unit of what there is to do, in the plural
   */
  Progress(PrintWriter err, InstantSource time, String unit, double total) {
    this.err = err;
    this.time = time;
    this.unit = unit;
    this.total = total;
    this.start = time.millis();
    this.said = start;
  }

  /**
   * @param done how much of the total
   * @param detail what is being done
   */
  void at(double done, String detail) {
    long now = time.millis();
    if (now - said < SILENCE.toMillis()) {
      return;
    }
    said = now;
    double seconds = (now - start) / 1e3;
    double left = done > 0 ? seconds * (total - done) / done : 0;
    err.printf(
        "%s; %.1f of %.0f %s, %.2f %s an hour, about %s left …%n",
        detail,
        done,
        total,
        unit,
        done / seconds * Duration.ofHours(1).toSeconds(),
        unit,
        text(Duration.ofSeconds((long) Math.ceil(left))));
    err.flush();
  }

  private static String text(Duration duration) {
    if (duration.toMinutes() < 2) {
      return duration.toSeconds() + " s";
    }
    return duration.toHours() < 2
        ? duration.toMinutes() + " min"
        : duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }
}
