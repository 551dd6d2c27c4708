package io.auriga.types;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Thirty-two bytes that identify something: what they identify is the subtype, so that an SSZ root
 * and a Keccak hash can never be exchanged. Immutable.
 */
public abstract sealed class Hash32 permits Root, BlockHash, TransactionHash {
  public static final int LENGTH = 32;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;

  Hash32(byte[] source, int offset) {
    this.bytes = Arrays.copyOfRange(source, offset, offset + LENGTH);
  }

  static byte[] require32(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("expected 32 bytes, not " + bytes.length);
    }
    return bytes;
  }

  /** A copy of the 32 bytes. */
  public final byte[] toBytes() {
    return bytes.clone();
  }

  public final void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, LENGTH);
  }

  /** Whether the 32 bytes at {@code offset} are these. */
  public final boolean matches(byte[] other, int offset) {
    return Arrays.equals(bytes, 0, LENGTH, other, offset, offset + LENGTH);
  }

  public final boolean isZero() {
    return matches(new byte[LENGTH], 0);
  }

  /** {@code 0x} and 64 lower-case digits. */
  public final String toHex() {
    return Hex.toHex(bytes);
  }

  /** The first bytes, for a line a person reads: {@code 0x4ae14e53…}. */
  public final String toShortHex() {
    return toHex().substring(0, 10) + "…";
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Hash32 that
        && getClass() == that.getClass()
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public final int hashCode() {
    return (int) INT.get(bytes, 0);
  }

  @Override
  public final String toString() {
    return toHex();
  }
}
