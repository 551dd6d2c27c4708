package io.auriga.withdrawals.prediction;

import java.util.Arrays;

/** One bit for each validator index. A million validators are 125 kB. */
final class IndexBits {
  private long[] words = {};

  boolean get(int index) {
    int word = index >>> 6;
    return word < words.length && (words[word] >>> index & 1) != 0;
  }

  void set(int index, boolean value) {
    int word = index >>> 6;
    if (word >= words.length) {
      words = Arrays.copyOf(words, Math.max(word + 1, words.length + (words.length >> 3)));
    }
    long mask = 1L << index;
    words[word] = value ? words[word] | mask : words[word] & ~mask;
  }

  /** How many of {@code [from, to)} are set. */
  int count(int from, int to) {
    int count = 0;
    for (int at = from; at < to; at = (at | 63) + 1) {
      count += Long.bitCount(masked(at, to));
    }
    return count;
  }

  /**
   * Walks over {@code [from, to)} until {@code wanted} set bits, at least one, were passed. The
   * {@link #place} of the result is the one just behind the last of them, or {@code to} where
   * {@link #found} is less than wanted.
   */
  long behind(int wanted, int from, int to) {
    int found = 0;
    for (int at = from; at < to; at = (at | 63) + 1) {
      long bits = masked(at, to);
      int here = Long.bitCount(bits);
      if (found + here >= wanted) {
        for (int i = wanted - found; i > 1; i--) {
          bits &= bits - 1;
        }
        return pack((at & ~63) + Long.numberOfTrailingZeros(bits) + 1, wanted);
      }
      found += here;
    }
    return pack(to, found);
  }

  private static long pack(int place, int found) {
    return (long) found << 32 | place;
  }

  static int place(long packed) {
    return (int) packed;
  }

  static int found(long packed) {
    return (int) (packed >>> 32);
  }

  /** The bits of the word of {@code at} that are at or above it and below {@code to}. */
  private long masked(int at, int to) {
    int word = at >>> 6;
    if (word >= words.length) {
      return 0;
    }
    long bits = words[word] & -1L << at;
    int end = (word << 6) + 64;
    return end <= to ? bits : bits & (-1L >>> (end - to));
  }

  IndexBits copy() {
    IndexBits copy = new IndexBits();
    copy.words = words.clone();
    return copy;
  }
}
