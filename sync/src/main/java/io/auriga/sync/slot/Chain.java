package io.auriga.sync.slot;

import io.auriga.types.Root;
import java.util.OptionalInt;

/** What the chain has at a slot. */
public sealed interface Chain {
  /** It has not come so far, or we did not follow it. */
  record Unknown() implements Chain {}

  /** No block: the chain went on without one. */
  record Missed() implements Chain {}

  /**
   * A block.
   *
   * @param blobs how many blobs belong to it, if known
   */
  record Block(Root root, OptionalInt blobs) implements Chain {}

  /**
   * A block was there, or was announced, and the chain went on without it.
   *
   * @param depth how many slots the reorg undid; 0 where the block never was the head here
   */
  record Replaced(long depth) implements Chain {}
}
