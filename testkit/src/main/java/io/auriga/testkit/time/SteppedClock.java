package io.auriga.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A time that stands still until a test moves it. Threads may share it. */
public final class SteppedClock implements PacedTime {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private Instant now;

  public SteppedClock(Instant start) {
    this.now = start;
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  public void advance(Duration step) {
    lock.lock();
    try {
      advanceTo(now.plus(step));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Moves on to {@code target}.
   *
   * @throws IllegalArgumentException if that lies in the past
   */
  public void advanceTo(Instant target) {
    lock.lock();
    try {
      if (target.isBefore(now)) {
        throw new IllegalArgumentException("time does not go back from " + now + " to " + target);
      }
      now = target;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean await(Instant target, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (now.isBefore(target)) {
        if (left <= 0) {
          return false;
        }
        left = moved.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Never: this time only moves on. */
  @Override
  public int restarts() {
    return 0;
  }

  @Override
  public String toString() {
    return "SteppedClock[" + instant() + "]";
  }
}
