package io.auriga.clients.execution;

import io.auriga.types.BlockNumber;
import io.auriga.types.UInt64;

/** An execution block by its place in the node's chain. */
public sealed interface BlockTag {
  record Latest() implements BlockTag {}

  record Safe() implements BlockTag {}

  record Finalized() implements BlockTag {}

  record ByNumber(BlockNumber number) implements BlockTag {}

  static BlockTag latest() {
    return new Latest();
  }

  static BlockTag safe() {
    return new Safe();
  }

  static BlockTag finalized() {
    return new Finalized();
  }

  static BlockTag of(BlockNumber number) {
    return new ByNumber(number);
  }

  /** As JSON-RPC writes it: {@code latest}, {@code 0x1b4}. */
  default String wireName() {
    return switch (this) {
      case Latest() -> "latest";
      case Safe() -> "safe";
      case Finalized() -> "finalized";
      case ByNumber(BlockNumber number) -> UInt64.toQuantity(number.value());
    };
  }
}
