package io.auriga.withdrawals.expected;

/** What came of replaying the withdrawals of one block. */
public sealed interface ReplayVerdict {
  /** The block carries exactly what the rules give. */
  record Reproduced() implements ReplayVerdict {}

  /**
   * The block carries exactly what a beacon node computes itself; what the rules need was not to be
   * had.
   */
  record Confirmed() implements ReplayVerdict {}

  /** The block carries something else. */
  record Differs(ListDifference difference) implements ReplayVerdict {}

  /** Nothing can be said, which says nothing against the block. */
  record NotProvable(Reason reason, String detail) implements ReplayVerdict {}

  /** Why nothing can be said. */
  enum Reason {
    /** The block before it was not followed. */
    PARENT("parent"),
    /**
     * An epoch begins between its parent and it, and what that changes is in no state to ask for.
     */
    EPOCH("epoch"),
    /** Where the sweep stands is known only after a first full block. */
    SWEEP("sweep"),
    /** The beacon node does not have the state, or not what is needed of it. */
    STATE("state"),
    /** The beacon node failed. */
    NODE("node"),
    /** There was no time: too many blocks, or answers that took too long. */
    TIME("time");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** As in JSON and in metrics. */
    public String text() {
      return text;
    }
  }

  /** As in JSON and in metrics. */
  default String text() {
    return switch (this) {
      case Reproduced() -> "reproduced";
      case Confirmed() -> "confirmed";
      case Differs _ -> "differs";
      case NotProvable _ -> "not-provable";
    };
  }
}
