package io.auriga.app.cli.verify;

import java.util.List;

/** The transactions of an execution block, as far as a file has them. */
sealed interface TransactionList {
  /** No transactions, only their hashes, or none that could be rebuilt: nothing to check. */
  record NotRebuilt() implements TransactionList {}

  /**
   * Each transaction as it stands in the trie.
   *
   * @param altered what tells that a transaction differs from its own hash; empty if none does
   */
  record Encoded(List<byte[]> items, String altered) implements TransactionList {}

  /** A transaction of a type that only chains of the OP Stack have: a deposit, 0x7e. */
  record WithOpStackDeposit() implements TransactionList {}

  /** The type byte of the OP Stack's deposits. */
  byte OP_STACK_DEPOSIT = 0x7e;
}
