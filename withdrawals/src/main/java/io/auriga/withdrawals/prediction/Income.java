package io.auriga.withdrawals.prediction;

import java.util.Optional;

/**
 * What a validator earns, in Gwei a slot for each Gwei of effective balance.
 *
 * @param rate a few times 10^-9 on mainnet
 */
public record Income(double rate) {
  /** Three per cent a year, in slots of twelve seconds: what is assumed before anything is seen. */
  public static final Income ASSUMED = new Income(0.03 / (365.25 * 7_200));

  /** Less than this since the last payment says more of luck than of income. */
  private static final long SLOTS_MIN = 7_200;

  /**
   * The last payments of the sweep to a validator, as the ledger has them.
   *
   * @param slot of the last
   * @param slotBefore of the one before it, if any
   * @param amount of the last, in Gwei: what it earned between the two
   */
  public record Past(long slot, Optional<Long> slotBefore, long amount) {}

  /**
   * What this validator earns: since its last payment and between the two before, as far as that is
   * long enough to tell; else what others do.
   */
  double perSlot(long effectiveBalance, long excess, long headSlot, Optional<Past> past) {
    double usual = rate * effectiveBalance;
    if (past.isEmpty()) {
      return usual;
    }
    Past last = past.get();
    long since = headSlot - last.slot();
    long before = last.slotBefore().map(slot -> last.slot() - slot).orElse(0L);
    double earned = (since > 0 ? Math.max(0, excess) : 0) + (before > 0 ? last.amount() : 0);
    long slots = Math.max(0, since) + before;
    double weight = Math.min(1, (double) slots / SLOTS_MIN);
    return slots == 0 ? usual : weight * earned / slots + (1 - weight) * usual;
  }
}
