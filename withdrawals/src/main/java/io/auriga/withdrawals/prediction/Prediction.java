package io.auriga.withdrawals.prediction;

import io.auriga.types.ValidatorIndex;

/**
 * One payment that is expected.
 *
 * @param slot when it is expected to be in a block
 * @param amount how much
 */
public record Prediction(
    ValidatorIndex validator, Kind kind, SlotInterval slot, AmountInterval amount) {
  /** Why it is paid. */
  public enum Kind {
    /** What is above the balance that stays, when the sweep comes by. */
    SWEEP,
    /** A part that was asked for (EIP-7002). */
    PARTIAL,
    /** All, after the validator left. */
    FULL;

    public String lowerName() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * In Gwei: in nine of ten cases between {@code low} and {@code high}.
   *
   * @param accrues the part that is not earned yet, which makes it uncertain
   */
  public record AmountInterval(long low, long amount, long high, long accrues) {
    public boolean holds(long outcome) {
      return low <= outcome && outcome <= high;
    }
  }
}
