package io.auriga.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the parts of a process in order and closes them in the reverse order, once: at the end of
 * the work, when a part cannot be opened, or at Ctrl-C and SIGTERM. Each part gets a share of time
 * to close; one that hangs is named and left behind.
 */
public final class Lifecycle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  private final Duration partTime;
  private final Deque<Part> parts = new ArrayDeque<>();
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean closing;

  /**
   * @param partTime how long one part may take to close
   */
  public Lifecycle(Duration partTime) {
    this.partTime = partTime;
  }

  /** Opens a part and keeps it for closing. What opening throws passes through. */
  public <T extends AutoCloseable> T open(String name, Supplier<T> opening) {
    requireNotClosing(name);
    T part = opening.get();
    add(name, part);
    return part;
  }

  /** Keeps for closing what has been started otherwise. */
  public void add(String name, AutoCloseable part) {
    synchronized (parts) {
      if (!closing) {
        parts.push(new Part(name, part));
        return;
      }
    }
    close(new Part(name, part));
  }

  /** Closes everything when the process is asked to end, and lets it end only then. */
  public void closeOnSignal() {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("auriga-shutdown")
                .unstarted(
                    () -> {
                      requestStop();
                      close();
                    }));
  }

  /** Wakes {@link #awaitStop}; from any thread, any number of times. */
  public void requestStop() {
    stopAsked.countDown();
  }

  /** Waits until the process is to end. */
  public void awaitStop() throws InterruptedException {
    stopAsked.await();
  }

  /** Closes all parts, newest first. A second call waits until the first is done. */
  @Override
  public void close() {
    boolean first;
    List<Part> open;
    synchronized (parts) {
      first = !closing;
      closing = true;
      open = List.copyOf(parts);
    }
    stopAsked.countDown();
    if (first) {
      open.forEach(this::close);
      closed.countDown();
    } else {
      awaitClosed(open.size());
    }
  }

  private void awaitClosed(int count) {
    try {
      long limit = partTime.toNanos() * (count + 1L);
      if (!closed.await(limit, TimeUnit.NANOSECONDS)) {
        LOG.warn("Parts did not close in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void close(Part part) {
    long began = System.nanoTime();
    Thread thread =
        Thread.ofPlatform().daemon().name("auriga-close-" + part.name).start(() -> run(part));
    try {
      if (thread.join(partTime)) {
        LOG.atDebug()
            .addKeyValue("part", part.name)
            .addKeyValue("millis", Duration.ofNanos(System.nanoTime() - began).toMillis())
            .log("Part closed");
      } else {
        LOG.atWarn()
            .addKeyValue("part", part.name)
            .addKeyValue("limitMillis", partTime.toMillis())
            .log("Part did not close in time and is left behind");
        thread.interrupt();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void run(Part part) {
    try {
      part.closeable.close();
    } catch (Exception broken) {
      LOG.atWarn().addKeyValue("part", part.name).setCause(broken).log("Part did not close well");
    }
  }

  private void requireNotClosing(String name) {
    synchronized (parts) {
      if (closing) {
        throw new IllegalStateException("The process is ending; " + name + " is not opened");
      }
    }
  }

  private record Part(String name, AutoCloseable closeable) {}
}
