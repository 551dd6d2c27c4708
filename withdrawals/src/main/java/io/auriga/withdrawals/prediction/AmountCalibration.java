package io.auriga.withdrawals.prediction;

import io.auriga.withdrawals.prediction.Prediction.AmountInterval;

/**
 * How much more or less came of what was still to be earned, learned from the outcomes of earlier
 * predictions. Income is not even: one validator of eight proposes a block in a lap. Shared by
 * threads.
 */
public final class AmountCalibration {
  private static final int ENOUGH = 50;

  /** Before there are outcomes: a fifth less, or half as much more. */
  private static final double LOW = 0.8;

  private static final double HIGH = 1.5;
  private static final double TAIL = (1 - Calibration.SHARE) / 2;

  private final Errors ratios = new Errors();

  /**
   * What came of a prediction.
   *
   * @param slot when it was expected
   * @param madeAt the slot from which it was made
   * @param outcomeSlot when it came
   */
  public void scored(
      AmountInterval predicted, long slot, long madeAt, long outcomeSlot, long amount) {
    double accrued = (double) predicted.accrues() * (outcomeSlot - madeAt) / (slot - madeAt);
    if (accrued >= 1) {
      ratios.add((amount - (predicted.amount() - predicted.accrues())) / accrued);
    }
  }

  /**
   * How much of what is expected to be earned comes, in nine of ten cases.
   *
   * @param low a share, 1 at the most
   * @param high 1 at the least
   * @param common by how much all err together; the rest is the luck of each
   */
  record Spread(double low, double high, double common) {}

  /** Before outcomes say otherwise, all may err in the same direction. */
  Spread spread() {
    return ratios.size() < ENOUGH
        ? new Spread(LOW, HIGH, Math.max(1 - LOW, HIGH - 1))
        : new Spread(
            Math.min(1, ratios.quantile(TAIL)),
            Math.max(1, ratios.quantile(1 - TAIL)),
            Math.abs(ratios.quantile(0.5) - 1));
  }

  void clear() {
    ratios.clear();
  }

  /**
   * @param known Gwei that are there already
   * @param perSlot Gwei that are expected to be earned in a slot
   * @param slot until when it is earned
   */
  public AmountInterval interval(long known, double perSlot, SlotInterval slot, long headSlot) {
    Spread spread = spread();
    long accrues = Math.round(perSlot * (slot.slot() - headSlot));
    return new AmountInterval(
        Math.max(0, known + (long) Math.floor(perSlot * (slot.low() - headSlot) * spread.low())),
        known + accrues,
        known + (long) Math.ceil(perSlot * (slot.high() - headSlot) * spread.high()),
        accrues);
  }
}
