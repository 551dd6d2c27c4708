package io.auriga.testkit.state;

import io.auriga.types.Address;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.UInt64;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of withdrawals, a line of code for a line of the spec (capella and electra
 * beacon-chain.md, {@code get_expected_withdrawals} and {@code process_withdrawals}).
 */
public final class NaiveWithdrawals {
  private final PlainState state;
  private final BigInteger epoch;
  private final boolean electra;
  private final int payloadMax;
  private final int sweepMax;
  private final int partialsMax;
  private final BigInteger maxEffectiveBalance;
  private final BigInteger minActivationBalance;
  private final BigInteger maxEffectiveBalanceElectra;
  private final List<Withdrawal> withdrawals = new ArrayList<>();

  /** What the next block carries, and the cursors that it leaves. */
  public record Outcome(
      List<Withdrawal> withdrawals,
      int processedPartials,
      BigInteger nextWithdrawalIndex,
      BigInteger nextWithdrawalValidatorIndex) {}

  private NaiveWithdrawals(PlainState state, BigInteger epoch, ChainSpec spec) {
    this.state = state;
    this.epoch = epoch;
    this.electra = state.fork().isAtLeast(ForkName.ELECTRA);
    this.payloadMax = (int) spec.number("MAX_WITHDRAWALS_PER_PAYLOAD");
    this.sweepMax = (int) spec.number("MAX_VALIDATORS_PER_WITHDRAWALS_SWEEP");
    this.partialsMax = (int) spec.number("MAX_PENDING_PARTIALS_PER_WITHDRAWALS_SWEEP");
    this.maxEffectiveBalance = UInt64.toBigInteger(spec.number("MAX_EFFECTIVE_BALANCE"));
    this.minActivationBalance = UInt64.toBigInteger(spec.number("MIN_ACTIVATION_BALANCE"));
    this.maxEffectiveBalanceElectra =
        UInt64.toBigInteger(spec.number("MAX_EFFECTIVE_BALANCE_ELECTRA"));
  }

  /** The withdrawals of a block of the state's own slot. */
  public static Outcome of(PlainState state, ChainSpec spec) {
    return of(state, state.slot().divide(BigInteger.valueOf(spec.slotsPerEpoch())), spec);
  }

  /** The withdrawals of a block in {@code epoch} on top of the state as it is. */
  public static Outcome of(PlainState state, BigInteger epoch, ChainSpec spec) {
    return new NaiveWithdrawals(state, epoch, spec).run();
  }

  private Outcome run() {
    int processed = electra ? pendingPartials() : 0;
    sweep();
    BigInteger nextIndex = state.nextWithdrawalIndex();
    if (!withdrawals.isEmpty()) {
      nextIndex = UInt64.toBigInteger(withdrawals.getLast().index().value()).add(BigInteger.ONE);
    }
    BigInteger count = BigInteger.valueOf(state.validators().size());
    BigInteger nextValidator;
    if (withdrawals.size() == payloadMax) {
      nextValidator =
          BigInteger.valueOf(withdrawals.getLast().validatorIndex().value())
              .add(BigInteger.ONE)
              .mod(count);
    } else {
      nextValidator =
          state.nextWithdrawalValidatorIndex().add(BigInteger.valueOf(sweepMax)).mod(count);
    }
    return new Outcome(List.copyOf(withdrawals), processed, nextIndex, nextValidator);
  }

  private int pendingPartials() {
    int processed = 0;
    for (PlainPartial partial : state.pendingPartials()) {
      if (partial.withdrawableEpoch().compareTo(epoch) > 0
          || withdrawals.size() == Math.min(partialsMax, payloadMax - 1)) {
        break;
      }
      PlainValidator validator = state.validators().get(partial.validator());
      boolean sufficientEffectiveBalance =
          validator.effectiveBalance().compareTo(minActivationBalance) >= 0;
      boolean excessBalance = balance(partial.validator()).compareTo(minActivationBalance) > 0;
      if (validator.exitEpoch().equals(PlainValidator.FAR_FUTURE)
          && sufficientEffectiveBalance
          && excessBalance) {
        add(
            partial.validator(),
            balance(partial.validator()).subtract(minActivationBalance).min(partial.amount()));
      }
      processed++;
    }
    return processed;
  }

  private void sweep() {
    int count = state.validators().size();
    int start = state.nextWithdrawalValidatorIndex().intValueExact();
    for (int i = 0; i < Math.min(count, sweepMax); i++) {
      int index = (start + i) % count;
      PlainValidator validator = state.validators().get(index);
      if (isFullyWithdrawable(validator, balance(index))) {
        add(index, balance(index));
      } else if (isPartiallyWithdrawable(validator, balance(index))) {
        add(index, balance(index).subtract(maxOf(validator)));
      }
      if (withdrawals.size() == payloadMax) {
        break;
      }
    }
  }

  private boolean isFullyWithdrawable(PlainValidator validator, BigInteger balance) {
    return hasExecutionCredentials(validator)
        && validator.withdrawableEpoch().compareTo(epoch) <= 0
        && balance.signum() > 0;
  }

  private boolean isPartiallyWithdrawable(PlainValidator validator, BigInteger balance) {
    return hasExecutionCredentials(validator)
        && validator.effectiveBalance().equals(maxOf(validator))
        && balance.compareTo(maxOf(validator)) > 0;
  }

  private boolean hasExecutionCredentials(PlainValidator validator) {
    return validator.prefix().equals("0x01") || (electra && validator.prefix().equals("0x02"));
  }

  private BigInteger maxOf(PlainValidator validator) {
    if (!electra) {
      return maxEffectiveBalance;
    }
    return validator.prefix().equals("0x02") ? maxEffectiveBalanceElectra : minActivationBalance;
  }

  private BigInteger balance(int index) {
    BigInteger balance = state.validators().get(index).balance();
    for (Withdrawal withdrawal : withdrawals) {
      if (withdrawal.validatorIndex().equals(new ValidatorIndex(index))) {
        balance = balance.subtract(UInt64.toBigInteger(withdrawal.amount().value()));
      }
    }
    return balance;
  }

  private void add(int validator, BigInteger amount) {
    BigInteger index = state.nextWithdrawalIndex().add(BigInteger.valueOf(withdrawals.size()));
    withdrawals.add(
        new Withdrawal(
            WithdrawalIndex.parseDecimal(index.toString()),
            new ValidatorIndex(validator),
            Address.fromHex(state.validators().get(validator).address()),
            Gwei.parseDecimal(amount.toString())));
  }
}
