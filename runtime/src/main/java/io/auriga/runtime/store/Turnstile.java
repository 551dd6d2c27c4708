package io.auriga.runtime.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes two processes take turns at one SQLite file. SQLite gives its lock to whoever asks at the
 * right moment: a process that writes without a pause would keep the other out for as long as it
 * likes. So whoever finds the file taken holds this while it waits, and whoever wants to begin
 * passes through it first, which it cannot while the other holds it. Neither waits for more than
 * one transaction of the other; a process that dies lets go of it.
 */
final class Turnstile implements AutoCloseable {
  private static final String FILE = "auriga-turn.lock";

  /** Short beside a transaction. */
  private static final Duration LOOK = Duration.ofMillis(5);

  private final FileChannel channel;

  private Turnstile(FileChannel channel) {
    this.channel = channel;
  }

  static Turnstile open(Path folder) throws IOException {
    return new Turnstile(
        FileChannel.open(
            folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** Something that another process may stand in the way of. */
  @FunctionalInterface
  interface Attempt {
    boolean succeeds() throws SQLException;
  }

  /**
   * Makes an attempt when it is this process's turn, and again while the other one has the file.
   *
   * @param deadline of {@link System#nanoTime}, up to which the other process is let before
   * @throws StoreException {@code AUR-STORE-BUSY} if this thread is interrupted
   */
  void enter(long deadline, Attempt attempt) throws SQLException, IOException {
    @Nullable FileLock lock = find();
    while (lock == null && System.nanoTime() - deadline < 0) {
      pause();
      lock = find();
    }
    if (lock != null) {
      lock.release();
    }
    @Nullable FileLock waiting = null;
    try {
      while (!attempt.succeeds()) {
        waiting = waiting == null ? find() : waiting;
        pause();
      }
    } finally {
      if (waiting != null) {
        waiting.release();
      }
    }
  }

  private static void pause() {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(
          StoreError.BUSY, "write to the store", "interrupted while waiting for a turn");
    }
    LockSupport.parkNanos(LOOK.toNanos());
  }

  /** Held until it is released, or null where the other one looks or waits at this moment. */
  private @Nullable FileLock find() throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException withinThisProcess) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
