package io.auriga.withdrawals.prediction;

import java.util.Arrays;

/**
 * The latest figures of one kind, the oldest giving way, and their quantiles. Shared by threads.
 */
final class Errors {
  private static final int KEPT = 2_048;

  private final double[] ring = new double[KEPT];
  private double[] sorted = {};
  private long added;
  private boolean dirty;

  synchronized void add(double figure) {
    ring[(int) (added++ % KEPT)] = figure;
    dirty = true;
  }

  synchronized void clear() {
    added = 0;
    dirty = true;
  }

  synchronized int size() {
    return (int) Math.min(added, KEPT);
  }

  /** The figure below which this share of them lies; there must be one. */
  synchronized double quantile(double share) {
    if (dirty) {
      sorted = Arrays.copyOf(ring, size());
      Arrays.sort(sorted);
      dirty = false;
    }
    int rank = (int) Math.ceil(share * (sorted.length + 1)) - 1;
    return sorted[Math.clamp(rank, 0, sorted.length - 1)];
  }
}
