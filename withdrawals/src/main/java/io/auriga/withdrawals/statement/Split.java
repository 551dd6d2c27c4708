package io.auriga.withdrawals.statement;

import io.auriga.withdrawals.WithdrawalKind;

/**
 * A payment told apart, in Gwei. The four parts are the whole amount.
 *
 * <ul>
 *   <li>A requested partial is its own part: the operator took it out of what compounds, which is
 *       stake and income mixed.
 *   <li>Of what the sweep pays, an excess or in full, principal is what was put in, by deposits and
 *       never by rewards, and income is what was earned since the sweep paid before. How that is
 *       found is in {@code BasisRules}, beside the kinds.
 *   <li>What cannot be told is unattributed, with a reason.
 * </ul>
 *
 * @param unattributed what nothing is known of
 */
record Split(long principal, long income, long requested, long unattributed) {
  /**
   * What was found out of a payment by the sweep.
   *
   * @param principal what was put in
   * @param unknown what may have been
   */
  record Basis(long principal, long unknown) {}

  /** Of a payment of which no more is known than its kind. */
  static Split of(WithdrawalKind kind, long amount) {
    return switch (kind) {
      case SWEEP_EXCESS -> new Split(0, amount, 0, 0);
      case REQUESTED_PARTIAL -> new Split(0, 0, amount, 0);
      case FULL, BUILDER, UNKNOWN -> new Split(0, 0, 0, amount);
    };
  }

  static Split of(Basis basis, long amount) {
    return new Split(
        basis.principal(), amount - basis.principal() - basis.unknown(), 0, basis.unknown());
  }
}
