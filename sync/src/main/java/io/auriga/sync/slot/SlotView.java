package io.auriga.sync.slot;

import io.auriga.types.Slot;
import java.time.Duration;
import java.util.List;

/**
 * All that was seen of a slot.
 *
 * @param pairs every one that is watched, whether or not it showed anything
 * @param uncertainty of the marks' common zero: how far our clock may have been off the wall
 *     clock's second when it was read
 */
public record SlotView(Slot slot, Chain chain, List<PairView> pairs, Duration uncertainty) {
  public SlotView {
    pairs = List.copyOf(pairs);
  }

  /** False only where the block is known to have no blobs. */
  boolean mayHaveBlobs() {
    return !(chain instanceof Chain.Block(var _, var blobs)
        && blobs.isPresent()
        && blobs.getAsInt() == 0);
  }
}
