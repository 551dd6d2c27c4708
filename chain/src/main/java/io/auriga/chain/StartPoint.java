package io.auriga.chain;

import io.auriga.types.Slot;

/** Where an empty store begins. A store that holds blocks always goes on from its position. */
public sealed interface StartPoint {
  /** At the last finalized block: history begins now, and nothing stored can be undone by it. */
  record Finalized() implements StartPoint {}

  /** At the head: history begins with the next block. */
  record Head() implements StartPoint {}

  /** At the first block at or after a slot, but never before Capella. */
  record AtSlot(Slot slot) implements StartPoint {}
}
