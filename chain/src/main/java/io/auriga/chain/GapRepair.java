package io.auriga.chain;

import io.auriga.types.Slot;
import java.util.List;

/**
 * Fills holes in the sequence of withdrawal indices by reading the blocks around them again. Looked
 * for when following begins and whenever a block did not continue the sequence.
 */
final class GapRepair {
  /** Blocks of so many slots are read, and restored, at a time. */
  private static final int SLOTS_AT_ONCE = 64;

  private final BlockReader reader;
  private final ChainStore store;
  private boolean suspected = true;

  GapRepair(BlockReader reader, ChainStore store) {
    this.reader = reader;
    this.store = store;
  }

  /** Asks for a search in the next round if the failure says the sequence is broken. */
  void suspect(ChainException failure) {
    suspected |= failure.error() == ChainError.INDEX_GAP;
  }

  /**
   * @throws ChainException {@link ChainError#INDEX_GAP} naming the first hole that could not be
   *     filled
   */
  void repairIfNeeded() {
    if (!suspected) {
      return;
    }
    for (IndexGap gap : store.gaps()) {
      fill(gap);
    }
    List<IndexGap> left = store.gaps();
    if (!left.isEmpty()) {
      IndexGap gap = left.getFirst();
      throw new ChainException(
          ChainError.INDEX_GAP,
          "fill the gap before " + gap.before(),
          "withdrawals %s to %s are still missing after their blocks were read again"
              .formatted(gap.first(), gap.last()));
    }
    suspected = false;
  }

  private void fill(IndexGap gap) {
    Slot last = gap.before().slot();
    Slot from = gap.after().map(BlockRef::slot).or(store::firstSlot).orElse(last);
    for (long slot = from.value(); slot <= last.value(); slot += SLOTS_AT_ONCE) {
      Slot end = new Slot(Math.min(last.value(), slot + SLOTS_AT_ONCE - 1));
      store.restore(reader.load(new Slot(slot), end));
    }
  }
}
