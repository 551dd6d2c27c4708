package io.auriga.clients.consensus;

import io.auriga.types.Root;
import io.auriga.types.Slot;

/** A state of the chain as the Beacon API lets one be named. */
public sealed interface StateId {
  record Head() implements StateId {}

  record Genesis() implements StateId {}

  record Finalized() implements StateId {}

  record Justified() implements StateId {}

  /** The state at a slot of the canonical chain, whether a block came in it or not. */
  record AtSlot(Slot slot) implements StateId {}

  /** The state of this root: a state root, not a block root. */
  record ByRoot(Root stateRoot) implements StateId {}

  static StateId head() {
    return new Head();
  }

  static StateId finalized() {
    return new Finalized();
  }

  static StateId of(Slot slot) {
    return new AtSlot(slot);
  }

  static StateId of(Root stateRoot) {
    return new ByRoot(stateRoot);
  }

  /** Whether a node may well not have it: old states are pruned, and another branch's unknown. */
  default boolean mayBeAbsent() {
    return this instanceof AtSlot || this instanceof ByRoot;
  }

  /** As a segment of a route: {@code head}, {@code 12}, {@code 0x…}. */
  default String path() {
    return switch (this) {
      case Head() -> "head";
      case Genesis() -> "genesis";
      case Finalized() -> "finalized";
      case Justified() -> "justified";
      case AtSlot(Slot slot) -> slot.toString();
      case ByRoot(Root root) -> root.toHex();
    };
  }
}
