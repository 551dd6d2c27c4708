package io.auriga.sync.relay.scan;

import java.nio.ByteBuffer;

/**
 * Finds the next quote or backslash. Most of a payload is transactions, which are long texts
 * without either: of these, blocks are looked at as a whole, in a loop without a branch, of which
 * the JVM's compiler makes vector instructions.
 */
final class TextEnd {
  private static final int BLOCK = 256;
  private static final long QUOTES = 0x2222222222222222L;
  private static final long BACKSLASHES = 0x5c5c5c5c5c5c5c5cL;
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private TextEnd() {}

  /** The index of the first of them from {@code from} on; {@code to} if there is none. */
  static int find(ByteBuffer bytes, int from, int to) {
    int at = from;
    while (at + BLOCK <= to && !anyIn(bytes, at)) {
      at += BLOCK;
    }
    while (at + Long.BYTES <= to && hits(bytes.getLong(at)) == 0) {
      at += Long.BYTES;
    }
    while (at < to && bytes.get(at) != '"' && bytes.get(at) != '\\') {
      at++;
    }
    return at;
  }

  private static boolean anyIn(ByteBuffer bytes, int from) {
    long any = 0;
    for (int at = from; at < from + BLOCK; at += Long.BYTES) {
      any |= hits(bytes.getLong(at));
    }
    return any != 0;
  }

  /** Not zero if one of the eight bytes is one of the two, in whatever order they were read. */
  private static long hits(long word) {
    long quote = word ^ QUOTES;
    long backslash = word ^ BACKSLASHES;
    return (((quote - LOW_BITS) & ~quote) | ((backslash - LOW_BITS) & ~backslash)) & HIGH_BITS;
  }
}
