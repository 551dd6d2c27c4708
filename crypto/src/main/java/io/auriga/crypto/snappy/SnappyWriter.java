package io.auriga.crypto.snappy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Packs bytes in Snappy's framing format. The same bytes give the same stream, today and in every
 * later version: files that are compared or named by what they hold depend on it. An instance
 * belongs to one thread.
 *
 * <p><b>How it compresses.</b> Each chunk of 64 KiB is looked through once. A table remembers where
 * four bytes were seen last, by their hash; where they come again, a copy is written as long as the
 * bytes agree, and what lies between copies is written as it is. Where nothing agrees for long, the
 * steps grow, so that random bytes cost little. A chunk that is not an eighth smaller is stored.
 */
public final class SnappyWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int HASH_BITS = 14;
  private static final int HASH_FACTOR = 0x1e35a7bd;
  private static final int MATCH_MIN = 4;
  private static final int COPY_MAX = 64;

  private final CRC32C crc = new CRC32C();
  private final int[] lastSeen = new int[1 << HASH_BITS];
  private final byte[] packed = new byte[FrameChunk.HEADER_LENGTH + FrameChunk.SIZE_MAX];
  private int at;

  /** The stream that unpacks to these bytes. */
  public byte[] pack(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 + data.length / 2);
    try {
      pack(data, out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  /** Writes the stream that unpacks to these bytes. */
  public void pack(byte[] data, OutputStream out) throws IOException {
    out.write(FrameChunk.streamHeader());
    for (int from = 0; from < data.length; from += FrameChunk.UNPACKED_MAX) {
      int length = Math.min(FrameChunk.UNPACKED_MAX, data.length - from);
      int data0 = FrameChunk.HEADER_LENGTH + FrameChunk.CHECKSUM_LENGTH;
      at = data0;
      length(length);
      compress(data, from, from + length);
      boolean smaller = at - data0 < length - length / 8;
      if (!smaller) {
        System.arraycopy(data, from, packed, data0, length);
        at = data0 + length;
      }
      int size = at - FrameChunk.HEADER_LENGTH;
      int type = smaller ? FrameChunk.COMPRESSED : FrameChunk.UNCOMPRESSED;
      INT.set(packed, 0, type | size << Byte.SIZE);
      INT.set(packed, FrameChunk.HEADER_LENGTH, FrameChunk.checksum(crc, data, from, length));
      out.write(packed, 0, at);
    }
  }

  private void length(int length) {
    int rest = length;
    while (rest >= 0x80) {
      packed[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    packed[at++] = (byte) rest;
  }

  private void compress(byte[] data, int from, int to) {
    Arrays.fill(lastSeen, -1);
    int written = from;
    int position = from;
    int misses = 0;
    while (position <= to - MATCH_MIN) {
      int word = (int) INT.get(data, position);
      int hash = (word * HASH_FACTOR) >>> (Integer.SIZE - HASH_BITS);
      int seen = lastSeen[hash];
      lastSeen[hash] = position;
      if (seen < 0 || (int) INT.get(data, seen) != word) {
        position += 1 + (misses++ >>> 5);
        continue;
      }
      misses = 0;
      int end = position + MATCH_MIN;
      int source = seen + MATCH_MIN;
      while (end < to && data[end] == data[source]) {
        end++;
        source++;
      }
      literal(data, written, position);
      copy(position - seen, end - position);
      position = end;
      written = end;
    }
    literal(data, written, to);
  }

  private void literal(byte[] data, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return;
    }
    int code = length - 1;
    if (code < 60) {
      packed[at++] = (byte) (code << 2);
    } else if (code < 1 << 8) {
      packed[at++] = (byte) (60 << 2);
      packed[at++] = (byte) code;
    } else {
      packed[at++] = (byte) (61 << 2);
      packed[at++] = (byte) code;
      packed[at++] = (byte) (code >>> 8);
    }
    System.arraycopy(data, from, packed, at, length);
    at += length;
  }

  /** Copies of 64 bytes each, the last one or two shorter, none shorter than four. */
  private void copy(int back, int length) {
    int rest = length;
    while (rest >= COPY_MAX + MATCH_MIN) {
      longCopy(back, COPY_MAX);
      rest -= COPY_MAX;
    }
    if (rest > COPY_MAX) {
      longCopy(back, COPY_MAX - MATCH_MIN);
      rest -= COPY_MAX - MATCH_MIN;
    }
    if (rest < 12 && back < 1 << 11) {
      packed[at++] = (byte) (1 | (rest - MATCH_MIN) << 2 | back >>> 8 << 5);
      packed[at++] = (byte) back;
    } else {
      longCopy(back, rest);
    }
  }

  private void longCopy(int back, int length) {
    packed[at++] = (byte) (2 | (length - 1) << 2);
    packed[at++] = (byte) back;
    packed[at++] = (byte) (back >>> 8);
  }
}
