package io.auriga.withdrawals.expected;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.types.Address;

/** A state in SSZ, asked where it lies. */
record StateInPlace(BeaconStateView state) implements ValidatorStates {
  @Override
  public long nextWithdrawalIndex() {
    return state.nextWithdrawalIndex();
  }

  @Override
  public int nextWithdrawalValidatorIndex() {
    return state.nextWithdrawalValidatorIndex();
  }

  @Override
  public int validatorCount() {
    return state.validatorCount();
  }

  @Override
  public long balance(int validator) {
    return state.balance(validator);
  }

  @Override
  public long effectiveBalance(int validator) {
    return state.effectiveBalance(validator);
  }

  @Override
  public int credentialsPrefix(int validator) {
    return state.credentialsPrefix(validator);
  }

  @Override
  public Address credentialsAddress(int validator) {
    return state.credentialsAddress(validator);
  }

  @Override
  public long exitEpoch(int validator) {
    return state.exitEpoch(validator);
  }

  @Override
  public long withdrawableEpoch(int validator) {
    return state.withdrawableEpoch(validator);
  }

  @Override
  public int partialCount() {
    return state.partialCount();
  }

  @Override
  public int partialValidator(int partial) {
    return state.partialValidatorIndex(partial);
  }

  @Override
  public long partialAmount(int partial) {
    return state.partialAmount(partial);
  }

  @Override
  public long partialWithdrawableEpoch(int partial) {
    return state.partialWithdrawableEpoch(partial);
  }
}
