package io.auriga.withdrawals;

import java.util.Locale;

/** How much of a block was recomputed before it was loaded as history. */
public enum Verification {
  /**
   * The block's root, which covers everything in it, and the links from block to block; the block
   * hash is what the proposer said it is.
   */
  ROOTS,
  /** Besides, the block hash from the payload: transactions, withdrawals and header. */
  FULL;

  public String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
