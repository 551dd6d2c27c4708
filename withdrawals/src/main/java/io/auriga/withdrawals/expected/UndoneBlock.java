package io.auriga.withdrawals.expected;

import io.auriga.clients.consensus.Validator;
import io.auriga.types.Address;
import io.auriga.types.Withdrawal;
import java.util.List;

/**
 * The state that a block met where an epoch began before it: no node serves it, but it follows from
 * the state that the block left by taking back what the block did. Effective balances, credentials
 * and epochs are the same in both for whom the block did not touch.
 */
final class UndoneBlock implements ValidatorStates {
  private final FetchedStates after;
  private final BlockEffects effects;
  private final List<Withdrawal> paid;

  /**
   * @param after the state that the block left, but with the cursors and the queue of the parent's
   * @param paid what the block carries
   */
  UndoneBlock(FetchedStates after, BlockEffects effects, List<Withdrawal> paid) {
    this.after = after;
    this.effects = effects;
    this.paid = paid;
  }

  private Validator untouched(int index) {
    Validator validator = after.validator(index);
    effects.requireUntouched(validator);
    return validator;
  }

  @Override
  public long balance(int index) {
    long sum = 0;
    for (Withdrawal withdrawal : paid) {
      if (withdrawal.validatorIndex().value() == index) {
        sum += withdrawal.amount().value();
      }
    }
    return effects.balanceBefore(after.validator(index), sum);
  }

  @Override
  public long effectiveBalance(int index) {
    // Only epochs change it.
    return after.effectiveBalance(index);
  }

  @Override
  public int credentialsPrefix(int index) {
    return untouched(index).credentials().bytes().toBytes()[0] & 0xff;
  }

  @Override
  public Address credentialsAddress(int index) {
    return after.credentialsAddress(index);
  }

  @Override
  public long exitEpoch(int index) {
    return untouched(index).life().exit().value();
  }

  @Override
  public long withdrawableEpoch(int index) {
    return untouched(index).life().withdrawable().value();
  }

  @Override
  public long nextWithdrawalIndex() {
    return after.nextWithdrawalIndex();
  }

  @Override
  public int nextWithdrawalValidatorIndex() {
    return after.nextWithdrawalValidatorIndex();
  }

  @Override
  public int validatorCount() {
    return after.validatorCount();
  }

  @Override
  public int partialCount() {
    return after.partialCount();
  }

  @Override
  public int partialValidator(int partial) {
    return after.partialValidator(partial);
  }

  @Override
  public long partialAmount(int partial) {
    return after.partialAmount(partial);
  }

  @Override
  public long partialWithdrawableEpoch(int partial) {
    return after.partialWithdrawableEpoch(partial);
  }
}
