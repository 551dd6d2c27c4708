package io.auriga.withdrawals.prediction;

import io.auriga.clients.consensus.Validator;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.WithdrawalCredentials;

/**
 * The bounds within which a block pays ({@code get_expected_withdrawals}, Capella to Fulu).
 *
 * @param payloadMax {@code MAX_WITHDRAWALS_PER_PAYLOAD}
 * @param sweepMax {@code MAX_VALIDATORS_PER_WITHDRAWALS_SWEEP}
 * @param partialsMax {@code MAX_PENDING_PARTIALS_PER_WITHDRAWALS_SWEEP}; 0 before Electra
 * @param slotsPerEpoch {@code SLOTS_PER_EPOCH}
 * @param requestDelay epochs before a request can be paid: {@code
 *     MIN_VALIDATOR_WITHDRAWABILITY_DELAY}
 * @param minActivation {@code MIN_ACTIVATION_BALANCE} in Gwei: what stays of 0x01
 * @param maxCompounding {@code MAX_EFFECTIVE_BALANCE_ELECTRA} in Gwei: what stays of 0x02; 0 before
 *     Electra, where 0x02 means nothing
 */
public record SweepRules(
    int payloadMax,
    int sweepMax,
    int partialsMax,
    long slotsPerEpoch,
    long requestDelay,
    long minActivation,
    long maxCompounding) {
  // Real networks have 16 and 16,384; a node that names more than this is not to be believed.
  private static final long BOUND_MAX = 1 << 24;

  public SweepRules {
    if (payloadMax < 1 || sweepMax < 1 || partialsMax < 0 || slotsPerEpoch < 1) {
      throw new IllegalArgumentException("bounds of the sweep must be positive");
    }
  }

  public static SweepRules of(ChainSpec spec, ForkName fork) {
    return new SweepRules(
        bound(spec, "MAX_WITHDRAWALS_PER_PAYLOAD"),
        bound(spec, "MAX_VALIDATORS_PER_WITHDRAWALS_SWEEP"),
        fork.isAtLeast(ForkName.ELECTRA)
            ? bound(spec, "MAX_PENDING_PARTIALS_PER_WITHDRAWALS_SWEEP")
            : 0,
        spec.slotsPerEpoch(),
        spec.number("MIN_VALIDATOR_WITHDRAWABILITY_DELAY"),
        spec.number("MIN_ACTIVATION_BALANCE"),
        fork.isAtLeast(ForkName.ELECTRA) ? spec.number("MAX_EFFECTIVE_BALANCE_ELECTRA") : 0);
  }

  private static int bound(ChainSpec spec, String key) {
    long value = spec.number(key);
    if (value < 1 || value > BOUND_MAX) {
      throw new IllegalArgumentException(key + " is " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** A block's places for requested partial withdrawals: one place is always the sweep's. */
  public int partialCap() {
    return Math.min(partialsMax, payloadMax - 1);
  }

  /** What stays of a validator's balance; 0 where its credentials let nothing out. */
  public long keeps(WithdrawalCredentials credentials) {
    return switch (credentials) {
      case WithdrawalCredentials.Execution _ -> minActivation;
      case WithdrawalCredentials.Compounding _ -> maxCompounding;
      case WithdrawalCredentials.Bls _, WithdrawalCredentials.Unknown _ -> 0;
    };
  }

  /** Whether the sweep pays the validator if it comes by now, or soon: who earns is paid. */
  public boolean pays(Validator validator, Epoch now) {
    long keeps = keeps(validator.credentials());
    if (keeps == 0) {
      return false;
    }
    if (validator.life().withdrawable().compareTo(now) <= 0) {
      return validator.balance().value() != 0;
    }
    return validator.effectiveBalance().value() == keeps
        && Long.compareUnsigned(validator.balance().value(), keeps) >= 0
        && validator.life().activation().compareTo(now) <= 0;
  }

  public long epochOf(long slot) {
    return slot / slotsPerEpoch;
  }
}
