package io.auriga.crypto.snappy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Unpacks Snappy's framing format: chunks that unpack to at most 64 KiB each and carry the CRC-32C
 * of that, which is always checked. A long stream can therefore be read in pieces.
 */
public final class SnappyFrames {
  private SnappyFrames() {}

  /**
   * Unpacks a whole stream.
   *
   * @throws SnappyException if it is none, is damaged, or unpacks to more than {@code maxBytes}
   */
  public static byte[] decode(byte[] source, int maxBytes) {
    long length = 0;
    int at = 0;
    do {
      FrameChunk chunk = FrameChunk.at(source, at, source.length, at == 0);
      length += chunk.unpackedLength();
      if (length > maxBytes) {
        throw new SnappyException("it unpacks to more than the " + maxBytes + " bytes allowed");
      }
      at = chunk.end();
    } while (at < source.length);
    byte[] target = new byte[(int) length];
    fill(source, target);
    return target;
  }

  /**
   * Unpacks the first bytes of a stream.
   *
   * @param source the stream, or so much of it as is needed
   * @return {@code wanted} bytes, or fewer where the stream has no more
   * @throws SnappyException if it is no stream, or is damaged before that
   */
  public static byte[] decodeBegin(byte[] source, int wanted) {
    byte[] target = new byte[wanted];
    int got = fill(source, target);
    return got == wanted ? target : Arrays.copyOf(target, got);
  }

  /** Fills the target, or less if the stream is shorter; returns how much. */
  private static int fill(byte[] source, byte[] target) {
    CRC32C crc = new CRC32C();
    int written = 0;
    int at = 0;
    do {
      FrameChunk chunk = FrameChunk.at(source, at, source.length, at == 0);
      int length = chunk.unpackedLength();
      if (length <= target.length - written) {
        chunk.unpack(target, written, crc);
      } else {
        byte[] whole = new byte[length];
        chunk.unpack(whole, 0, crc);
        length = target.length - written;
        System.arraycopy(whole, 0, target, written, length);
      }
      written += length;
      at = chunk.end();
    } while (at < source.length && written < target.length);
    return written;
  }

  /**
   * Checks a stream to its end without keeping it.
   *
   * @return to how many bytes it unpacks
   * @throws SnappyException if it is none, or is damaged
   */
  public static long check(InputStream in) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] data = new byte[FrameChunk.HEADER_LENGTH + FrameChunk.SIZE_MAX];
    byte[] unpacked = new byte[FrameChunk.UNPACKED_MAX];
    long length = 0;
    boolean first = true;
    int read = in.readNBytes(data, 0, FrameChunk.HEADER_LENGTH);
    do {
      FrameChunk chunk = FrameChunk.header(data, 0, read, first);
      if (chunk.hasData() || chunk.type() == FrameChunk.STREAM_IDENTIFIER) {
        chunk.requireWhole(chunk.begin() + in.readNBytes(data, chunk.begin(), chunk.size()));
        chunk.unpack(unpacked, 0, crc);
        length += chunk.unpackedLength();
      } else {
        skip(in, chunk);
      }
      first = false;
      read = in.readNBytes(data, 0, FrameChunk.HEADER_LENGTH);
    } while (read > 0);
    return length;
  }

  private static void skip(InputStream in, FrameChunk chunk) throws IOException {
    try {
      in.skipNBytes(chunk.size());
    } catch (EOFException _) {
      throw new SnappyException("a chunk of " + chunk.size() + " bytes is cut short");
    }
  }
}
