package io.auriga.app.cli.verify;

/**
 * Decodes the raw block format of Snappy, in which the consensus layer's tests and gossip carry
 * SSZ: the length as a varint, then literals and copies of what was written before. Written here
 * because it is a page, needs no native library to be unpacked, and tells where the data is wrong.
 */
final class RawSnappy {
  private static final int VARINT_BYTES_MAX = 5;

  private final byte[] source;
  private int at;

  private RawSnappy(byte[] source) {
    this.source = source;
  }

  /**
   * @throws UnreadableFile if the data is not exactly one raw block of at most {@code maxBytes}
   */
  static byte[] decode(byte[] source, int maxBytes) {
    return new RawSnappy(source).decode(maxBytes);
  }

  private byte[] decode(int maxBytes) {
    long length = length();
    if (length > maxBytes) {
      throw new UnreadableFile(
          "snappy: it says that it unpacks to " + length + " bytes, more than " + maxBytes);
    }
    byte[] target = new byte[(int) length];
    int written = 0;
    while (at < source.length) {
      int tag = source[at++] & 0xff;
      if ((tag & 3) == 0) {
        int count = literalLength(tag >>> 2);
        requireRoom(count, written, target);
        if (count > source.length - at) {
          throw malformed("a literal of " + count + " bytes is cut short");
        }
        System.arraycopy(source, at, target, written, count);
        at += count;
        written += count;
      } else {
        written = copy(tag, target, written);
      }
    }
    if (written != target.length) {
      throw malformed("it holds " + written + " bytes and promises " + target.length);
    }
    return target;
  }

  private int copy(int tag, byte[] target, int written) {
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
    if (back <= 0 || back > written) {
      throw malformed("a copy reaches " + Integer.toUnsignedString(back) + " bytes back");
    }
    requireRoom(count, written, target);
    // Byte by byte: a copy may overlap what it writes, which is how runs are encoded.
    for (int i = 0; i < count; i++) {
      target[written + i] = target[written + i - back];
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

  private void requireRoom(int count, int written, byte[] target) {
    if (count > target.length - written) {
      throw malformed("it unpacks to more than the " + target.length + " bytes it promises");
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
    if (bytes > source.length - at) {
      throw malformed("it is cut short");
    }
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (source[at++] & 0xff) << (8 * i);
    }
    return value;
  }

  private UnreadableFile malformed(String problem) {
    return new UnreadableFile("snappy: " + problem + " (at byte " + at + ")");
  }
}
