package io.auriga.runtime.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write in a folder, held by one process at a time and given back by the operating
 * system if that process dies. The file names the holder and, by its age, says since when.
 */
final class FolderLock implements Claim {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
  private static final int TEXT_BYTES_MAX = 128;

  /** Somebody who only looks whether it is held has it for a moment. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private static final Duration LOOK = Duration.ofMillis(10);

  /**
   * The locks that this process holds. The operating system's lock belongs to the process: a second
   * look at the file from within would not be refused, and closing it would drop the lock.
   */
  private static final Set<Path> HELD_HERE = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private FolderLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * @throws StoreException {@code AUR-STORE-LOCKED} at once if another holds it
   */
  static FolderLock take(Path folder, Writer writer) throws IOException {
    Path real = folder.toRealPath();
    Path file = real.resolve(writer.file);
    createBoth(real);
    synchronized (HELD_HERE) {
      if (HELD_HERE.contains(file)) {
        throw WritingProcess.refusal(
            real.toString(), writer, Optional.of(WritingProcess.self()), since(file));
      }
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      boolean taken = false;
      try {
        if (patientLock(channel) == null) {
          throw WritingProcess.refusal(real.toString(), writer, holder(channel), since(file));
        }
        channel.truncate(0);
        String text = WritingProcess.self().toString();
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
        HELD_HERE.add(file);
        taken = true;
        return new FolderLock(file, channel);
      } finally {
        if (!taken) {
          channel.close();
        }
      }
    }
  }

  /** So that both belong to the user to whom the store belongs, whoever loads into it later. */
  private static void createBoth(Path folder) throws IOException {
    for (Writer writer : Writer.values()) {
      Path file = folder.resolve(writer.file);
      if (Files.notExists(file)) {
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      }
    }
  }

  private static @Nullable FileLock patientLock(FileChannel channel) throws IOException {
    long begin = System.nanoTime();
    while (true) {
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null || System.nanoTime() - begin > PATIENCE.toNanos()) {
        return lock;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** Whether some process holds it at this moment. */
  static boolean isHeld(Path folder, Writer writer) throws IOException {
    Path file = folder.toRealPath().resolve(writer.file);
    synchronized (HELD_HERE) {
      if (HELD_HERE.contains(file)) {
        return true;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        return channel.tryLock() == null;
      } catch (NoSuchFileException never) {
        return false;
      }
    }
  }

  private static Optional<WritingProcess> holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(TEXT_BYTES_MAX);
    channel.read(text, 0);
    return WritingProcess.find(
        new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII));
  }

  private static Optional<Instant> since(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    synchronized (HELD_HERE) {
      try {
        channel.close();
      } catch (IOException broken) {
        LOG.atWarn().addKeyValue("file", file).setCause(broken).log("Store lock not released");
      } finally {
        HELD_HERE.remove(file);
      }
    }
  }
}
