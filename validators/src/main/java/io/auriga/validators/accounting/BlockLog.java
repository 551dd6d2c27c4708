package io.auriga.validators.accounting;

import io.auriga.chain.BlockRef;
import io.auriga.types.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The canonical blocks that may still be asked about or taken back, oldest first, never none. */
final class BlockLog {
  /**
   * One block, and what it added.
   *
   * @param proposer -1 for the block from which the counting began
   * @param refused the epochs of the attestations that could not be counted, one each
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(
      BlockRef ref,
      int proposer,
      long[] randaoShare,
      byte[] syncBits,
      List<Votes.Added> added,
      long[] refused) {
    /** Whether it is the block from which the counting began: nothing in it was counted. */
    boolean isBeginning() {
      return proposer < 0;
    }

    long slot() {
      return ref.slot().value();
    }
  }

  private final ArrayList<Entry> entries = new ArrayList<>();

  BlockLog(Entry first) {
    entries.add(first);
  }

  Entry newest() {
    return entries.getLast();
  }

  int size() {
    return entries.size();
  }

  void add(Entry entry) {
    entries.add(entry);
  }

  Entry removeNewest() {
    return entries.removeLast();
  }

  /** The root of the newest block at or before a slot: {@code get_block_root_at_slot}. */
  Root rootAt(long slot) {
    int at = firstAfter(slot) - 1;
    if (at < 0) {
      throw new IllegalStateException("no block is kept from before slot " + slot);
    }
    return entries.get(at).ref().root();
  }

  /** As {@link #rootAt}; empty if no block is kept from before it. */
  Optional<Root> findAt(long slot) {
    int at = firstAfter(slot) - 1;
    return at < 0 ? Optional.empty() : Optional.of(entries.get(at).ref().root());
  }

  /** Slots from a slot to the first block behind it, at most {@code most}; 0 if there is none. */
  int distanceToNext(long slot, int most) {
    int at = firstAfter(slot);
    long distance = at < entries.size() ? entries.get(at).slot() - slot : 0;
    return distance <= most ? (int) distance : 0;
  }

  /** The blocks of the slots from {@code from} to before {@code to}. */
  List<Entry> between(long from, long to) {
    return entries.subList(firstAfter(from - 1), firstAfter(to - 1));
  }

  /** Drops the blocks before the newest one at or before a slot. */
  void dropBefore(long slot) {
    int kept = firstAfter(slot) - 1;
    if (kept > 0) {
      entries.subList(0, kept).clear();
    }
  }

  /** The number of the first entry behind a slot. */
  private int firstAfter(long slot) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).slot() <= slot) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
