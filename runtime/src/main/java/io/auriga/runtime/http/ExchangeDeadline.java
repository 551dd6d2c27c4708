package io.auriga.runtime.http;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends what the exchange's thread is blocked on. The JDK's server has no time limit for writing
 * that would spare event streams; but its channels are interruptible, so an interrupt closes the
 * one that the thread waits for.
 */
final class ExchangeDeadline {
  private final ScheduledExecutorService timer;
  private final Thread thread = Thread.currentThread();
  private @Nullable ScheduledFuture<?> pending;
  private long generation;
  private boolean expired;

  ExchangeDeadline(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** From now on the thread has this long; replaces what was set before. */
  synchronized void set(Duration limit) {
    clear();
    long mine = generation;
    pending = timer.schedule(() -> expire(mine), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** No limit until the next one is set. */
  synchronized void clear() {
    generation++;
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  /** Whether the limit has been reached; clears that and the thread's interrupt. */
  synchronized boolean clearExpired() {
    boolean was = expired;
    expired = false;
    if (was) {
      Thread.interrupted();
    }
    return was;
  }

  private synchronized void expire(long of) {
    if (of == generation) {
      expired = true;
      thread.interrupt();
    }
  }
}
