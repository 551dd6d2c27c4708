package io.auriga.crypto.rlp;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads the items of one RLP list, or of the top level, in order. Strict: an item that has a
 * shorter form, an integer with leading zeros, or anything that reaches beyond its list is refused.
 */
public final class RlpReader {
  /** No structure of the protocol nests deeper than 5; this leaves room and bounds recursion. */
  public static final int DEPTH_MAX = 64;

  private static final int LENGTH_BYTES_MAX = 4;

  private final byte[] data;
  private final int end;
  private final int depth;
  private int position;

  // The item at the position, read by peek().
  private boolean isList;
  private int payload;
  private int payloadLength;

  private RlpReader(byte[] data, int start, int end, int depth) {
    this.data = data;
    this.position = start;
    this.end = end;
    this.depth = depth;
  }

  /** A reader of all items in {@code data}, which it does not copy. */
  public static RlpReader of(byte[] data) {
    return new RlpReader(data, 0, data.length, 0);
  }

  /** Checks that {@code data} is exactly one well-formed item, down to the innermost. */
  public static void check(byte[] data) {
    RlpReader reader = of(data);
    reader.checkItem();
    reader.expectEnd();
  }

  private void checkItem() {
    peek();
    if (!isList) {
      skip();
      return;
    }
    RlpReader inner = list();
    while (inner.hasNext()) {
      inner.checkItem();
    }
  }

  public boolean hasNext() {
    return position < end;
  }

  /** Whether the next item is a list. */
  public boolean nextIsList() {
    peek();
    return isList;
  }

  /** Where the next item begins, in the array read. */
  public int position() {
    return position;
  }

  /** Enters the next item, a list, and moves behind it. */
  public RlpReader list() {
    peek();
    if (!isList) {
      throw malformed("a string where a list should be");
    }
    if (depth == DEPTH_MAX) {
      throw malformed("lists nested deeper than " + DEPTH_MAX);
    }
    moveBehind();
    return new RlpReader(data, payload, payload + payloadLength, depth + 1);
  }

  /** How many items follow; checks their headers, not what is inside lists. */
  public int count() {
    RlpReader copy = new RlpReader(data, position, end, depth);
    int items = 0;
    while (copy.hasNext()) {
      copy.skip();
      items++;
    }
    return items;
  }

  public byte[] bytes() {
    string();
    moveBehind();
    return Arrays.copyOfRange(data, payload, payload + payloadLength);
  }

  /** Exactly {@code length} bytes. */
  public byte[] bytes(int length) {
    int at = offsetOfBytes(length);
    return Arrays.copyOfRange(data, at, at + length);
  }

  /** Where the next item's {@code length} bytes lie; nothing is copied. */
  public int offsetOfBytes(int length) {
    string();
    if (payloadLength != length) {
      throw malformed("a string of " + payloadLength + " bytes where " + length + " should be");
    }
    moveBehind();
    return payload;
  }

  public long uint64() {
    integerOf(Long.BYTES);
    long value = 0;
    for (int i = 0; i < payloadLength; i++) {
      value = value << Byte.SIZE | (data[payload + i] & 0xff);
    }
    moveBehind();
    return value;
  }

  public BigInteger uint256() {
    integerOf(32);
    moveBehind();
    return new BigInteger(1, data, payload, payloadLength);
  }

  /** Moves behind the next item without looking into it. */
  public void skip() {
    peek();
    moveBehind();
  }

  public void expectEnd() {
    if (hasNext()) {
      throw malformed((end - position) + " bytes too many");
    }
  }

  private void string() {
    peek();
    if (isList) {
      throw malformed("a list where a string should be");
    }
  }

  private void integerOf(int bytesMax) {
    string();
    if (payloadLength > bytesMax) {
      throw malformed(
          "an integer of " + payloadLength + " bytes where at most " + bytesMax + " fit");
    }
    if (payloadLength > 0 && data[payload] == 0) {
      throw malformed("an integer with leading zeros");
    }
  }

  private void moveBehind() {
    position = payload + payloadLength;
  }

  private void peek() {
    if (position >= end) {
      throw malformed("the data ends where an item should be");
    }
    int first = data[position] & 0xff;
    if (first < RlpHeader.STRING) {
      set(false, position, 1);
      return;
    }
    isList = first >= RlpHeader.LIST;
    int kind = isList ? RlpHeader.LIST : RlpHeader.STRING;
    if (first <= kind + RlpHeader.SHORT_MAX) {
      set(isList, position + 1, first - kind);
      if (!isList && RlpHeader.isBare(data, payload, payloadLength)) {
        throw malformed("a byte below 0x80 with a header");
      }
    } else {
      int lengthBytes = first - kind - RlpHeader.SHORT_MAX;
      set(isList, position + 1 + lengthBytes, longLength(lengthBytes));
    }
  }

  private int longLength(int lengthBytes) {
    if (lengthBytes > end - position - 1) {
      throw malformed("a header that reaches beyond its end");
    }
    if (data[position + 1] == 0) {
      throw malformed("a length with leading zeros");
    }
    if (lengthBytes > LENGTH_BYTES_MAX) {
      throw malformed("a length of " + lengthBytes + " bytes");
    }
    long length = 0;
    for (int i = 1; i <= lengthBytes; i++) {
      length = length << Byte.SIZE | (data[position + i] & 0xff);
    }
    if (length <= RlpHeader.SHORT_MAX) {
      throw malformed("a long header for " + length + " bytes");
    }
    // Beyond any array; the caller's check against the end refuses it.
    return (int) Math.min(length, Integer.MAX_VALUE);
  }

  private void set(boolean list, int start, int length) {
    isList = list;
    payload = start;
    payloadLength = length;
    if (length > end - start) {
      throw malformed("an item of " + length + " bytes where " + (end - start) + " are left");
    }
  }

  private RlpException malformed(String problem) {
    return new RlpException(position, problem);
  }
}
