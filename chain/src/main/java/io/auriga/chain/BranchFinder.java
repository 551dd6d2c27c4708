package io.auriga.chain;

import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Walks from a head back to a block the store holds, by parent root. Headers are only the map: each
 * block on the way is fetched by its root and verified afterwards.
 */
final class BranchFinder {
  /** A walk keeps 40 bytes a block; more slots than these are read forward first. */
  private static final int BLOCKS_MAX = 1 << 16;

  private final BeaconNode node;
  private final ChainStore store;

  BranchFinder(BeaconNode node, ChainStore store) {
    this.node = node;
    this.store = store;
  }

  /**
   * The way to {@code head}.
   *
   * @param floor the first slot the store is to hold, at least 1: a branch is followed no further
   *     back
   * @throws ChainException where the branch leaves what is final, or a parent is missing
   */
  Branch find(BlockHeader head, Slot floor) {
    Optional<BlockRef> finalized = store.position().flatMap(ChainPosition::finalized);
    List<BlockRef> blocks = new ArrayList<>();
    BlockHeader current = head;
    while (true) {
      Optional<BlockRef> ancestor = store.canonical(current.root());
      if (ancestor.isPresent()) {
        return branch(
            ancestor.get().slot(), Optional.of(current.root()), finalized, head, blocks, true);
      }
      blocks.add(new BlockRef(current.slot(), current.root()));
      if (!current.slot().isAfter(floor)) {
        return branch(new Slot(floor.value() - 1), Optional.empty(), finalized, head, blocks, true);
      }
      if (finalized.isPresent() && !current.slot().isAfter(finalized.get().slot())) {
        throw conflict(head, finalized.get());
      }
      if (blocks.size() >= BLOCKS_MAX) {
        throw new ChainException(
            ChainError.MISSING_BLOCK,
            describe(head),
            "no known block among its last " + BLOCKS_MAX + " ancestors");
      }
      Optional<BlockHeader> parent = parentOf(current);
      if (parent.isEmpty()) {
        if (store.position().isEmpty()) {
          return branch(
              new Slot(floor.value() - 1), Optional.empty(), finalized, head, blocks, false);
        }
        throw new ChainException(
            ChainError.MISSING_BLOCK,
            describe(head),
            "the parent %s of the block at slot %s is not served"
                .formatted(current.parentRoot(), current.slot()));
      }
      if (parent.get().slot().isBefore(floor)) {
        return branch(new Slot(floor.value() - 1), Optional.empty(), finalized, head, blocks, true);
      }
      current = parent.get();
    }
  }

  private Optional<BlockHeader> parentOf(BlockHeader block) {
    Optional<BlockHeader> parent = node.header(BlockId.of(block.parentRoot()));
    if (parent.isPresent()
        && (!parent.get().root().equals(block.parentRoot())
            || !parent.get().slot().isBefore(block.slot()))) {
      throw new ChainException(
          ChainError.BLOCK_MISMATCH,
          "read the parent of block " + block.root() + " from " + node.name(),
          "the header served is %s of slot %s".formatted(parent.get().root(), parent.get().slot()));
    }
    return parent;
  }

  private Branch branch(
      Slot ancestorSlot,
      Optional<Root> ancestor,
      Optional<BlockRef> finalized,
      BlockHeader head,
      List<BlockRef> blocks,
      boolean whole) {
    if (finalized.isPresent() && ancestorSlot.isBefore(finalized.get().slot())) {
      throw conflict(head, finalized.get());
    }
    Collections.reverse(blocks);
    return new Branch(
        ancestorSlot, ancestor, store.canonicalAbove(ancestorSlot), List.copyOf(blocks), whole);
  }

  private ChainException conflict(BlockHeader head, BlockRef finalized) {
    return new ChainException(
        ChainError.FINALITY_CONFLICT,
        describe(head),
        "its chain does not contain the finalized block of " + finalized);
  }

  private String describe(BlockHeader head) {
    return "follow %s to head %s of slot %s".formatted(node.name(), head.root(), head.slot());
  }
}
