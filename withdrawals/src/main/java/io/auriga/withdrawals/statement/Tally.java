package io.auriga.withdrawals.statement;

import io.auriga.types.UInt64;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Sums} are while they grow: a hundred bytes, whatever is added, because a statement
 * may have a line for each of some million validators. A sum that leaves 64 bits is still exact.
 */
final class Tally {
  private static final int AMOUNT = 0;
  private static final int PRINCIPAL = 1;
  private static final int INCOME = 2;
  private static final int REQUESTED = 3;
  private static final int UNATTRIBUTED = 4;
  private static final int PARTS = 5;

  private long count;

  /** The lower 64 bits of each sum, unsigned. */
  private final long[] low = new long[PARTS];

  /** What is above them; missing while it is nothing. */
  private int @Nullable [] high;

  void add(long gwei, Split split) {
    count++;
    add(AMOUNT, gwei);
    add(PRINCIPAL, split.principal());
    add(INCOME, split.income());
    add(REQUESTED, split.requested());
    add(UNATTRIBUTED, split.unattributed());
  }

  private void add(int part, long gwei) {
    low[part] += gwei;
    if (Long.compareUnsigned(low[part], gwei) < 0) {
      int[] carries = high == null ? new int[PARTS] : high;
      carries[part]++;
      high = carries;
    }
  }

  Sums sums() {
    return new Sums(
        count, sum(AMOUNT), sum(PRINCIPAL), sum(INCOME), sum(REQUESTED), sum(UNATTRIBUTED));
  }

  private BigInteger sum(int part) {
    int above = high == null ? 0 : high[part];
    return BigInteger.valueOf(above).shiftLeft(Long.SIZE).add(UInt64.toBigInteger(low[part]));
  }
}
