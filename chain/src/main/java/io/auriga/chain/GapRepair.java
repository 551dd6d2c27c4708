package io.auriga.chain;

import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fills holes in the sequence of withdrawal indices by reading the blocks around them again. Looked
 * for when following begins and whenever a block did not continue the sequence.
 */
final class GapRepair {
  /** So many blocks are in memory, and restored, at a time. */
  private static final int BLOCKS_AT_ONCE = 64;

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

  /**
   * From the block above the hole down, each by the root that its child names: so every block is
   * certain to be of our chain, whatever branch a node is on, and the store can take each.
   */
  private void fill(IndexGap gap) {
    Optional<Root> whole = gap.after().map(BlockRef::root);
    Slot floor = gap.after().map(BlockRef::slot).or(store::firstSlot).orElse(gap.before().slot());
    List<ChainBlock> blocks = new ArrayList<>();
    Optional<Root> next = Optional.of(gap.before().root());
    while (next.isPresent()) {
      Optional<ChainBlock> block = load(next.get(), blocks);
      block.ifPresent(blocks::add);
      next =
          block
              .filter(child -> child.ref().slot().isAfter(floor))
              .map(child -> child.view().parentRoot())
              .filter(parent -> !whole.equals(Optional.of(parent)));
      if (next.isEmpty() || blocks.size() == BLOCKS_AT_ONCE) {
        store.restore(List.copyOf(blocks));
        blocks.clear();
      }
    }
  }

  /** What precedes a failure is restored before the failure is thrown. */
  private Optional<ChainBlock> load(Root root, List<ChainBlock> before) {
    try {
      return reader.load(root);
    } catch (AurigaException failure) {
      store.restore(List.copyOf(before));
      throw failure;
    }
  }
}
