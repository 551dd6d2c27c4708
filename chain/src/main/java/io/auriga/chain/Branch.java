package io.auriga.chain;

import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.List;
import java.util.Optional;

/**
 * The way from the canonical chain to another head.
 *
 * @param ancestorSlot the slot of the last block both share; one below the first slot held where
 *     they share none
 * @param ancestor the root of that block; empty where they share none
 * @param undone canonical blocks above the ancestor, newest first
 * @param blocks the blocks to apply, oldest first
 * @param whole false where the parent of the oldest one is not served, so that blocks may be
 *     missing between it and the ancestor
 */
record Branch(
    Slot ancestorSlot,
    Optional<Root> ancestor,
    List<BlockRef> undone,
    List<BlockRef> blocks,
    boolean whole) {
  boolean isReorg() {
    return !undone.isEmpty();
  }

  /** Slots between the old head and the common ancestor. */
  long depth() {
    return undone.isEmpty() ? 0 : undone.getFirst().slot().value() - ancestorSlot.value();
  }
}
