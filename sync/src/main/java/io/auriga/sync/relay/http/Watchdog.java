package io.auriga.sync.relay.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One thread that closes every connection whose {@link Timer} has run out. */
public final class Watchdog implements AutoCloseable {
  /** How late a deadline may be noticed; the shortest one is a second. */
  private static final long LOOK_MILLIS = 20;

  private final Set<Timer> timers = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  public Watchdog() {
    Thread.ofPlatform().daemon().name("auriga-relay-watchdog").start(this::watch);
  }

  /** A timer at rest. */
  public Timer timer(Runnable close) {
    Timer timer = new Timer(this, close);
    timers.add(timer);
    return timer;
  }

  void forget(Timer timer) {
    timers.remove(timer);
  }

  private void watch() {
    try {
      while (!closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        long now = System.nanoTime();
        for (Timer timer : timers) {
          timer.check(now);
        }
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
