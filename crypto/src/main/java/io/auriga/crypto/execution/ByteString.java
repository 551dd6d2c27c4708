package io.auriga.crypto.execution;

import io.auriga.types.Hex;
import java.util.Arrays;

/** Bytes without a meaning of their own, such as a header's extra data. Immutable. */
public final class ByteString {
  public static final ByteString EMPTY = new ByteString(new byte[0]);

  private final byte[] bytes;

  private ByteString(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of the bytes. */
  public static ByteString of(byte[] bytes) {
    return new ByteString(bytes.clone());
  }

  /** A copy of the {@code length} bytes that begin at {@code offset}. */
  public static ByteString at(byte[] source, int offset, int length) {
    return new ByteString(Arrays.copyOfRange(source, offset, offset + length));
  }

  /**
   * Reads {@code 0x} and an even number of digits.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static ByteString fromHex(String text) {
    return new ByteString(Hex.parse(text));
  }

  public int length() {
    return bytes.length;
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  public String toHex() {
    return Hex.toHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
