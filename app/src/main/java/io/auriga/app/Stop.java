package io.auriga.app;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets Ctrl-C and SIGTERM end the command, and the process end only after the command. Made and
 * closed by the thread that runs the command.
 */
final class Stop implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(30);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Thread starting;

  Stop() {
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("auriga-stop").unstarted(this::ask));
  }

  /** What takes its time to begin: nodes that do not answer yet are waited for. */
  @FunctionalInterface
  interface Start<T> {
    T begin() throws InterruptedException;
  }

  /**
   * What {@code start} begins; empty if the process is asked to end meanwhile, which interrupts the
   * start. How a start fails once it is interrupted is no news to anybody.
   */
  <T> Optional<T> unlessAsked(Start<T> start) throws InterruptedException {
    synchronized (this) {
      if (wasAsked()) {
        return Optional.empty();
      }
      starting = Thread.currentThread();
    }
    try {
      return Optional.of(start.begin());
    } catch (RuntimeException | InterruptedException failed) {
      if (wasAsked()) {
        return Optional.empty();
      }
      throw failed;
    } finally {
      synchronized (this) {
        starting = null;
      }
      if (wasAsked()) {
        // It did its work, or came too late; what is closed next must not see it.
        boolean _ = Thread.interrupted();
      }
    }
  }

  void await() throws InterruptedException {
    asked.await();
  }

  /** Whether the process was asked to end within {@code patience}. */
  boolean await(Duration patience) throws InterruptedException {
    return asked.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Asks the command to end, and waits until it has. */
  void ask() {
    synchronized (this) {
      asked.countDown();
      if (starting != null) {
        starting.interrupt();
      }
    }
    try {
      boolean _ = closed.await(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean wasAsked() {
    return asked.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
