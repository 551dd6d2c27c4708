package io.auriga.crypto.snappy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Unpacks the raw block format of Snappy: the length as a varint, then literals and copies of what
 * was written before. Written here because it is a page, needs no native library, and tells where
 * the data is wrong.
 */
public final class SnappyBlock {
  private static final int VARINT_BYTES_MAX = 5;
  private static final int WORD = Long.BYTES;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] source;
  private final int end;
  private int at;

  private SnappyBlock(byte[] source, int from, int to) {
    this.source = source;
    this.at = from;
    this.end = to;
  }

  /**
   * Unpacks one block that is all of {@code source}.
   *
   * @throws SnappyException if it is not exactly one block that unpacks to {@code maxBytes} or less
   */
  public static byte[] decode(byte[] source, int maxBytes) {
    SnappyBlock block = new SnappyBlock(source, 0, source.length);
    long length = block.length();
    if (length > maxBytes) {
      throw new SnappyException(
          "it says that it unpacks to " + length + " bytes, more than " + maxBytes);
    }
    byte[] target = new byte[(int) length];
    block.decode(target, 0, target.length);
    return target;
  }

  /** To how many bytes the block between the two places says that it unpacks. */
  static long length(byte[] source, int from, int to) {
    return new SnappyBlock(source, from, to).length();
  }

  /** Unpacks the block between the two places, which must be of {@code length} bytes, to there. */
  static void decode(byte[] source, int from, int to, byte[] target, int start, int length) {
    SnappyBlock block = new SnappyBlock(source, from, to);
    if (block.length() != length) {
      throw new IllegalArgumentException("the length must be the one that the block promises");
    }
    block.decode(target, start, length);
  }

  private void decode(byte[] target, int start, int length) {
    int limit = start + length;
    int written = start;
    while (at < end) {
      int tag = source[at++] & 0xff;
      if ((tag & 3) == 0) {
        written = literal(literalLength(tag >>> 2), target, written, limit);
      } else {
        written = copy(tag, target, start, written, limit);
      }
    }
    if (written != limit) {
      throw malformed("it holds " + (written - start) + " bytes and promises " + length);
    }
  }

  private int literal(int count, byte[] target, int written, int limit) {
    requireRoom(count, written, limit);
    if (count > end - at) {
      throw malformed("a literal of " + count + " bytes is cut short");
    }
    // Two words are faster than a call, and what is written too much is overwritten later.
    if (count <= 2 * WORD && limit - written >= 2 * WORD && end - at >= 2 * WORD) {
      LONG.set(target, written, (long) LONG.get(source, at));
      LONG.set(target, written + WORD, (long) LONG.get(source, at + WORD));
    } else {
      System.arraycopy(source, at, target, written, count);
    }
    at += count;
    return written + count;
  }

  private int copy(int tag, byte[] target, int start, int written, int limit) {
    int count;
    int back;
    switch (tag & 3) {
      case 1 -> {
        count = 4 + (tag >>> 2 & 7);
        back = (tag >>> 5) << 8 | littleEndian(1);
      }
      case 2 -> {
        count = 1 + (tag >>> 2);
        back = littleEndian(2);
      }
      default -> {
        count = 1 + (tag >>> 2);
        back = littleEndian(4);
      }
    }
    if (back <= 0 || back > written - start) {
      throw malformed("a copy reaches " + Integer.toUnsignedString(back) + " bytes back");
    }
    requireRoom(count, written, limit);
    if (back >= WORD && limit - written >= count + WORD) {
      for (int i = 0; i < count; i += WORD) {
        LONG.set(target, written + i, (long) LONG.get(target, written + i - back));
      }
    } else {
      // Byte by byte: a copy may overlap what it writes, which is how runs are encoded.
      for (int i = 0; i < count; i++) {
        target[written + i] = target[written + i - back];
      }
    }
    return written + count;
  }

  private int literalLength(int code) {
    if (code < 60) {
      return code + 1;
    }
    int length = littleEndian(code - 59) + 1;
    if (length <= 0) {
      throw malformed("a literal of " + Integer.toUnsignedString(length) + " bytes");
    }
    return length;
  }

  private void requireRoom(int count, int written, int limit) {
    if (count > limit - written) {
      throw malformed("it unpacks to more than it promises");
    }
  }

  private long length() {
    long length = 0;
    for (int i = 0; i < VARINT_BYTES_MAX; i++) {
      int next = littleEndian(1);
      length |= (next & 0x7fL) << (7 * i);
      if (next < 0x80) {
        return length;
      }
    }
    throw malformed("its length is longer than 32 bits");
  }

  private int littleEndian(int bytes) {
    if (bytes > end - at) {
      throw malformed("it is cut short");
    }
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (source[at++] & 0xff) << (8 * i);
    }
    return value;
  }

  private SnappyException malformed(String problem) {
    return new SnappyException(problem, at);
  }
}
