package io.auriga.withdrawals;

import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verified, final blocks to load together: those of a file, or of a range of slots.
 *
 * @param first the first slot that was looked at, whether or not it has a block
 * @param last the last slot that was looked at
 * @param blocks every block of those slots, in order, none left out
 * @param source where they come from, for a person: a file's name, a node
 * @param anchor who says, beside the source, that the last block is of the chain; empty if nobody
 */
public record HistoryBatch(
    Slot first,
    Slot last,
    List<HistoryBlock> blocks,
    Verification verification,
    String source,
    Optional<String> anchor) {
  public HistoryBatch {
    blocks = List.copyOf(blocks);
    if (first.isAfter(last)) {
      throw new IllegalArgumentException("Slots %s to %s are no range".formatted(first, last));
    }
  }

  /** Blocks for which nobody vouches but their source. */
  public HistoryBatch(
      Slot first, Slot last, List<HistoryBlock> blocks, Verification verification, String source) {
    this(first, last, blocks, verification, source, Optional.empty());
  }

  /** The same slots in parts that have at most so many blocks each, and at least one. */
  List<HistoryBatch> parts(int blocksMax) {
    List<HistoryBatch> parts = new ArrayList<>();
    Slot from = first;
    for (int at = 0; at < blocks.size(); at += blocksMax) {
      int end = Math.min(blocks.size(), at + blocksMax);
      Slot to = end == blocks.size() ? last : blocks.get(end - 1).ref().slot();
      parts.add(new HistoryBatch(from, to, blocks.subList(at, end), verification, source, anchor));
      from = to.next();
    }
    return parts;
  }

  /** Whether all of a load's slots are in this one. */
  boolean covers(HistoryUnit unit) {
    return !unit.first().isBefore(first) && !unit.last().isAfter(last);
  }
}
