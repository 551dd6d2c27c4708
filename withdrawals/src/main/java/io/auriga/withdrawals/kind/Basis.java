package io.auriga.withdrawals.kind;

import java.util.Optional;

/**
 * How much of a payment had been put in before, in Gwei. What is neither that nor unknown is
 * consensus income.
 *
 * @param doubt why some of it is unknown; empty where nothing is
 */
record Basis(long principal, long unknown, Optional<Doubt> doubt) {
  /** What would have to be known. Stored and shown by its text. */
  enum Doubt {
    /** The ledger does not hold all that was paid and put in before. */
    HISTORY("history"),
    /** A deposit that may or may not have been credited before the payment. */
    DEPOSIT_QUEUE("deposit-queue"),
    /** What another validator brought in, or this one took along. */
    CONSOLIDATION("consolidation"),
    /** How much of what compounded had been put in. */
    COMPOUNDED("compounded"),
    /** The validator in the state of the block, which no node served. */
    STATE("state");

    private final String text;

    Doubt(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  static Basis unknown(long amount, Doubt doubt) {
    return new Basis(0, amount, Optional.of(doubt));
  }

  /** Whether it is what is assumed of a sweep's excess without being told. */
  boolean isIncomeAlone() {
    return principal == 0 && unknown == 0;
  }
}
