package io.auriga.withdrawals.expected;

import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.util.List;

/**
 * What a block on top of a state must carry, and what it leaves in the state.
 *
 * @param withdrawals in the block's order: requested ones, then those of the sweep
 * @param processedPartials how many entries leave the queue of pending partial withdrawals; one
 *     that is not entitled leaves it without a withdrawal
 * @param nextWithdrawalIndex after the block
 * @param nextWithdrawalValidatorIndex after the block: where the next sweep begins
 */
public record ExpectedWithdrawals(
    List<Withdrawal> withdrawals,
    int processedPartials,
    WithdrawalIndex nextWithdrawalIndex,
    ValidatorIndex nextWithdrawalValidatorIndex) {
  public ExpectedWithdrawals {
    withdrawals = List.copyOf(withdrawals);
  }
}
