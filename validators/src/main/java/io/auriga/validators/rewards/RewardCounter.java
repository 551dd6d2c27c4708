package io.auriga.validators.rewards;

/** Adds up rewards. Throws {@link ArithmeticException} where a sum does not fit. */
final class RewardCounter {
  private final long[] earned = new long[RewardPart.COUNT];
  private final long[] ideal = new long[RewardPart.COUNT];
  private final long[] unknown = new long[RewardColumns.DUTIES];
  private long epochs;

  /** Adds one row. */
  void add(RewardColumns rows, int row) {
    epochs++;
    for (int duty = 0; duty < unknown.length; duty++) {
      unknown[duty] += rows.isUnknown(row, 1 << duty) ? 1 : 0;
    }
    for (int part = 0; part < RewardPart.COUNT; part++) {
      earned[part] = Math.addExact(earned[part], rows.earned(row, part));
      ideal[part] = Math.addExact(ideal[part], rows.ideal(row, part));
    }
  }

  /** Adds the rows of some validators. */
  void add(RewardColumns rows, int[] validators) {
    for (int validator : validators) {
      int row = rows.rowOf(validator);
      if (row >= 0) {
        add(rows, row);
      }
    }
  }

  RewardTotals totals() {
    return new RewardTotals(epochs, unknown.clone(), earned.clone(), ideal.clone());
  }
}
