package io.auriga.withdrawals.expected;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.types.Address;

/**
 * What the rules of withdrawals ask of a beacon state. The numbers are primitive, because thousands
 * of validators are looked at for one block: amounts in Gwei and epochs, the raw 64 bits to be read
 * as unsigned. Validators and pending partial withdrawals are asked for by their place.
 */
public interface ValidatorStates {
  long nextWithdrawalIndex();

  /** Where the sweep goes on; below {@link #validatorCount}. */
  int nextWithdrawalValidatorIndex();

  /** At least 1. */
  int validatorCount();

  long balance(int validator);

  long effectiveBalance(int validator);

  /** The first byte of the withdrawal credentials. */
  int credentialsPrefix(int validator);

  /** The last 20 bytes of the withdrawal credentials. */
  Address credentialsAddress(int validator);

  long exitEpoch(int validator);

  long withdrawableEpoch(int validator);

  /** Requested withdrawals that wait; 0 before Electra. */
  int partialCount();

  /** Below {@link #validatorCount}. */
  int partialValidator(int partial);

  long partialAmount(int partial);

  long partialWithdrawableEpoch(int partial);

  /** Those of a state that lies in one piece. */
  static ValidatorStates of(BeaconStateView state) {
    return new StateInPlace(state);
  }
}
