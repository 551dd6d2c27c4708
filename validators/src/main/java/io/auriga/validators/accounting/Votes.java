package io.auriga.validators.accounting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The votes of those who were to attest in one slot: a bit each, in the order of their places, once
 * for being in a block and once for each flag. Bits are only ever added, and what one block added
 * is taken out again exactly.
 */
final class Votes {
  static final int INCLUDED = 0;
  static final int SOURCE = 1;
  static final int TARGET = 2;
  static final int HEAD = 3;
  private static final int KINDS = 4;
  private static final long[] NONE = {};

  /** Who was first included by which block. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Inclusion(long blockSlot, long[] bits) {}

  /** What one block added to the votes of one slot of an epoch. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Added(long epoch, int slot, long[][] bits) {}

  private final long[][] bits;
  private final List<Inclusion> inclusions = new ArrayList<>(2);

  Votes(int size) {
    this.bits = newBits(size);
  }

  static int words(int size) {
    return (size + Long.SIZE - 1) / Long.SIZE;
  }

  static long[][] newBits(int size) {
    return new long[KINDS][words(size)];
  }

  /** Adds votes of one kind, and to {@code added} those of them that are new. */
  void add(int kind, long[] votes, long[][] added) {
    long[] all = bits[kind];
    long[] fresh = added[kind];
    for (int i = 0; i < all.length; i++) {
      long missing = votes[i] & ~all[i];
      all[i] |= missing;
      fresh[i] |= missing;
    }
  }

  /** Completes a block's additions: from now on they are in the list of inclusions. */
  Added complete(long blockSlot, long epoch, int slot, long[][] added) {
    long[][] kept = new long[KINDS][];
    for (int kind = 0; kind < KINDS; kind++) {
      kept[kind] = added[kind];
      if (isNothing(added[kind])) {
        kept[kind] = NONE;
      }
      // Nearly always all votes of a block are alike: then one array is enough.
      for (int before = 0; before < kind; before++) {
        kept[kind] = Arrays.equals(kept[before], kept[kind]) ? kept[before] : kept[kind];
      }
    }
    if (kept[INCLUDED].length > 0) {
      inclusions.add(new Inclusion(blockSlot, kept[INCLUDED]));
    }
    return new Added(epoch, slot, kept);
  }

  /** Takes out what the newest block added. */
  void remove(Added added) {
    for (int kind = 0; kind < KINDS; kind++) {
      long[] fresh = added.bits()[kind];
      for (int i = 0; i < fresh.length; i++) {
        bits[kind][i] &= ~fresh[i];
      }
    }
    if (added.bits()[INCLUDED].length > 0) {
      inclusions.removeLast();
    }
  }

  private static boolean isNothing(long[] words) {
    long any = 0;
    for (long word : words) {
      any |= word;
    }
    return any == 0;
  }

  boolean isEmpty() {
    return inclusions.isEmpty();
  }

  List<Inclusion> inclusions() {
    return inclusions;
  }

  /** The flags of the voter with a number, as the state has them. */
  int flags(int number) {
    int word = number >>> 6;
    int bit = number & 63;
    return (int)
        ((bits[SOURCE][word] >>> bit & 1)
            | (bits[TARGET][word] >>> bit & 1) << 1
            | (bits[HEAD][word] >>> bit & 1) << 2);
  }
}
