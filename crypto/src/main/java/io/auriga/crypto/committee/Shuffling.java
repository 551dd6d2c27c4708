package io.auriga.crypto.committee;

import io.auriga.crypto.hash.Sha256;
import io.auriga.crypto.ssz.LittleEndian;
import io.auriga.types.Root;
import java.util.Objects;

/**
 * The swap-or-not shuffle ({@code compute_shuffled_index}, phase0).
 *
 * <p><b>A whole list at once.</b> A round pairs each place i with {@code (pivot - i) mod n} and
 * swaps both or none; the bit that decides depends on the greater of the two alone. So a round is a
 * pass over pairs that run towards each other: once inside {@code [0, pivot]} and once inside
 * {@code [pivot + 1, n - 1]}. One hash decides 256 pairs, only the greater halves need hashes, and
 * going from one set bit to the next does half the swaps without a branch on random data. Done from
 * the last round to the first, place i ends up with what was at {@code shuffledIndex(i)}.
 */
public final class Shuffling {
  private static final int PIVOT_BYTES = 33;
  private static final int MESSAGE_BYTES = 37;

  private final Sha256 sha = new Sha256();
  private final byte[] message = new byte[MESSAGE_BYTES];
  private final byte[] hash = new byte[Sha256.LENGTH];

  private Shuffling(Root seed) {
    seed.copyTo(message, 0);
  }

  /** Where place {@code index} of {@code count} looks for its value; takes two hashes a round. */
  public static int shuffledIndex(int index, int count, Root seed, int rounds) {
    Objects.checkIndex(index, count);
    Shuffling shuffling = new Shuffling(seed);
    int at = index;
    for (int round = 0; round < rounds; round++) {
      int pivot = shuffling.pivot(round, count);
      int other = at <= pivot ? pivot - at : pivot + (count - at);
      int greater = Math.max(at, other);
      shuffling.source(greater >>> 8);
      if ((shuffling.hash[greater >>> 3 & 31] >>> (greater & 7) & 1) != 0) {
        at = other;
      }
    }
    return at;
  }

  /** Moves to each place i what is at {@link #shuffledIndex}{@code (i)}. */
  public static void shuffle(int[] list, Root seed, int rounds) {
    Shuffling shuffling = new Shuffling(seed);
    for (int round = rounds - 1; round >= 0 && list.length > 1; round--) {
      int pivot = shuffling.pivot(round, list.length);
      shuffling.mirror(list, 0, pivot);
      shuffling.mirror(list, pivot + 1, list.length - 1);
    }
  }

  private int pivot(int round, int count) {
    message[PIVOT_BYTES - 1] = (byte) round;
    sha.update(message, 0, PIVOT_BYTES).finish(hash, 0);
    return (int) Long.remainderUnsigned(LittleEndian.int64(hash, 0), count);
  }

  /** Computes the bits of the 256 places of a block. */
  private void source(int block) {
    LittleEndian.putInt32(message, PIVOT_BYTES, block);
    sha.update(message, 0, MESSAGE_BYTES).finish(hash, 0);
  }

  /** One round over the pairs whose places add up to {@code low + high}. */
  private void mirror(int[] list, int low, int high) {
    int sum = low + high;
    int first = low + (high - low) / 2 + 1;
    for (int block = first >>> 8; block <= high >>> 8 && first <= high; block++) {
      source(block);
      for (int word = 0; word < Sha256.LENGTH / Long.BYTES; word++) {
        int base = (block << 8) + word * Long.SIZE;
        long bits = LittleEndian.int64(hash, word * Long.BYTES);
        if (base < first) {
          bits &= first - base < Long.SIZE ? -1L << (first - base) : 0;
        }
        if (high - base < Long.SIZE - 1) {
          bits &= high >= base ? -1L >>> (Long.SIZE - 1 - (high - base)) : 0;
        }
        swap(list, base, sum, bits);
      }
    }
  }

  private static void swap(int[] list, int base, int sum, long bits) {
    for (long left = bits; left != 0; left &= left - 1) {
      int greater = base + Long.numberOfTrailingZeros(left);
      int lesser = sum - greater;
      int moved = list[lesser];
      list[lesser] = list[greater];
      list[greater] = moved;
    }
  }
}
