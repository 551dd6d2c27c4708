package io.auriga.crypto.rlp;

/** The bytes before a payload that give its kind and its length. */
public final class RlpHeader {
  /** The first byte of an empty string; a string of {@code n} bytes counts up from it. */
  public static final int STRING = 0x80;

  /** The first byte of an empty list. */
  public static final int LIST = 0xc0;

  /** Payloads up to this length have it in the header's first byte. */
  static final int SHORT_MAX = 55;

  private RlpHeader() {}

  /** How many bytes the header of a payload takes. */
  public static int size(int payloadLength) {
    return payloadLength <= SHORT_MAX ? 1 : 1 + lengthBytes(payloadLength);
  }

  /** Writes a header and returns its size. */
  public static int write(byte[] target, int at, int kind, int payloadLength) {
    if (payloadLength <= SHORT_MAX) {
      target[at] = (byte) (kind + payloadLength);
      return 1;
    }
    int bytes = lengthBytes(payloadLength);
    target[at] = (byte) (kind + SHORT_MAX + bytes);
    for (int i = 0; i < bytes; i++) {
      target[at + 1 + i] = (byte) (payloadLength >>> (Byte.SIZE * (bytes - 1 - i)));
    }
    return 1 + bytes;
  }

  /** Whether a string stands for itself, without a header. */
  public static boolean isBare(byte[] source, int offset, int length) {
    return length == 1 && source[offset] >= 0;
  }

  private static int lengthBytes(int length) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(length) + Byte.SIZE - 1) / Byte.SIZE;
  }
}
