package io.auriga.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Work on a virtual thread of its own, from {@link #start} until the work ends or {@link #close}
 * interrupts it. Started once, or never; safe for any thread.
 */
public final class Background implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final Runnable work;
  private volatile @Nullable Thread thread;

  /**
   * @param name of the thread
   * @param work ends when it is interrupted
   */
  public Background(String name, Runnable work) {
    this.name = name;
    this.work = work;
  }

  /**
   * The same piece of work again and again, with a pause after each.
   *
   * @param work that does not throw, unless it is to be the last time
   */
  public static Background repeating(String name, Duration pause, Runnable work) {
    return new Background(
        name,
        () -> {
          try {
            while (true) {
              work.run();
              Thread.sleep(pause);
            }
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
        });
  }

  public void start() {
    thread = Thread.ofVirtual().name(name).start(work);
  }

  /** Interrupts the work and waits for its end, for five seconds at the most. */
  @Override
  public void close() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    running.interrupt();
    try {
      boolean _ = running.join(CLOSE_PATIENCE);
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }
}
