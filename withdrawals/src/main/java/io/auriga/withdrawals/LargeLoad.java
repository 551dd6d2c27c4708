package io.auriga.withdrawals;

import io.auriga.runtime.store.Store;

/**
 * Whether a load is so large that the indices over payments are better made at its end. Not while
 * another process uses the store, whose pages need them. Safe for many threads.
 */
final class LargeLoad {
  /** So many fit into the memory of a load with their indices. */
  private static final long FEW = 1_000_000;

  /** Making an index anew costs as much as putting every fifth of its rows into it. */
  private static final long SHARE_MIN = 4;

  private final Store store;
  private long expected;
  private boolean aside;

  LargeLoad(Store store) {
    this.store = store;
  }

  synchronized void expect(long withdrawals) {
    expected = withdrawals;
  }

  /** So many of those that are expected are about to be put in. */
  synchronized void before(long withdrawals) {
    if (aside && store.isShared()) {
      restore();
    } else if (!aside && expected >= FEW && isWorthIt() && !store.isShared()) {
      aside = store.setIndicesAside(WithdrawalLedger.MIGRATIONS);
      // Where there are none to set aside, that need not be asked again.
      expected = aside ? expected : 0;
    }
    expected = Math.max(0, expected - withdrawals);
  }

  private boolean isWorthIt() {
    long held =
        store
            .read(read -> Coverage.of(read, LedgerState.load(read)).units().stream())
            .mapToLong(HistoryUnit::withdrawals)
            .sum();
    return expected * SHARE_MIN >= held;
  }

  synchronized void settle(Runnable slow) {
    expected = 0;
    if (aside) {
      slow.run();
    }
    restore();
  }

  private void restore() {
    store.restoreIndices(WithdrawalLedger.MIGRATIONS);
    aside = false;
  }
}
