package io.auriga.withdrawals;

import io.auriga.runtime.store.Read;
import io.auriga.withdrawals.WithdrawalFilter.Order;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A range of indices in pieces that grow, from where a page begins. The payments of many validators
 * have to be sorted, so a page of them takes as long as there are payments to sort: in a stretch of
 * two sweeps every validator has two at the most, in the whole history a hundred.
 */
final class Stretches implements Iterator<IndexRange> {
  /** Two sweeps of a million validators. */
  private static final long FIRST_WIDTH = 1L << 21;

  private static final int GROWTH = 8;

  private final boolean newestFirst;
  private long first;
  private long last;
  private long width;

  Stretches(long first, long last, Order order, long width) {
    this.first = first;
    this.last = last;
    this.newestFirst = order == Order.NEWEST_FIRST;
    this.width = width;
  }

  /** The pieces of a range, as far as there are rows. */
  static Stretches of(Read read, IndexRange range, Order order, @Nullable PageCursor after) {
    long first = Math.max(range.first(), end(read, "MIN").orElse(1L));
    long last = Math.min(range.last(), end(read, "MAX").orElse(0L));
    if (after != null && order == Order.NEWEST_FIRST) {
      last = Math.min(last, after.index());
    } else if (after != null) {
      first = Math.max(first, after.index());
    }
    return new Stretches(first, last, order, FIRST_WIDTH);
  }

  private static Optional<Long> end(Read read, String which) {
    return read.first(
            "SELECT " + which + "(withdrawal_index) AS bound FROM withdrawals_entry",
            row -> row.findNumber("bound"))
        .flatMap(bound -> bound.isPresent() ? Optional.of(bound.getAsLong()) : Optional.empty());
  }

  @Override
  public boolean hasNext() {
    return first <= last;
  }

  @Override
  public IndexRange next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (last - first < width) {
      IndexRange rest = new IndexRange(first, last);
      // The end of the range may be the last number there is, with none beyond it.
      first = 1;
      last = 0;
      return rest;
    }
    IndexRange piece;
    if (newestFirst) {
      piece = new IndexRange(last - width + 1, last);
      last = piece.first() - 1;
    } else {
      piece = new IndexRange(first, first + width - 1);
      first = piece.last() + 1;
    }
    width = width > Long.MAX_VALUE / GROWTH ? Long.MAX_VALUE : width * GROWTH;
    return piece;
  }
}
