package io.auriga.clients.http;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between attempts, with jitter so that many clients of a restarted node do not
 * return together. Used by one thread.
 */
public final class Backoff {
  /**
   * @param first the longest first pause
   * @param longest no pause is longer
   */
  public record Bounds(Duration first, Duration longest) {
    /** A quarter of a second is not felt by a node; half a minute is less than an epoch. */
    public static final Bounds DEFAULT = new Bounds(Duration.ofMillis(250), Duration.ofSeconds(30));

    public Bounds {
      if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
        throw new IllegalArgumentException("pauses must be positive and growing");
      }
    }
  }

  private final Bounds bounds;
  private final RandomGenerator random;
  private Duration ceiling;

  public Backoff(Bounds bounds, RandomGenerator random) {
    this.bounds = bounds;
    this.random = random;
    this.ceiling = bounds.first();
  }

  /** The next pause: between half of the present ceiling and all of it. */
  public Duration next() {
    long whole = ceiling.toNanos();
    Duration pause = Duration.ofNanos(whole / 2 + random.nextLong(whole / 2 + 1));
    Duration doubled = ceiling.multipliedBy(2);
    ceiling = doubled.compareTo(bounds.longest()) < 0 ? doubled : bounds.longest();
    return pause;
  }

  public void reset() {
    ceiling = bounds.first();
  }
}
