package io.auriga.types;

import java.util.Arrays;

/**
 * A 20-byte execution-layer address. Read in either case (EIP-55 or not), written in lower case.
 */
public final class Address implements Comparable<Address> {
  public static final int LENGTH = 20;

  private final byte[] bytes;

  private Address(byte[] source, int offset) {
    this.bytes = Arrays.copyOfRange(source, offset, offset + LENGTH);
  }

  /** Copies exactly 20 bytes. */
  public static Address of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("expected 20 bytes, not " + bytes.length);
    }
    return new Address(bytes, 0);
  }

  /** Copies the 20 bytes that begin at {@code offset}. */
  public static Address at(byte[] source, int offset) {
    return new Address(source, offset);
  }

  /**
   * Reads {@code 0x} and 40 digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Address fromHex(String text) {
    return new Address(Hex.parse(text, LENGTH), 0);
  }

  /** A copy of the 20 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  public void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  /** {@code 0x} and 40 lower-case digits. */
  public String toHex() {
    return Hex.toHex(bytes);
  }

  @Override
  public int compareTo(Address other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address that && Arrays.equals(bytes, that.bytes);
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
