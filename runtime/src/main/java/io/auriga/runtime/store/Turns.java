package io.auriga.runtime.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Waiting for a turn at the store, for no longer than a caller is to wait. */
final class Turns {
  private Turns() {}

  /** A lock or a semaphore that is waited for. */
  @FunctionalInterface
  interface Turn {
    boolean take(long millis) throws InterruptedException;
  }

  /**
   * @throws StoreException {@code AUR-STORE-BUSY} if there is none in time
   */
  static void take(Turn turn, Duration wait, String attempted) {
    try {
      if (!turn.take(wait.toMillis())) {
        throw new StoreException(
            StoreError.BUSY, attempted, "no turn within " + wait.toSeconds() + " s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          StoreError.BUSY, attempted, "interrupted while waiting for a turn", interrupted, false);
    }
  }

  /** The writer's turn, which a transaction must not take a second time. */
  static void takeToWrite(ReentrantLock lock, Duration wait, String attempted) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("A transaction must not begin another one");
    }
    take(millis -> lock.tryLock(millis, TimeUnit.MILLISECONDS), wait, attempted);
  }

  /** Whether the transaction under way ended in time; the lock is held then. */
  static boolean takeToClose(ReentrantLock lock, Duration wait) {
    try {
      return lock.tryLock(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return lock.tryLock();
    }
  }
}
