package io.auriga.withdrawals.kind;

import io.auriga.runtime.store.Store;
import io.auriga.types.Slot;
import io.auriga.withdrawals.HistoryUnit;
import io.auriga.withdrawals.Span;
import io.auriga.withdrawals.WithdrawalQueries;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether every request of a stretch of the chain is kept, so that one that is not found was not
 * made: the stretch is followed or loaded without a hole, and nothing of it was lost since.
 *
 * <p>For one thread at a time.
 */
final class KeptRequests {
  private final Store store;
  private final WithdrawalQueries ledger;

  /** Loads whose rows were counted: once is enough, since nothing takes them away. */
  private final Set<HistoryUnit> counted = new HashSet<>();

  KeptRequests(Store store) {
    this.store = store;
    this.ledger = new WithdrawalQueries(store);
  }

  /** Whether all blocks from a slot on and before another one are there with their requests. */
  boolean areComplete(Slot first, Slot before) {
    return isHeld(first, before)
        && ledger.summary().gaps() == 0
        && areWhole(first, before)
        && haveAllRequests(first, before);
  }

  private boolean isHeld(Slot first, Slot before) {
    for (Span span : ledger.spans()) {
      if (!span.first().isAfter(first) && !span.last().next().isBefore(before)) {
        return true;
      }
    }
    return false;
  }

  private boolean areWhole(Slot first, Slot before) {
    List<HistoryUnit> loads =
        ledger.loads().stream()
            .filter(unit -> !unit.last().isBefore(first) && unit.first().isBefore(before))
            .toList();
    counted.retainAll(loads);
    for (HistoryUnit unit : loads) {
      if (!counted.contains(unit)) {
        if (!ledger.isWhole(unit)) {
          return false;
        }
        counted.add(unit);
      }
    }
    return true;
  }

  /** A block that was kept without the root of its state was kept without its requests. */
  private boolean haveAllRequests(Slot first, Slot before) {
    return store
        .read(
            read ->
                read.first(
                    """
                    SELECT block_id FROM withdrawals_block
                    WHERE state_root IS NULL AND slot >= ? AND slot < ? LIMIT 1
                    """,
                    row -> row.number("block_id"),
                    first.value(),
                    before.value()))
        .isEmpty();
  }
}
