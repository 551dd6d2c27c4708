package io.auriga.testkit.replay;

import io.auriga.testkit.time.PacedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The time of a replay: from a start to an end, at a speed that may change while it runs, paused or
 * begun anew. At the end it stands still. Threads share it; one lock guards it.
 */
public final class ReplayClock implements PacedTime {
  /** Below it, a second of the replay takes more than a quarter of an hour. */
  public static final double SPEED_MIN = 0.001;

  /** Above it, a day of a chain passes in less than a second. */
  public static final double SPEED_MAX = 100_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LongSupplier nanoTime;
  private final Instant start;
  private final Instant end;

  // The replay stood at `base` when the real clock stood at `baseNanos`.
  private Instant base;
  private long baseNanos;
  private double speed;
  private boolean paused;
  private int restarts;

  /** Begins to run at once. */
  public ReplayClock(Instant start, Instant end, double speed) {
    this(start, end, speed, System::nanoTime);
  }

  /** Begins to run at once, paced by {@code nanoTime}. */
  public ReplayClock(Instant start, Instant end, double speed, LongSupplier nanoTime) {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException("a replay from " + start + " to " + end);
    }
    this.nanoTime = nanoTime;
    this.start = start;
    this.end = end;
    this.base = start;
    this.baseNanos = nanoTime.getAsLong();
    this.speed = requireSpeed(speed);
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now();
    } finally {
      lock.unlock();
    }
  }

  public Instant start() {
    return start;
  }

  public Instant end() {
    return end;
  }

  /** How much faster than real time the replay runs, whether or not it is paused. */
  public double speed() {
    lock.lock();
    try {
      return speed;
    } finally {
      lock.unlock();
    }
  }

  public boolean isPaused() {
    lock.lock();
    try {
      return paused;
    } finally {
      lock.unlock();
    }
  }

  public boolean isFinished() {
    return !instant().isBefore(end);
  }

  /**
   * Runs on at another speed.
   *
   * @throws IllegalArgumentException outside of {@link #SPEED_MIN} and {@link #SPEED_MAX}
   */
  public void changeSpeed(double newSpeed) {
    requireSpeed(newSpeed);
    change(() -> speed = newSpeed);
  }

  public void pause() {
    change(() -> paused = true);
  }

  public void resume() {
    change(() -> paused = false);
  }

  /** Sets the time back to the start. Whoever waits is woken. */
  public void restart() {
    change(
        () -> {
          base = start;
          restarts++;
        });
  }

  @Override
  public int restarts() {
    lock.lock();
    try {
      return restarts;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean await(Instant target, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    lock.lock();
    try {
      int before = restarts;
      while (before == restarts) {
        Instant now = now();
        if (!now.isBefore(target)) {
          return true;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        long _ = changed.awaitNanos(Math.min(left, realNanosUntil(now, target)));
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  private Instant now() {
    if (paused) {
      return base;
    }
    double elapsed = (nanoTime.getAsLong() - baseNanos) * speed;
    Duration untilEnd = Duration.between(base, end);
    if (elapsed >= untilEnd.toSeconds() * 1e9 + untilEnd.toNanosPart()) {
      return end;
    }
    return base.plusNanos((long) elapsed);
  }

  private long realNanosUntil(Instant now, Instant target) {
    if (paused || target.isAfter(end)) {
      return Long.MAX_VALUE;
    }
    Duration distance = Duration.between(now, target);
    // One microsecond more than computed, so that rounding does not wake a waiter too early twice.
    return (long) ((distance.toSeconds() * 1e9 + distance.toNanosPart()) / speed) + 1_000;
  }

  private void change(Runnable setting) {
    lock.lock();
    try {
      Instant now = now();
      base = now;
      baseNanos = nanoTime.getAsLong();
      setting.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static double requireSpeed(double speed) {
    if (!(speed >= SPEED_MIN && speed <= SPEED_MAX)) {
      throw new IllegalArgumentException(
          "a replay runs at " + SPEED_MIN + " to " + SPEED_MAX + " times real time, not " + speed);
    }
    return speed;
  }
}
