package io.auriga.app.cli.verify;

import io.auriga.crypto.snappy.SnappyBlock;
import io.auriga.crypto.snappy.SnappyException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a file whole, and unpacks gzip and raw Snappy; all of it bounded. */
public final class FileContent {
  /** The protocol allows blocks of 10 MiB; as hex or JSON they are less than three times that. */
  static final int BYTES_MAX = 48 << 20;

  private final int bytesMax;
  private final String nothingDoes;

  private FileContent(int bytesMax, String nothingDoes) {
    this.bytesMax = bytesMax;
    this.nothingDoes = nothingDoes;
  }

  /**
   * The bytes that the file stands for.
   *
   * @throws UnreadableFile with a reason if there are none
   */
  static byte[] open(Path file) {
    return new FileContent(BYTES_MAX, "no block does").unpacked(file);
  }

  /** As {@link #open(Path)}, for a file that may be larger than a block. */
  public static byte[] open(Path file, int bytesMax, String nothingDoes) {
    return new FileContent(bytesMax, nothingDoes).unpacked(file);
  }

  /** What the file holds as a stream, which is not bounded; gzip is unpacked. */
  public static InputStream stream(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new UnreadableFile("it is a folder; name the files in it");
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    boolean ready = false;
    try {
      in.mark(3);
      byte[] begin = in.readNBytes(3);
      in.reset();
      InputStream content = isGzip(begin) ? new GZIPInputStream(in, 1 << 16) : in;
      ready = true;
      return content;
    } finally {
      if (!ready) {
        in.close();
      }
    }
  }

  /** Why a file cannot be read, for a person. */
  public static UnreadableFile unreadable(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> new UnreadableFile("there is no such file", missing);
      case AccessDeniedException denied ->
          new UnreadableFile("this user may not read the file", denied);
      case EOFException truncated -> new UnreadableFile("gzip: the data is cut short", truncated);
      case ZipException malformed ->
          new UnreadableFile("gzip: " + malformed.getMessage(), malformed);
      default -> new UnreadableFile("reading failed: " + failure.getMessage(), failure);
    };
  }

  private byte[] unpacked(Path file) {
    byte[] content = read(file);
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (isGzip(content)) {
      content = gunzip(content);
      if (name.endsWith(".gz")) {
        name = name.substring(0, name.length() - ".gz".length());
      }
    }
    // Raw Snappy has no mark of its own, so the name must say it.
    if (name.endsWith("_snappy") || name.endsWith(".snappy") || name.endsWith(".sz")) {
      content = unsnap(content);
    }
    if (content.length == 0) {
      throw new UnreadableFile("the file is empty, once it is unpacked");
    }
    return content;
  }

  private byte[] unsnap(byte[] content) {
    try {
      return SnappyBlock.decode(content, bytesMax);
    } catch (SnappyException malformed) {
      throw new UnreadableFile("snappy: " + malformed.problem(), malformed);
    }
  }

  private byte[] read(Path file) {
    if (Files.isDirectory(file)) {
      throw new UnreadableFile("it is a folder; name the files in it");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = bounded(in);
      if (content.length == 0) {
        throw new UnreadableFile("the file is empty");
      }
      return content;
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  private static boolean isGzip(byte[] content) {
    return content.length > 2 && (content[0] & 0xff) == 0x1f && (content[1] & 0xff) == 0x8b;
  }

  private byte[] gunzip(byte[] content) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
      return bounded(in);
    } catch (EOFException truncated) {
      throw new UnreadableFile("gzip: the data is cut short", truncated);
    } catch (ZipException malformed) {
      throw new UnreadableFile("gzip: " + malformed.getMessage(), malformed);
    } catch (IOException failed) {
      throw new UnreadableFile("gzip: " + failed.getMessage(), failed);
    }
  }

  private byte[] bounded(InputStream in) throws IOException {
    byte[] content = in.readNBytes(bytesMax + 1);
    if (content.length > bytesMax) {
      throw new UnreadableFile(
          "it holds more than " + (bytesMax >> 20) + " MiB, which " + nothingDoes);
    }
    return content;
  }
}
