package io.auriga.withdrawals;

import io.auriga.types.Slot;
import java.util.List;

/**
 * Verified, final blocks to load together: those of a file, or of a range of slots.
 *
 * @param first the first slot that was looked at, whether or not it has a block
 * @param last the last slot that was looked at
 * @param blocks every block of those slots, in order, none left out
 * @param source where they come from, for a person: a file's name, a node
 */
public record HistoryBatch(
    Slot first, Slot last, List<HistoryBlock> blocks, Verification verification, String source) {
  public HistoryBatch {
    blocks = List.copyOf(blocks);
    if (first.isAfter(last)) {
      throw new IllegalArgumentException("Slots %s to %s are no range".formatted(first, last));
    }
  }
}
