package io.auriga.crypto.rlp;

import java.math.BigInteger;
import java.util.Arrays;

/** Writes RLP; lists are opened and closed. */
public final class RlpWriter {
  private static final int INITIAL_SIZE = 640;

  private byte[] buffer = new byte[INITIAL_SIZE];
  private int size;
  private int[] openLists = new int[8];
  private int depth;

  public RlpWriter beginList() {
    if (depth == openLists.length) {
      openLists = Arrays.copyOf(openLists, 2 * depth);
    }
    openLists[depth++] = size;
    return this;
  }

  /** Closes the list opened last. */
  public RlpWriter endList() {
    if (depth == 0) {
      throw new IllegalStateException("no list is open");
    }
    int start = openLists[--depth];
    int payload = size - start;
    int header = RlpHeader.size(payload);
    reserve(header);
    System.arraycopy(buffer, start, buffer, start + header, payload);
    RlpHeader.write(buffer, start, RlpHeader.LIST, payload);
    size += header;
    return this;
  }

  public RlpWriter bytes(byte[] source) {
    return bytes(source, 0, source.length);
  }

  public RlpWriter bytes(byte[] source, int offset, int length) {
    if (!RlpHeader.isBare(source, offset, length)) {
      reserve(RlpHeader.size(length));
      size += RlpHeader.write(buffer, size, RlpHeader.STRING, length);
    }
    return raw(source, offset, length);
  }

  /** An unsigned 64-bit integer, without leading zeros; 0 is the empty string. */
  public RlpWriter uint64(long value) {
    int bytes = Long.BYTES - Long.numberOfLeadingZeros(value) / Byte.SIZE;
    reserve(1 + Long.BYTES);
    if (bytes != 1 || value > Byte.MAX_VALUE) {
      buffer[size++] = (byte) (RlpHeader.STRING + bytes);
    }
    for (int shift = Byte.SIZE * (bytes - 1); shift >= 0; shift -= Byte.SIZE) {
      buffer[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** A non-negative integer, without leading zeros. */
  public RlpWriter integer(BigInteger value) {
    if (value.signum() < 0) {
      throw new IllegalArgumentException("RLP has no negative integers: " + value);
    }
    byte[] bytes = value.toByteArray();
    int signByte = bytes[0] == 0 ? 1 : 0;
    return bytes(bytes, signByte, bytes.length - signByte);
  }

  /** Bytes that are RLP already. */
  public RlpWriter raw(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, buffer, size, length);
    size += length;
    return this;
  }

  /** How many bytes have been written; those of open lists lack their headers. */
  public int size() {
    return size;
  }

  public byte[] toBytes() {
    if (depth != 0) {
      throw new IllegalStateException(depth + " lists are open");
    }
    return Arrays.copyOf(buffer, size);
  }

  private void reserve(int bytes) {
    int needed = Math.addExact(size, bytes);
    if (needed > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(needed, (int) Math.min(2L * buffer.length, 1 << 30)));
    }
  }
}
