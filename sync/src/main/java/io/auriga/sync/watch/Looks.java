package io.auriga.sync.watch;

import io.auriga.clients.consensus.SyncStatus;
import io.auriga.sync.slot.Condition;
import io.auriga.sync.slot.Condition.Side;

/** What the looks at a pair within one slot came to. Not for several threads at once. */
final class Looks {
  private final long syncDistance;
  private int asked;
  private int failed;
  private int syncing;
  private int optimistic;
  private boolean executionOffline;
  private int executionAsked;
  private int executionFailed;
  private int executionSyncing;

  /**
   * @param syncDistance a consensus client this many slots behind is syncing
   */
  Looks(long syncDistance) {
    this.syncDistance = syncDistance;
  }

  void consensus(SyncStatus status) {
    asked++;
    boolean behind = Long.compareUnsigned(status.syncDistance(), syncDistance) >= 0;
    syncing += status.syncing() && behind ? 1 : 0;
    optimistic += status.optimistic() ? 1 : 0;
    executionOffline |= status.executionOffline();
  }

  void consensusFailed() {
    asked++;
    failed++;
  }

  void execution(boolean isSyncing) {
    executionAsked++;
    executionSyncing += isSyncing ? 1 : 0;
  }

  void executionFailed() {
    executionAsked++;
    executionFailed++;
  }

  /**
   * @param shown whether the consensus client showed anything of the slot, so that it was there
   */
  Condition condition(boolean shown) {
    Side consensus = side(asked, failed, syncing);
    boolean answered = asked > failed;
    return new Condition(
        shown && consensus == Side.OFFLINE ? Side.UNKNOWN : consensus,
        executionOffline,
        // Between a block's coming and its payload's verification, a head may be so for a moment.
        answered && optimistic == asked - failed,
        side(executionAsked, executionFailed, executionSyncing));
  }

  private static Side side(int asked, int failed, int syncing) {
    if (asked == 0) {
      return Side.UNKNOWN;
    }
    if (failed == asked) {
      return Side.OFFLINE;
    }
    return syncing == asked - failed ? Side.SYNCING : Side.READY;
  }
}
