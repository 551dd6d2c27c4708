package io.auriga.withdrawals.expected;

import io.auriga.withdrawals.expected.ReplayVerdict.NotProvable;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;

/**
 * Ends the replay of a block from within the rules, which ask for one validator after the other.
 */
final class NotProvableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient NotProvable verdict;

  NotProvableException(Reason reason, String detail) {
    super(detail, null, false, false);
    this.verdict = new NotProvable(reason, detail);
  }

  NotProvable verdict() {
    return verdict;
  }
}
