package io.auriga.withdrawals.prediction;

import io.auriga.types.AurigaException;
import io.auriga.withdrawals.WithdrawalError;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest of something that a node is asked for. One thread at a time makes it; whoever asks
 * meanwhile is given the one before, as long as that will do, so that a slow node holds nobody up.
 * Shared by threads.
 */
final class Latest<T> {
  private final String thread;
  private final Supplier<T> maker;
  private final Duration patience;
  private volatile @Nullable T last;
  private @Nullable FutureTask<T> underWay;

  /**
   * @param thread what to call the thread that makes one
   * @param maker runs on one thread at a time
   * @param patience how long to wait for a new one where the one before would do
   */
  Latest(String thread, Supplier<T> maker, Duration patience) {
    this.thread = thread;
    this.maker = maker;
    this.patience = patience;
  }

  /**
   * @param current whether the one there is need not be made anew
   * @param usable whether it will do while a new one is made, or cannot be
   * @throws AurigaException as the maker, where there is none that will do
   */
  T get(Predicate<T> current, Predicate<T> usable) {
    T known = last;
    if (known != null && current.test(known)) {
      return known;
    }
    FutureTask<T> task = underWay();
    if (known == null || !usable.test(known)) {
      return await(task);
    }
    try {
      return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException | ExecutionException slow) {
      return known;
    } catch (InterruptedException stopping) {
      throw interrupted();
    }
  }

  private synchronized FutureTask<T> underWay() {
    FutureTask<T> task = underWay;
    if (task == null || task.isDone()) {
      task =
          new FutureTask<>(
              () -> {
                T made = maker.get();
                last = made;
                return made;
              });
      underWay = task;
      Thread.ofVirtual().name(thread).start(task);
    }
    return task;
  }

  private static <T> T await(FutureTask<T> task) {
    try {
      return task.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof AurigaException why) {
        throw why;
      }
      throw new IllegalStateException("a forecast failed", failed.getCause());
    } catch (InterruptedException stopping) {
      throw interrupted();
    }
  }

  private static AurigaException interrupted() {
    Thread.currentThread().interrupt();
    return new AurigaException(
        WithdrawalError.NO_FORECAST, "predict withdrawals", "the process is stopping");
  }
}
