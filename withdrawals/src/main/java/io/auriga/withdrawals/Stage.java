package io.auriga.withdrawals;

import java.util.Locale;

/** How far a withdrawal, or the block that holds it, has come. */
public enum Stage {
  /** In a canonical consensus block that was verified. */
  CONSENSUS,
  /** Also in the execution node's block of the same hash. */
  EXECUTION,
  /** Its block is an ancestor of the justified checkpoint, or that block itself. */
  SAFE,
  /** Its block is an ancestor of the finalized checkpoint, or that block itself. Never left. */
  FINALIZED,
  /** Its block is no longer canonical; it may come back. */
  ORPHANED;

  /** As in APIs and metrics: {@code finalized}. */
  public String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
