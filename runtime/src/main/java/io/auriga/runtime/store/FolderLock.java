package io.auriga.runtime.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to write in a folder, held by one process at a time and given back by the operating
 * system if that process dies. The file names the holder and, by its age, says since when.
 */
final class FolderLock implements AutoCloseable {
  private static final String FILE = "auriga.lock";
  private static final int TEXT_BYTES_MAX = 128;

  /**
   * The folders that this process holds. The operating system's lock belongs to the process: a
   * second look at the file from within would not be refused, and closing it would drop the lock.
   */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @throws StoreException {@code AUR-STORE-LOCKED} at once if another holds it
   */
  static FolderLock take(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD_HERE.add(real)) {
      throw WritingProcess.refusal(
          real.toString(), Optional.of(WritingProcess.self()), since(real));
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              real.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw WritingProcess.refusal(real.toString(), holder(channel), since(real));
      }
      channel.truncate(0);
      String text = WritingProcess.self().toString();
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
      taken = true;
      return new FolderLock(real, channel);
    } finally {
      if (!taken) {
        HELD_HERE.remove(real);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static Optional<WritingProcess> holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(TEXT_BYTES_MAX);
    channel.read(text, 0);
    return WritingProcess.find(
        new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII));
  }

  private static Optional<Instant> since(Path folder) {
    try {
      return Optional.of(Files.getLastModifiedTime(folder.resolve(FILE)).toInstant());
    } catch (IOException unknown) {
      return Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_HERE.remove(folder);
    }
  }
}
