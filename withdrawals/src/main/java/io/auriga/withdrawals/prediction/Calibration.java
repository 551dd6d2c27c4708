package io.auriga.withdrawals.prediction;

import java.util.Arrays;

/**
 * How many standard deviations hold nine of ten outcomes, learned from what came of earlier
 * predictions (split conformal prediction): whatever the model leaves out shows there. Kept apart
 * for near, middle and far horizons, whose errors come from different causes. Shared by threads.
 */
public final class Calibration {
  /** The share of outcomes that an interval is made to hold. */
  public static final double SHARE = 0.9;

  /**
   * The share of past outcomes that it would have held. More, because predictions of one day err
   * together: a thousand of them are a few tens of independent ones, and the next day is another.
   */
  static final double SHARE_OF_PAST = 0.95;

  /** Of a normal distribution; an interval is never made narrower than the model says. */
  private static final double NORMAL = 1.645;

  /** Before there are this many outcomes, the model is doubted. */
  private static final int ENOUGH = 50;

  private static final double DOUBT = 2;
  private static final double FACTOR_MAX = 12;

  // A slot is a whole number: nothing is known better than this.
  private static final double DEVIATION_MIN = 0.25;

  private static final long NEAR = 1_024;
  private static final long MIDDLE = 16_384;

  private final Errors near = new Errors();
  private final Errors middle = new Errors();
  private final Errors far = new Errors();

  /** What came of a prediction. */
  public void scored(long horizon, double error, double deviation) {
    of(horizon).add(Math.abs(error) / Math.max(DEVIATION_MIN, deviation));
  }

  void clear() {
    near.clear();
    middle.clear();
    far.clear();
  }

  /** By what to multiply the standard deviation of a prediction so far ahead. */
  public double factor(long horizon) {
    Errors errors = of(horizon);
    return errors.size() < ENOUGH
        ? NORMAL * DOUBT
        : Math.clamp(errors.quantile(SHARE_OF_PAST), NORMAL, FACTOR_MAX);
  }

  private Errors of(long horizon) {
    if (horizon < NEAR) {
      return near;
    }
    return horizon < MIDDLE ? middle : far;
  }

  /** The interval around an estimate, in whole slots, never before the next. */
  public SlotInterval interval(SlotEstimate estimate, long headSlot) {
    double half = factor(estimate.slot() - headSlot) * estimate.deviation();
    return new SlotInterval(
        Math.max(headSlot + 1, Math.round(estimate.slot() - half)),
        estimate.slot(),
        Math.round(estimate.slot() + half),
        estimate.deviation());
  }

  @Override
  public String toString() {
    return "Calibration" + Arrays.toString(new double[] {factor(0), factor(NEAR), factor(MIDDLE)});
  }
}
