package io.auriga.crypto.ssz;

/** Bits of checked bitlists and bitvectors, a word of 64 at a time. */
final class SszBits {
  private SszBits() {}

  static boolean isSet(byte[] data, int offset, int bit) {
    return (data[offset + (bit >>> 3)] >>> (bit & 7) & 1) != 0;
  }

  /**
   * Sets in {@code target}, from bit {@code at} on, what is set in {@code count} bits from bit
   * {@code from} on. The bits must exist on both sides.
   *
   * @return whether any of them is set
   */
  static boolean or(byte[] data, int offset, int from, int count, long[] target, int at) {
    long any = 0;
    for (int done = 0; done < count; ) {
      int to = at + done;
      int take = Math.min(Long.SIZE - (to & 63), count - done);
      long word = word(data, offset, from + done, take);
      any |= word;
      target[to >>> 6] |= word << (to & 63);
      done += take;
    }
    return any != 0;
  }

  /** The {@code count} bits, 1 to 64, from {@code bit} on. */
  private static long word(byte[] data, int offset, int bit, int count) {
    int at = offset + (bit >>> 3);
    int shift = bit & 7;
    long word = load(data, at) >>> shift;
    if (count > Long.SIZE - shift) {
      word |= (data[at + Long.BYTES] & 0xffL) << (Long.SIZE - shift);
    }
    return word & (-1L >>> (Long.SIZE - count));
  }

  private static long load(byte[] data, int at) {
    if (at <= data.length - Long.BYTES) {
      return LittleEndian.int64(data, at);
    }
    long word = 0;
    for (int i = at; i < data.length; i++) {
      word |= (data[i] & 0xffL) << (Byte.SIZE * (i - at));
    }
    return word;
  }
}
