package io.auriga.validators.accounting;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * How the seats of the sync committee did in one epoch. Immutable.
 *
 * <p>The bits of a block are signatures under the block before it, by the committee of the period
 * that the block is in.
 */
public final class SyncDuties {
  /** Where the committee is not known. */
  static final SyncDuties UNKNOWN = new SyncDuties(new int[0], new int[0], new int[0], 0);

  private final int[] seats;
  private final int[] signed;
  private final int[] missedInPoorBlocks;
  private final int blocks;

  SyncDuties(int[] seats, int[] signed, int[] missedInPoorBlocks, int blocks) {
    this.seats = seats;
    this.signed = signed;
    this.missedInPoorBlocks = missedInPoorBlocks;
    this.blocks = blocks;
  }

  /**
   * Counts the bits of an epoch's canonical blocks.
   *
   * @param seats the validator in each seat
   * @param bits of each block: seat {@code i} is bit {@code i % 8} of byte {@code i / 8}
   */
  static SyncDuties of(int[] seats, Iterable<byte[]> bits) {
    int[] signed = new int[seats.length];
    int[] poor = new int[seats.length];
    int blocks = 0;
    for (byte[] block : bits) {
      blocks++;
      BitSet set = BitSet.valueOf(block);
      boolean isPoor = 3 * set.cardinality() < 2 * seats.length;
      for (int seat = 0; seat < seats.length; seat++) {
        signed[seat] += set.get(seat) ? 1 : 0;
        poor[seat] += isPoor && !set.get(seat) ? 1 : 0;
      }
    }
    return new SyncDuties(seats, signed, poor, blocks);
  }

  /** Canonical blocks of the epoch: so often could each seat be seen. */
  public int blocks() {
    return blocks;
  }

  /** All seats together. */
  public SyncTotals network() {
    return matching(_ -> true);
  }

  /** The seats of some validators, who are given ascending. */
  public SyncTotals of(int[] validators) {
    return matching(validator -> Arrays.binarySearch(validators, validator) >= 0);
  }

  /** Each validator with seats; empty where the committee is not known. */
  public Map<Integer, SyncTotals> byValidator() {
    Map<Integer, SyncTotals> all = new TreeMap<>();
    for (int seat = 0; seat < seats.length; seat++) {
      all.merge(
          seats[seat],
          new SyncTotals(1, blocks, signed[seat], missedInPoorBlocks[seat]),
          SyncTotals::plus);
    }
    return all;
  }

  private SyncTotals matching(IntPredicate isMeant) {
    SyncTotals totals = SyncTotals.NONE;
    for (int seat = 0; seat < seats.length; seat++) {
      if (isMeant.test(seats[seat])) {
        totals = totals.plus(new SyncTotals(1, blocks, signed[seat], missedInPoorBlocks[seat]));
      }
    }
    return totals;
  }
}
