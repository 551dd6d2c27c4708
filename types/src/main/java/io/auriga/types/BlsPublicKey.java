package io.auriga.types;

import java.util.Arrays;

/**
 * The 48 bytes of a compressed BLS12-381 public key: a validator's identity. Only the form is
 * known; whether it is a point of the curve is not.
 */
public final class BlsPublicKey {
  public static final int LENGTH = 48;

  private final byte[] bytes;

  private BlsPublicKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies exactly 48 bytes. */
  public static BlsPublicKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("expected 48 bytes, not " + bytes.length);
    }
    return new BlsPublicKey(bytes.clone());
  }

  /**
   * Reads {@code 0x} and 96 digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static BlsPublicKey fromHex(String text) {
    return new BlsPublicKey(Hex.parse(text, LENGTH));
  }

  /** A copy of the 48 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** {@code 0x} and 96 lower-case digits. */
  public String toHex() {
    return Hex.toHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlsPublicKey that && Arrays.equals(bytes, that.bytes);
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
