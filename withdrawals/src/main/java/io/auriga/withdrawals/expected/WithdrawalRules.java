package io.auriga.withdrawals.expected;

import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.SpecError;

/**
 * The rules of one fork, with one network's numbers: {@code get_expected_withdrawals} and what
 * {@code process_withdrawals} does to the state's cursors (consensus-specs, beacon-chain.md of
 * capella and electra). Deneb and Fulu changed nothing of it.
 *
 * @param payloadMax {@code MAX_WITHDRAWALS_PER_PAYLOAD}
 * @param sweepMax {@code MAX_VALIDATORS_PER_WITHDRAWALS_SWEEP}
 * @param partialsMax {@code MAX_PENDING_PARTIALS_PER_WITHDRAWALS_SWEEP}; 0 before Electra
 * @param balanceMax what a validator with ordinary credentials can have at most that counts, in
 *     Gwei; since Electra also what a requested withdrawal leaves behind
 * @param compoundingBalanceMax the same for compounding credentials; 0 before Electra, when there
 *     were none
 */
public record WithdrawalRules(
    int payloadMax, int sweepMax, int partialsMax, long balanceMax, long compoundingBalanceMax) {
  /** {@code ETH1_ADDRESS_WITHDRAWAL_PREFIX}. */
  private static final int ADDRESS_PREFIX = 0x01;

  /** {@code COMPOUNDING_WITHDRAWAL_PREFIX}. */
  private static final int COMPOUNDING_PREFIX = 0x02;

  /** Far above every preset; what is larger is a mistake and would only cost memory. */
  private static final int COUNT_MAX = 1 << 20;

  /**
   * The rules of a fork.
   *
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}, or {@code AUR-SPEC-BAD-CONFIG} if a
   *     number is missing or cannot be one
   */
  public static WithdrawalRules of(ChainSpec spec, ForkName fork) {
    if (!fork.isSupported()) {
      throw new AurigaException(
          SpecError.UNSUPPORTED_FORK,
          "compute the withdrawals of fork " + fork.lowerName(),
          "only the rules of Capella to Fulu are known");
    }
    int payloadMax = count(spec, "MAX_WITHDRAWALS_PER_PAYLOAD");
    int sweepMax = count(spec, "MAX_VALIDATORS_PER_WITHDRAWALS_SWEEP");
    if (!fork.isAtLeast(ForkName.ELECTRA)) {
      return new WithdrawalRules(payloadMax, sweepMax, 0, spec.number("MAX_EFFECTIVE_BALANCE"), 0);
    }
    return new WithdrawalRules(
        payloadMax,
        sweepMax,
        count(spec, "MAX_PENDING_PARTIALS_PER_WITHDRAWALS_SWEEP"),
        spec.number("MIN_ACTIVATION_BALANCE"),
        spec.number("MAX_EFFECTIVE_BALANCE_ELECTRA"));
  }

  private static int count(ChainSpec spec, String key) {
    long value = spec.number(key);
    if (value <= 0 || value > COUNT_MAX) {
      throw new AurigaException(
          SpecError.BAD_CONFIG,
          "read the configuration of network " + spec.name(),
          key + " is " + Long.toUnsignedString(value) + ", and must be 1 to " + COUNT_MAX);
    }
    return (int) value;
  }

  /**
   * What a block in {@code epoch} on top of the state must carry. The state must be the one that
   * the block meets: that of its parent, with the slots up to the block's processed, which matters
   * where an epoch begins in between.
   *
   * @throws ArithmeticException if an index would not fit 64 bits
   * @throws io.auriga.crypto.ssz.SszException if the queue names a validator that does not exist
   */
  public ExpectedWithdrawals expected(ValidatorStates state, Epoch epoch) {
    WithdrawalDraft draft = new WithdrawalDraft(state, payloadMax);
    int processed = pendingPartials(state, epoch, draft);
    sweep(state, epoch, draft);
    return draft.finish(processed, nextSweepStart(state, draft));
  }

  /** How many entries of the queue are used up, entitled or not. */
  private int pendingPartials(ValidatorStates state, Epoch epoch, WithdrawalDraft draft) {
    // One place is always left for the sweep, so that a full block ends with an entry of it.
    int limit = Math.min(partialsMax, payloadMax - 1);
    int processed = 0;
    while (processed < state.partialCount()
        && draft.size() < limit
        && isReached(state.partialWithdrawableEpoch(processed), epoch)) {
      int validator = state.partialValidator(processed);
      long balance = draft.remaining(validator);
      if (state.exitEpoch(validator) == Epoch.FAR_FUTURE.value()
          && isAtLeast(state.effectiveBalance(validator), balanceMax)
          && isAbove(balance, balanceMax)) {
        long excess = balance - balanceMax;
        long asked = state.partialAmount(processed);
        draft.add(validator, isAbove(asked, excess) ? excess : asked);
      }
      processed++;
    }
    return processed;
  }

  private void sweep(ValidatorStates state, Epoch epoch, WithdrawalDraft draft) {
    int count = state.validatorCount();
    int validator = state.nextWithdrawalValidatorIndex();
    for (int seen = Math.min(count, sweepMax); seen > 0 && draft.size() < payloadMax; seen--) {
      sweep(state, validator, epoch, draft);
      validator = validator + 1 == count ? 0 : validator + 1;
    }
  }

  private void sweep(ValidatorStates state, int validator, Epoch epoch, WithdrawalDraft draft) {
    int prefix = state.credentialsPrefix(validator);
    boolean compounding = prefix == COMPOUNDING_PREFIX && compoundingBalanceMax != 0;
    if (prefix != ADDRESS_PREFIX && !compounding) {
      return;
    }
    long max = compounding ? compoundingBalanceMax : balanceMax;
    boolean withdrawable = isReached(state.withdrawableEpoch(validator), epoch);
    boolean most = state.effectiveBalance(validator) == max;
    if (!withdrawable && !most) {
      // Whatever it has: for some states that is the one thing that is hard to know.
      return;
    }
    long balance = draft.remaining(validator);
    if (withdrawable && balance != 0) {
      draft.add(validator, balance);
    } else if (most && isAbove(balance, max)) {
      draft.add(validator, balance - max);
    }
  }

  private int nextSweepStart(ValidatorStates state, WithdrawalDraft draft) {
    long next =
        draft.size() == payloadMax
            ? draft.lastValidator() + 1L
            : (long) state.nextWithdrawalValidatorIndex() + sweepMax;
    return (int) (next % state.validatorCount());
  }

  private static boolean isReached(long epoch, Epoch now) {
    return Long.compareUnsigned(epoch, now.value()) <= 0;
  }

  private static boolean isAbove(long amount, long other) {
    return Long.compareUnsigned(amount, other) > 0;
  }

  private static boolean isAtLeast(long amount, long other) {
    return Long.compareUnsigned(amount, other) >= 0;
  }
}
