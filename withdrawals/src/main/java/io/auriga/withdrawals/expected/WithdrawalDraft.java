package io.auriga.withdrawals.expected;

import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.util.ArrayList;
import java.util.List;

/** A list of withdrawals as it grows, as numbers: the objects are made once, at the end. */
final class WithdrawalDraft {
  private final ValidatorStates state;
  private final int[] validators;
  private final long[] amounts;
  private int size;

  WithdrawalDraft(ValidatorStates state, int max) {
    this.state = state;
    this.validators = new int[max];
    this.amounts = new long[max];
  }

  int size() {
    return size;
  }

  int lastValidator() {
    return validators[size - 1];
  }

  /** {@code get_balance_after_withdrawals}: what the withdrawals so far leave a validator. */
  long remaining(int validator) {
    long balance = state.balance(validator);
    for (int i = 0; i < size; i++) {
      if (validators[i] == validator) {
        // No entry takes more than was left, so that this cannot go below zero.
        balance -= amounts[i];
      }
    }
    return balance;
  }

  void add(int validator, long amount) {
    validators[size] = validator;
    amounts[size] = amount;
    size++;
  }

  ExpectedWithdrawals finish(int processedPartials, int nextSweepStart) {
    long index = state.nextWithdrawalIndex();
    if (Long.compareUnsigned(index, -1L - size) > 0) {
      throw new ArithmeticException(
          "the withdrawal index "
              + Long.toUnsignedString(index)
              + " and "
              + size
              + " more do not fit 64 bits");
    }
    List<Withdrawal> withdrawals = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      withdrawals.add(
          new Withdrawal(
              new WithdrawalIndex(index + i),
              new ValidatorIndex(validators[i]),
              state.credentialsAddress(validators[i]),
              new Gwei(amounts[i])));
    }
    return new ExpectedWithdrawals(
        withdrawals,
        processedPartials,
        new WithdrawalIndex(index + size),
        new ValidatorIndex(nextSweepStart));
  }
}
