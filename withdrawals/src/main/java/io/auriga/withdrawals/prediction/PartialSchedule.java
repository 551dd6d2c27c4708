package io.auriga.withdrawals.prediction;

import java.util.Arrays;
import java.util.List;

/**
 * The queue of requested partial withdrawals, block by block: at most {@link SweepRules#partialCap}
 * a block, in its order, none before its epoch. Whoever is asked for now can be paid in {@link
 * SweepRules#requestDelay} epochs at the earliest: until then all is known.
 *
 * <p>An entry that turns out ineligible (it left, or has nothing above 32 ether) is dropped without
 * taking a place. Whether it will is not known here: all are taken to be paid.
 */
public final class PartialSchedule {
  /** Nothing is known of the queue. */
  public static final PartialSchedule UNKNOWN =
      new PartialSchedule(new int[0], new int[0], 0, false);

  /** Not in any block that can be foreseen. */
  static final int NEVER = Integer.MAX_VALUE;

  // Five months of mainnet; behind an entry that waits longer the rest of the queue waits, too.
  private static final int BLOCKS_MAX = 1 << 20;

  private final int[] perBlock;
  private final int[] blockOf;
  private final long knownUntilSlot;
  private final boolean known;

  private PartialSchedule(int[] perBlock, int[] blockOf, long knownUntilSlot, boolean known) {
    this.perBlock = perBlock;
    this.blockOf = blockOf;
    this.knownUntilSlot = knownUntilSlot;
    this.known = known;
  }

  /**
   * @param withdrawableEpochs of the queue's entries, in its order
   * @param headSlot of the state that the queue was read from
   */
  public static PartialSchedule of(
      SweepRules rules, List<Long> withdrawableEpochs, long headSlot, Pace pace) {
    int[] blockOf = new int[withdrawableEpochs.size()];
    int[] perBlock = new int[64];
    int at = 0;
    int block = 0;
    while (at < blockOf.length && block < BLOCKS_MAX) {
      block++;
      long epoch = rules.epochOf(slotOf(headSlot, block, pace));
      int paid = 0;
      while (at < blockOf.length
          && paid < rules.partialCap()
          && Long.compareUnsigned(withdrawableEpochs.get(at), epoch) <= 0) {
        blockOf[at++] = block;
        paid++;
      }
      if (block >= perBlock.length) {
        perBlock = Arrays.copyOf(perBlock, 2 * perBlock.length);
      }
      perBlock[block] = paid;
    }
    Arrays.fill(blockOf, at, blockOf.length, NEVER);
    return new PartialSchedule(
        Arrays.copyOf(perBlock, Math.min(perBlock.length, block + 1)),
        blockOf,
        headSlot + rules.requestDelay() * rules.slotsPerEpoch(),
        true);
  }

  static long slotOf(long headSlot, int block, Pace pace) {
    return headSlot + Math.round(pace.slotsFor(block));
  }

  /** Whether the load of the block at this slot is known, rather than an average. */
  boolean isKnownAt(long slot) {
    return known && slot < knownUntilSlot;
  }

  /** How many partials the {@code block}-th block from the head pays, as far as is known. */
  int of(int block) {
    return block < perBlock.length ? perBlock[block] : 0;
  }

  /** In which block from the head the entry at this place of the queue is paid or dropped. */
  int blockOf(int place) {
    return blockOf[place];
  }
}
