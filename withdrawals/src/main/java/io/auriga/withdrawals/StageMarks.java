package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.StoredTime;
import io.auriga.runtime.store.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Gives canonical blocks the stages that the checkpoints of the position imply: a block is safe or
 * final if it is an ancestor of that checkpoint, which on the canonical chain means its slot is not
 * after it.
 *
 * <p>A block that the beacon node served before its payload was verified reaches neither until an
 * execution node was seen to hold it, so this runs after late confirmations as well.
 */
final class StageMarks {
  private final Transaction transaction;
  private final LedgerState state;
  private final StageTotals totals;

  StageMarks(Transaction transaction, LedgerState state, StageTotals totals) {
    this.transaction = transaction;
    this.state = state;
    this.totals = totals;
  }

  void mark(Instant at) {
    mark(Stage.SAFE, "safe_at", state.safe, at);
    mark(Stage.FINALIZED, "finalized_at", state.finalized, at);
  }

  private void mark(Stage stage, String column, @Nullable BlockRef upTo, Instant at) {
    if (upTo == null) {
      return;
    }
    String where = due(column);
    totals.add(stage, totals.leave(transaction, where, upTo.slot().value()));
    int _ =
        transaction.update(
            "UPDATE withdrawals_block SET " + column + " = ? WHERE " + where,
            StoredTime.micros(at),
            upTo.slot().value());
  }

  /** Blocks up to a slot that are to reach a stage now. */
  static String due(String column) {
    return """
    canonical = 1 AND finalized_at IS NULL AND slot <= ? AND %s IS NULL
      AND (optimistic = 0 OR executed_at IS NOT NULL)
    """
        .formatted(column);
  }
}
