package io.auriga.validators.accounting;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.types.AurigaException;
import io.auriga.types.Epoch;
import java.util.Arrays;

/**
 * From when to when each validator is active: two numbers each, and no object. Belongs to one
 * thread.
 *
 * <p>Who comes or goes is given an epoch at least {@code 1 + MAX_SEED_LOOKAHEAD} behind the one in
 * which that is decided. So what a state of epoch e says is right up to epoch {@code e +
 * MAX_SEED_LOOKAHEAD}, and asking for those who wait to come or to go once an epoch is enough: that
 * is a small answer, where all validators are a very large one.
 */
public final class ValidatorEpochs {
  /** Never, in the form kept here. */
  private static final int NEVER = Integer.MAX_VALUE;

  /** More than a year of deposits; who names a validator further on wants our memory. */
  private static final int NEW_MAX = 1 << 20;

  private int[] activation;
  private int[] exit;
  private int count;

  private ValidatorEpochs(int capacity) {
    this.activation = new int[capacity];
    this.exit = new int[capacity];
  }

  public static ValidatorEpochs ofState(BeaconStateView state) {
    ValidatorEpochs epochs = new ValidatorEpochs(state.validatorCount());
    for (int i = 0; i < state.validatorCount(); i++) {
      epochs.set(i, new Epoch(state.activationEpoch(i)), new Epoch(state.exitEpoch(i)));
    }
    return epochs;
  }

  /** Without validators: they are told one by one. */
  public static ValidatorEpochs empty() {
    return new ValidatorEpochs(1024);
  }

  public int count() {
    return count;
  }

  /**
   * Forgets what was planned behind {@code now}, before everybody for whom something is planned is
   * told again: a reorg may have taken a plan back.
   */
  public void forgetPlans(Epoch now) {
    int epoch = compact(now);
    for (int i = 0; i < count; i++) {
      activation[i] = activation[i] > epoch ? NEVER : activation[i];
      exit[i] = exit[i] > epoch ? NEVER : exit[i];
    }
  }

  /**
   * Takes what a node or a state says about a validator; those in between have no duties.
   *
   * @throws AurigaException {@link AccountingError#NO_SOURCE} if so many cannot have come since
   */
  public void set(int validator, Epoch activationEpoch, Epoch exitEpoch) {
    if (validator < 0 || validator - count > NEW_MAX) {
      throw new AurigaException(
          AccountingError.NO_SOURCE,
          "take the epochs of validator " + validator,
          "the last one known is " + (count - 1));
    }
    if (validator >= activation.length) {
      int length = Math.max(validator + 1, activation.length + activation.length / 2);
      activation = Arrays.copyOf(activation, length);
      exit = Arrays.copyOf(exit, length);
    }
    if (validator >= count) {
      Arrays.fill(activation, count, validator + 1, NEVER);
      Arrays.fill(exit, count, validator + 1, NEVER);
      count = validator + 1;
    }
    activation[validator] = compact(activationEpoch);
    exit[validator] = compact(exitEpoch);
  }

  public boolean isActive(int validator, Epoch epoch) {
    return validator < count
        && activation[validator] <= compact(epoch)
        && compact(epoch) < exit[validator];
  }

  /** Who is active in an epoch, ascending. */
  public int[] active(Epoch epoch) {
    int now = compact(epoch);
    int[] active = new int[count];
    int found = 0;
    for (int i = 0; i < count; i++) {
      active[found] = i;
      found += activation[i] <= now && now < exit[i] ? 1 : 0;
    }
    return Arrays.copyOf(active, found);
  }

  private static int compact(Epoch epoch) {
    return Long.compareUnsigned(epoch.value(), NEVER) < 0 ? (int) epoch.value() : NEVER;
  }
}
