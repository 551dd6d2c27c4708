package io.auriga.app.web;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.types.AurigaException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What happened lately that no table of the ledger tells: reorgs and refused data, since this
 * process began. Safe for several threads.
 */
public final class Activity implements FollowerListener {
  /** More would not be read; the ledger keeps the orphaned blocks themselves. */
  private static final int REORGS_KEPT = 8;

  private final LiveFeed feed;
  private final Deque<Reorg> reorgs = new ArrayDeque<>();
  private long mismatches;

  Activity(LiveFeed feed) {
    this.feed = feed;
  }

  /**
   * Blocks that were replaced.
   *
   * @param depth how many
   * @param withdrawals how many withdrawals the new blocks carry
   */
  public record Reorg(Instant at, int depth, BlockRef oldHead, BlockRef newHead, int withdrawals) {}

  @Override
  public void committed(ChainUpdate update) {
    if (!update.undone().isEmpty() && !update.applied().isEmpty()) {
      int withdrawals =
          update.applied().stream().mapToInt(block -> block.withdrawals().size()).sum();
      remember(
          new Reorg(
              update.at(),
              update.undone().size(),
              update.undone().getFirst(),
              update.applied().getLast().ref(),
              withdrawals));
    }
    feed.changed();
  }

  @Override
  public void stateChanged(FollowerSnapshot snapshot) {
    feed.changed();
  }

  @Override
  public void refused(AurigaException failure) {
    synchronized (this) {
      if (failure.code().endsWith("-MISMATCH")) {
        mismatches++;
      }
    }
    feed.changed();
  }

  /** Newest first. */
  public synchronized List<Reorg> reorgs() {
    return List.copyOf(reorgs);
  }

  /** How often a node's data did not match its own hashes or the other layer's. */
  public synchronized long mismatches() {
    return mismatches;
  }

  private synchronized void remember(Reorg reorg) {
    reorgs.addFirst(reorg);
    if (reorgs.size() > REORGS_KEPT) {
      reorgs.removeLast();
    }
  }
}
