package io.auriga.withdrawals.expected;

/**
 * The two cursors of a state that decide what the next block carries.
 *
 * @param nextIndex {@code next_withdrawal_index}
 * @param nextValidator {@code next_withdrawal_validator_index}
 */
record SweepCursor(long nextIndex, int nextValidator) {}
