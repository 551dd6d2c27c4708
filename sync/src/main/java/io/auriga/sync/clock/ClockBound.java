package io.auriga.sync.clock;

import java.time.Duration;

/**
 * How far a node's clock is ahead of ours: somewhere between the two; negative where it is behind.
 *
 * @param samples how many measurements that rests on
 */
public record ClockBound(Duration least, Duration most, int samples) {
  public ClockBound {
    if (least.compareTo(most) > 0) {
      throw new IllegalArgumentException("an offset between " + least + " and " + most);
    }
  }

  /** The middle of what is possible. */
  public Duration offset() {
    return least.plus(most).dividedBy(2);
  }

  /** How far off the middle the truth may be, either way. */
  public Duration uncertainty() {
    return most.minus(least).dividedBy(2);
  }

  /** Whether the clocks are further apart than that for certain. */
  public boolean certainlyExceeds(Duration tolerance) {
    return least.compareTo(tolerance) > 0 || most.compareTo(tolerance.negated()) < 0;
  }

  /** Whether zero is possible, so that the offset may be none. */
  public boolean isUnreliable() {
    return !least.isPositive() && !most.isNegative();
  }
}
