package io.auriga.withdrawals.statement;

import io.auriga.withdrawals.WithdrawalKind;
import java.util.OptionalLong;

/**
 * A payment told apart, in Gwei. The four parts are the whole amount.
 *
 * <p>The rule:
 *
 * <ul>
 *   <li>A sweep excess is consensus income: it is what was above the most that a validator keeps. A
 *       deposit beyond that comes back as income, too; the ledger does not follow deposits.
 *   <li>A requested partial is its own part: the operator took it out of what compounds, which is
 *       stake and income mixed.
 *   <li>A full withdrawal with credentials 0x01 is principal up to 32 ether (the activation
 *       balance) and income above.
 *   <li>A full withdrawal with compounding credentials is principal up to the effective balance in
 *       the state of its block, which income has grown, and income above. Where no node served that
 *       state it is unattributed.
 *   <li>What a validator is paid in full after that, or at an effective balance of 0, is income:
 *       its principal was paid, or consolidated into another, before.
 *   <li>What is not known in kind is unattributed.
 * </ul>
 *
 * @param unattributed what nothing is known of
 */
public record Split(long principal, long income, long requested, long unattributed) {
  /**
   * What is known of a full withdrawal.
   *
   * @param keeps the most that credentials 0x01 keep; empty for compounding ones
   * @param effective the effective balance in the state of its block, if it was served
   * @param paidBefore whether an earlier block paid the validator in full
   */
  record Full(OptionalLong keeps, OptionalLong effective, boolean paidBefore) {}

  static Split of(WithdrawalKind kind, long amount) {
    return switch (kind) {
      case SWEEP_EXCESS -> new Split(0, amount, 0, 0);
      case REQUESTED_PARTIAL -> new Split(0, 0, amount, 0);
      case FULL, BUILDER, UNKNOWN -> new Split(0, 0, 0, amount);
    };
  }

  static Split of(Full full, long amount) {
    boolean principalIsGone =
        full.paidBefore() || (full.effective().isPresent() && full.effective().getAsLong() == 0);
    if (principalIsGone) {
      return upTo(0, amount);
    }
    OptionalLong principal = full.keeps().isPresent() ? full.keeps() : full.effective();
    return principal.isPresent() ? upTo(principal.getAsLong(), amount) : new Split(0, 0, 0, amount);
  }

  private static Split upTo(long principal, long amount) {
    long part = Math.min(principal, amount);
    return new Split(part, amount - part, 0, 0);
  }
}
