package io.auriga.validators.accounting;

/** Adds up what validators did, one after the other. */
final class TotalsCounter {
  private static final int FLAG_SETS = 8;

  private final Columns columns;
  private final long[] byFlags = new long[FLAG_SETS];
  private final long[] byDistance;
  private final long[] byLateness;
  private long assigned;

  TotalsCounter(Columns columns) {
    this.columns = columns;
    // The window ends with the epoch behind the duty's.
    int slots = 2 * columns.earliest().length;
    this.byDistance = new long[slots];
    this.byLateness = new long[slots];
  }

  void add(int validator) {
    if (validator < 0 || validator >= columns.validatorCount()) {
      return;
    }
    int slot = columns.dutySlots()[validator];
    if (slot == Columns.NOT_ACTIVE) {
      return;
    }
    assigned++;
    byFlags[columns.flags()[validator] & (FLAG_SETS - 1)]++;
    int distance = columns.distances()[validator];
    if (distance > 0) {
      byDistance[distance]++;
      byLateness[distance - columns.earliest()[slot]]++;
    }
  }

  DutyTotals totals() {
    return new DutyTotals(
        assigned,
        with(Columns.SOURCE),
        with(Columns.TARGET),
        with(Columns.HEAD),
        byDistance.clone(),
        byLateness.clone());
  }

  private long with(int flag) {
    long sum = 0;
    for (int set = 0; set < FLAG_SETS; set++) {
      sum += (set & flag) != 0 ? byFlags[set] : 0;
    }
    return sum;
  }
}
