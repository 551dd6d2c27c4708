package io.auriga.withdrawals.prediction;

import java.util.Arrays;

/**
 * How many standard deviations hold nine of ten outcomes, learned from what came of earlier
 * predictions (split conformal prediction): whatever the model leaves out, or makes too much of,
 * shows there. Kept apart for near, middle and far horizons, whose errors come from different
 * causes. Shared by threads.
 *
 * <p>Predictions that look over the same days err together: a thousand of them, made over a lap,
 * are one witness and not a thousand. So outcomes are gathered in {@linkplain Stretches stretches}
 * as long as the horizon, each counts as one, and until there are many of them the model's own word
 * counts as well.
 */
public final class Calibration {
  /** The share of outcomes that an interval is made to hold. */
  public static final double SHARE = 0.9;

  /** As many stretches of outcomes weigh as much as what the model says of itself. */
  private static final int MODEL_WEIGHT = 4;

  /** Of a normal distribution. */
  private static final double NORMAL = 1.645;

  /**
   * By how much Student's quantile exceeds the normal one, times the degrees of freedom (the first
   * term of its expansion): few witnesses leave the deviation itself unsure.
   */
  private static final double STUDENT = (NORMAL * NORMAL * NORMAL + NORMAL) / 4;

  // What is wrong by more was not a matter of luck, and would make every interval useless.
  private static final double FACTOR_MAX = 12;

  // A slot is a whole number: nothing is known better than this.
  private static final double DEVIATION_MIN = 0.25;

  private static final long NEAR = 1_024;
  private static final long MIDDLE = 16_384;

  /** A lap of mainnet, which no prediction of the sweep looks far beyond. */
  private static final long FAR = 65_536;

  private final Stretches near = new Stretches(NEAR);
  private final Stretches middle = new Stretches(MIDDLE);
  private final Stretches far = new Stretches(FAR);

  /**
   * What came of a prediction.
   *
   * @param outcomeSlot when it came, {@code error} slots after it was expected
   */
  public void scored(long horizon, long outcomeSlot, double error, double deviation) {
    of(horizon).add(outcomeSlot, Math.abs(error) / Math.max(DEVIATION_MIN, deviation));
  }

  void clear() {
    near.clear();
    middle.clear();
    far.clear();
  }

  /** By what to multiply the standard deviation of a prediction so far ahead. */
  public double factor(long horizon) {
    Stretches.Quantile seen = of(horizon).quantile(SHARE);
    double weight = (double) seen.stretches() / (seen.stretches() + MODEL_WEIGHT);
    double model = NORMAL + STUDENT / (seen.stretches() + MODEL_WEIGHT);
    return weight * Math.min(seen.figure(), FACTOR_MAX) + (1 - weight) * model;
  }

  private Stretches of(long horizon) {
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
