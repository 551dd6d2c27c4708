package io.auriga.testkit.duties;

import io.auriga.chain.BlockRef;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.Root;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A block of a simulated network, with its ancestors.
 *
 * @param view null for genesis, which is no block
 * @param mix the RANDAO mix behind it
 */
public record DutyBlock(
    BlockRef ref, @Nullable DutyBlock parent, @Nullable SignedBlockView view, Root mix) {

  /** The block, which genesis has not. */
  public SignedBlockView block() {
    if (view == null) {
      throw new IllegalStateException("genesis is no block");
    }
    return view;
  }

  /** The newest of this block and its ancestors at or before a slot; genesis at the least. */
  public DutyBlock at(long slot) {
    DutyBlock block = this;
    while (block.ref.slot().value() > slot && block.parent != null) {
      block = block.parent;
    }
    return block;
  }

  /** The ancestor so many blocks back, or genesis. */
  public DutyBlock back(int blocks) {
    DutyBlock block = this;
    for (int i = 0; i < blocks && block.parent != null; i++) {
      block = block.parent;
    }
    return block;
  }

  /** Whether a block is this one or an ancestor. */
  public boolean descendsFrom(BlockRef other) {
    return at(other.slot().value()).ref.equals(other);
  }

  /** From the first block behind {@code ancestor} to this one; behind genesis if it is empty. */
  public List<DutyBlock> since(Optional<BlockRef> ancestor) {
    Deque<DutyBlock> chain = new ArrayDeque<>();
    for (DutyBlock block = this; block.parent != null; block = block.parent) {
      if (ancestor.isPresent() && ancestor.get().equals(block.ref)) {
        break;
      }
      chain.addFirst(block);
    }
    return List.copyOf(chain);
  }

  @Override
  public String toString() {
    return "DutyBlock[" + ref + "]";
  }
}
