package io.auriga.crypto.snappy;

import java.util.zip.CRC32C;

/**
 * One chunk of the framing format, where it lies: a byte for its type, three for its length, data.
 *
 * @param begin where its data begins
 * @param size how long its data is
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FrameChunk(byte[] source, int type, int begin, int size) {
  static final int HEADER_LENGTH = 4;
  static final int CHECKSUM_LENGTH = 4;
  static final int COMPRESSED = 0x00;
  static final int UNCOMPRESSED = 0x01;
  static final int STREAM_IDENTIFIER = 0xff;

  /** What one chunk unpacks to at most. */
  static final int UNPACKED_MAX = 1 << 16;

  /** Snappy grows what it cannot compress by a sixth at most; no sane chunk with data is larger. */
  static final int SIZE_MAX = CHECKSUM_LENGTH + 32 + UNPACKED_MAX + UNPACKED_MAX / 6;

  private static final byte[] IDENTIFIER = {'s', 'N', 'a', 'P', 'p', 'Y'};
  private static final int FIRST_SKIPPABLE = 0x80;

  /** The header of a stream, which is a chunk of its own. */
  static byte[] streamHeader() {
    return new byte[] {(byte) 0xff, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y'};
  }

  /**
   * Reads a header; the data may still be missing.
   *
   * @param end where the bytes end
   * @param first whether it is the stream's first chunk
   */
  static FrameChunk header(byte[] source, int at, int end, boolean first) {
    if (end - at < HEADER_LENGTH) {
      throw new SnappyException("a chunk's header is cut short", at);
    }
    int type = source[at] & 0xff;
    int size = littleEndian(source, at + 1, 3);
    if (first && type != STREAM_IDENTIFIER) {
      throw new SnappyException("it does not begin with a stream identifier", at);
    }
    if (type > UNCOMPRESSED && type < FIRST_SKIPPABLE) {
      throw new SnappyException("a chunk is of the unknown type " + type, at);
    }
    FrameChunk chunk = new FrameChunk(source, type, at + HEADER_LENGTH, size);
    boolean fits =
        chunk.hasData()
            ? size > CHECKSUM_LENGTH && size <= SIZE_MAX
            : type != STREAM_IDENTIFIER || size == IDENTIFIER.length;
    if (!fits) {
      throw new SnappyException("a chunk of type " + type + " has " + size + " bytes", at);
    }
    return chunk;
  }

  /** Reads a whole chunk. */
  static FrameChunk at(byte[] source, int at, int end, boolean first) {
    FrameChunk chunk = header(source, at, end, first);
    chunk.requireWhole(end);
    return chunk;
  }

  void requireWhole(int end) {
    if (size > end - begin) {
      throw new SnappyException("a chunk of " + size + " bytes is cut short", begin);
    }
    for (int i = 0; i < IDENTIFIER.length && type == STREAM_IDENTIFIER; i++) {
      if (source[begin + i] != IDENTIFIER[i]) {
        throw new SnappyException("the stream identifier is not \"sNaPpY\"", begin);
      }
    }
  }

  boolean hasData() {
    return type == COMPRESSED || type == UNCOMPRESSED;
  }

  /** Where the next chunk begins. */
  int end() {
    return begin + size;
  }

  /** 0 for a chunk that holds no data. */
  int unpackedLength() {
    if (!hasData()) {
      return 0;
    }
    long length =
        type == UNCOMPRESSED
            ? size - CHECKSUM_LENGTH
            : SnappyBlock.length(source, begin + CHECKSUM_LENGTH, end());
    if (length > UNPACKED_MAX) {
      throw new SnappyException("a chunk says that it unpacks to " + length + " bytes", begin);
    }
    return (int) length;
  }

  /** Writes what it unpacks to, if it holds data, and checks the checksum. */
  void unpack(byte[] target, int at, CRC32C crc) {
    if (!hasData()) {
      return;
    }
    int from = begin + CHECKSUM_LENGTH;
    int length = unpackedLength();
    if (type == UNCOMPRESSED) {
      System.arraycopy(source, from, target, at, length);
    } else {
      SnappyBlock.decode(source, from, end(), target, at, length);
    }
    int stored = littleEndian(source, begin, CHECKSUM_LENGTH);
    if (stored != checksum(crc, target, at, length)) {
      throw new SnappyException("a chunk's checksum does not match its data", begin);
    }
  }

  /** The checksum as it is stored: masked, because a CRC of data that holds its CRC is weak. */
  static int checksum(CRC32C crc, byte[] data, int offset, int length) {
    crc.reset();
    crc.update(data, offset, length);
    int value = (int) crc.getValue();
    return (value >>> 15 | value << 17) + 0xa282ead8;
  }

  private static int littleEndian(byte[] bytes, int at, int length) {
    int value = 0;
    for (int i = 0; i < length; i++) {
      value |= (bytes[at + i] & 0xff) << (8 * i);
    }
    return value;
  }
}
