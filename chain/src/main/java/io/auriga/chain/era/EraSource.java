package io.auriga.chain.era;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * An open file, read at any place by any thread. It is read and not mapped: a mapped file that
 * somebody cuts off meanwhile takes the process with it.
 */
final class EraSource implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final Path path;
  private final FileChannel channel;
  private final long size;

  private EraSource(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  static EraSource open(Path path) {
    try {
      if (Files.isDirectory(path)) {
        throw new EraException(
            EraError.UNREADABLE, attempted(path), "it is a folder; name the files in it");
      }
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new EraSource(path, channel, channel.size());
      } catch (IOException failed) {
        channel.close();
        throw failed;
      }
    } catch (NoSuchFileException missing) {
      throw new EraException(
          EraError.UNREADABLE, attempted(path), "there is no such file", missing);
    } catch (AccessDeniedException denied) {
      throw new EraException(
          EraError.UNREADABLE, attempted(path), "this user may not read it", denied);
    } catch (IOException failed) {
      throw new EraException(
          EraError.UNREADABLE, attempted(path), "opening failed: " + failed.getMessage(), failed);
    }
  }

  Path path() {
    return path;
  }

  long size() {
    return size;
  }

  /** The header of the record that begins there, which must be whole. */
  EraRecord record(long position) {
    if (size - position < EraRecord.HEADER_LENGTH) {
      throw failure(
          EraError.TRUNCATED,
          "it ends at byte " + size + ", in the header of the record at " + position);
    }
    ByteBuffer header = bytes(position, EraRecord.HEADER_LENGTH);
    int type = Short.toUnsignedInt(header.getShort(0));
    long length = Integer.toUnsignedLong(header.getInt(2));
    int reserved = Short.toUnsignedInt(header.getShort(6));
    if (reserved != 0) {
      throw failure(
          EraError.MALFORMED,
          "the record at byte %d has %d in its reserved bytes".formatted(position, reserved));
    }
    EraRecord record = new EraRecord(type, position, length);
    if (record.end() > size) {
      throw failure(
          EraError.TRUNCATED,
          "it ends at byte %d, and the record at %d should end at %d"
              .formatted(size, position, record.end()));
    }
    return record;
  }

  /** Little-endian. */
  ByteBuffer bytes(long position, int length) {
    return ByteBuffer.wrap(read(position, length)).order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] read(long position, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, position + bytes.position()) < 0) {
          throw failure(EraError.TRUNCATED, "it was cut off while it was read");
        }
      }
    } catch (IOException failed) {
      throw unreadable(failed);
    }
    return bytes.array();
  }

  /** The data of a record, from its begin to its end. */
  InputStream stream(EraRecord record) {
    return new BufferedInputStream(
        new InputStream() {
          private long at = record.dataPosition();

          @Override
          public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            int wanted = (int) Math.min(length, record.end() - at);
            if (wanted == 0 && length > 0) {
              return -1;
            }
            int got = channel.read(ByteBuffer.wrap(target, offset, wanted), at);
            at += Math.max(0, got);
            return got;
          }
        },
        BUFFER);
  }

  EraException unreadable(IOException failed) {
    return failure(EraError.UNREADABLE, "reading failed: " + failed, failed);
  }

  EraException failure(EraError error, String problem) {
    return failure(error, problem, null);
  }

  EraException failure(EraError error, String problem, @Nullable Throwable cause) {
    return new EraException(error, attempted(), problem, cause);
  }

  String attempted() {
    return attempted(path);
  }

  private static String attempted(Path path) {
    return "read era file " + path;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }
}
