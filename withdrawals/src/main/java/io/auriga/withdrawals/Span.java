package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.chain.IndexGap;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import java.util.Optional;

/**
 * A stretch of the chain that is held without a hole: loads of history that continue one another,
 * what is followed, or both.
 *
 * @param first the first slot that is known, whether or not it has a block
 * @param last the last slot that is known
 * @param parentRoot the root that the first block names as its parent, if its row is there
 * @param firstIndex the index of the first withdrawal, or the one it would have
 * @param nextIndex the index that follows the last withdrawal
 */
public record Span(
    Slot first,
    Slot last,
    Optional<Root> parentRoot,
    BlockRef firstBlock,
    BlockRef lastBlock,
    Optional<WithdrawalIndex> firstIndex,
    Optional<WithdrawalIndex> nextIndex) {

  /** How many withdrawals it holds. */
  public long withdrawals() {
    return firstIndex.isPresent() && nextIndex.isPresent()
        ? nextIndex.get().value() - firstIndex.get().value()
        : 0;
  }

  /** Whether {@code later}, which begins after this one does, goes on where this one ends. */
  boolean continuesWith(Span later) {
    return !later.first.isAfter(last) || later.parentRoot.equals(Optional.of(lastBlock.root()));
  }

  /** Both as one. */
  Span with(Span later) {
    boolean longer = later.last.isAfter(last);
    return new Span(
        first,
        longer ? later.last : last,
        parentRoot,
        firstBlock,
        longer ? later.lastBlock : lastBlock,
        firstIndex.isPresent() ? firstIndex : later.firstIndex,
        longer && later.nextIndex.isPresent() ? later.nextIndex : nextIndex);
  }

  /** The withdrawals between this and the one after it, if there are any and their number known. */
  Optional<IndexGap> gapBefore(Span later) {
    if (nextIndex.isEmpty() || later.firstIndex.isEmpty()) {
      return Optional.empty();
    }
    long from = nextIndex.get().value();
    long end = later.firstIndex.get().value();
    return from < end
        ? Optional.of(
            new IndexGap(
                new WithdrawalIndex(from),
                new WithdrawalIndex(end - 1),
                Optional.of(lastBlock),
                later.firstBlock))
        : Optional.empty();
  }
}
