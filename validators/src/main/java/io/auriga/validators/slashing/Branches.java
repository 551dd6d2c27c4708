package io.auriga.validators.slashing;

import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * Which recent block is whose child, also of those that were undone: that is what tells by which
 * shuffling votes are to be read. Belongs to one thread.
 */
final class Branches {
  /** Over four hours of mainnet, and any reorg that a node follows. */
  static final int BLOCKS_MAX = 1 << 11;

  /** What matters of a block. */
  record Block(Slot slot, Root parent, Root stateRoot) {}

  private final LinkedHashMap<Root, Block> blocks = new LinkedHashMap<>();

  void add(Root root, Block block) {
    blocks.putIfAbsent(root, block);
    if (blocks.size() > BLOCKS_MAX) {
      var _ = blocks.pollFirstEntry();
    }
  }

  Optional<Block> find(Root root) {
    return Optional.ofNullable(blocks.get(root));
  }

  /**
   * A block that stands for everything that was decided before a slot on the branch of another one:
   * the newest ancestor before that slot. Where it is not known, the oldest ancestor behind it that
   * is; whatever has that one among its ancestors has the same ones before. Empty for an unknown
   * block.
   */
  Optional<Root> anchor(Root descendant, Slot before) {
    Root root = descendant;
    Block block = blocks.get(root);
    if (block == null) {
      return Optional.empty();
    }
    while (!block.slot().isBefore(before)) {
      Block parent = blocks.get(block.parent());
      if (parent == null) {
        break;
      }
      root = block.parent();
      block = parent;
    }
    return Optional.of(root);
  }
}
