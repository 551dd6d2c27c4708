package io.auriga.chain;

import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.List;
import java.util.Optional;

/**
 * Where the follower's work is kept. The position is part of each commit, so that a crash at any
 * moment leaves both the data and the cursor of one same update: applying again is always safe.
 *
 * <p>One thread, the follower's, calls {@link #commit} and {@link #restore}.
 */
public interface ChainStore {
  /** Empty until the first commit. */
  Optional<ChainPosition> position();

  /** The slot of the oldest block held; empty until the first commit. */
  Optional<Slot> firstSlot();

  /** The canonical block with this root; empty if there is none or it was orphaned. */
  Optional<BlockRef> canonical(Root root);

  /** Canonical blocks above {@code slot}, newest first: what a reorg back to it undoes. */
  List<BlockRef> canonicalAbove(Slot slot);

  /**
   * Canonical blocks {@code below} a slot that the execution node has not confirmed, newest first,
   * at most {@code limit}.
   */
  List<UnmatchedBlock> unmatched(Slot below, int limit);

  /** Holes in the canonical sequence of withdrawal indices, oldest first. */
  List<IndexGap> gaps();

  /**
   * Applies one update and moves the position, in one transaction.
   *
   * @throws ChainException {@link ChainError#INDEX_GAP} where the first withdrawal of a block does
   *     not continue the sequence; {@link ChainError#FINALITY_CONFLICT} where it would undo what is
   *     final. Nothing of the update is stored then.
   */
  void commit(ChainUpdate update);

  /** Fills holes with verified canonical blocks below the position, without moving it. */
  void restore(List<ChainBlock> blocks);
}
