package io.auriga.sync.relay.http;

import java.time.Duration;

/**
 * The deadline of what a connection does now. Setting it costs one write; a {@link Watchdog} looks
 * at all of them now and then, and closes a connection whose deadline has passed.
 */
public final class Timer {
  private final Watchdog watchdog;
  private final Runnable close;
  private volatile long deadline;
  private volatile boolean armed;
  private volatile boolean expired;
  private long stallNanos;

  Timer(Watchdog watchdog, Runnable close) {
    this.watchdog = watchdog;
    this.close = close;
  }

  /** From now, whatever moves. */
  public void limit(Duration time) {
    stallNanos = 0;
    arm(time.toNanos());
  }

  /** From now, and again from each step forward. */
  public void stallLimit(Duration time) {
    stallNanos = time.toNanos();
    arm(stallNanos);
  }

  /** Nothing is waited for, or it may take forever. */
  public void rest() {
    stallNanos = 0;
    armed = false;
  }

  void progress() {
    if (stallNanos != 0) {
      arm(stallNanos);
    }
  }

  private void arm(long nanos) {
    deadline = System.nanoTime() + nanos;
    armed = true;
  }

  /** Whether the connection was closed because it took too long. */
  public boolean expired() {
    return expired;
  }

  void check(long now) {
    if (armed && now - deadline > 0) {
      armed = false;
      expired = true;
      close.run();
    }
  }

  void stop() {
    armed = false;
    watchdog.forget(this);
  }
}
