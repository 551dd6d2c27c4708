package io.auriga.chain;

import io.auriga.types.Root;
import io.auriga.types.Slot;

/** A beacon block by its identity and its place. */
public record BlockRef(Slot slot, Root root) {
  @Override
  public String toString() {
    return "slot " + slot + " (" + root.toShortHex() + ")";
  }
}
