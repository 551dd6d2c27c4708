package io.auriga.withdrawals;

/** What a load that fits came to. */
public sealed interface HistoryOutcome {
  /** What was new of it is in the ledger now. */
  record Loaded(long blocks, long withdrawals) implements HistoryOutcome {}

  /** Every block of it was there before, and is the same. */
  record AlreadyHeld() implements HistoryOutcome {}
}
