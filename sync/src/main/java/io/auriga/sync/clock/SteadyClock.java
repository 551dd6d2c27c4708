package io.auriga.sync.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The wall clock's time by a clock that never jumps: read off the wall clock now and then, and
 * counted from there. For any thread.
 */
public final class SteadyClock {
  /** The narrowest of so many readings counts: a thread may be stopped within one. */
  private static final int READINGS = 5;

  private final InstantSource wall;
  private final LongSupplier nanos;
  private volatile Anchor anchor;

  /** A moment that both clocks name, and how far the wall clock's may be off. */
  private record Anchor(Instant wall, long nanos, Duration uncertainty) {
    Instant at(long moment) {
      return wall.plusNanos(moment - nanos);
    }
  }

  /**
   * @param nanos as {@link System#nanoTime}
   */
  public SteadyClock(InstantSource wall, LongSupplier nanos) {
    this.wall = wall;
    this.nanos = nanos;
    this.anchor = read();
  }

  private Anchor read() {
    Anchor best = reading();
    for (int n = 1; n < READINGS; n++) {
      Anchor other = reading();
      if (other.uncertainty().compareTo(best.uncertainty()) < 0) {
        best = other;
      }
    }
    return best;
  }

  private Anchor reading() {
    long before = nanos.getAsLong();
    Instant moment = wall.instant();
    long half = (nanos.getAsLong() - before) / 2;
    return new Anchor(moment, before + half, Duration.ofNanos(half));
  }

  /** Now. */
  public Instant now() {
    return at(nanos.getAsLong());
  }

  /**
   * When that was.
   *
   * @param moment by the clock that never jumps
   */
  public Instant at(long moment) {
    return anchor.at(moment);
  }

  /** How far a time may be off the wall clock's, either way. */
  public Duration uncertainty() {
    return anchor.uncertainty();
  }

  /**
   * Reads the wall clock again.
   *
   * @return how far it had run ahead of what was counted; negative where it was set back
   */
  public Duration adjust() {
    Anchor before = anchor;
    Anchor after = read();
    anchor = after;
    return Duration.between(before.at(after.nanos()), after.wall());
  }
}
