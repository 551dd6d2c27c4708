package io.auriga.app.web;

import io.auriga.runtime.store.Store;

/**
 * Whether the store takes a write transaction now: it is there, not locked by another, and not read
 * only. A disk that is full shows with the next commit, which stalls the follower.
 */
public final class StoreCheck implements ReadinessCheck {
  private final Store store;

  public StoreCheck(Store store) {
    this.store = store;
  }

  @Override
  public void require() {
    store.inTransaction(transaction -> transaction.query("SELECT 1", row -> 1));
  }
}
