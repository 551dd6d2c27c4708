package io.auriga.clients.consensus;

import io.auriga.types.Root;
import io.auriga.types.Slot;

/** A beacon block as the Beacon API lets one be named. */
public sealed interface BlockId {
  record Head() implements BlockId {}

  record Genesis() implements BlockId {}

  record Finalized() implements BlockId {}

  record Justified() implements BlockId {}

  /** The block at a slot of the canonical chain; none if the slot was missed. */
  record BySlot(Slot slot) implements BlockId {}

  /** One block, canonical or not. */
  record ByRoot(Root root) implements BlockId {}

  static BlockId head() {
    return new Head();
  }

  static BlockId genesis() {
    return new Genesis();
  }

  static BlockId finalized() {
    return new Finalized();
  }

  static BlockId justified() {
    return new Justified();
  }

  static BlockId of(Slot slot) {
    return new BySlot(slot);
  }

  static BlockId of(Root root) {
    return new ByRoot(root);
  }

  /** Whether a chain may have no such block: every one has a head, and what that grew from. */
  default boolean mayBeAbsent() {
    return switch (this) {
      case BySlot _, ByRoot _ -> true;
      case Head(), Genesis(), Finalized(), Justified() -> false;
    };
  }

  /** The last segment of the block's address: {@code head}, {@code 12}, {@code 0x…}. */
  default String path() {
    return switch (this) {
      case Head() -> "head";
      case Genesis() -> "genesis";
      case Finalized() -> "finalized";
      case Justified() -> "justified";
      case BySlot(Slot slot) -> slot.toString();
      case ByRoot(Root root) -> root.toHex();
    };
  }
}
