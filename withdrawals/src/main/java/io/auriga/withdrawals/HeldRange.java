package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockNumber;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether the range that a filter names is held without a hole between loads: an answer with a hole
 * in it would look like a whole one. A filter without a range asks for what is held.
 */
public final class HeldRange {
  /** Where one span ends or the next begins. */
  private record Edge(long slot, long number, long time, long index) {
    static Edge of(Row row, long index) {
      return new Edge(
          row.number("slot"), row.number("block_number"), row.number("slot_time"), index);
    }
  }

  private HeldRange() {}

  /**
   * @throws AurigaException {@code AUR-HISTORY-NOT-HELD} if it is not
   */
  public static void require(Read read, WithdrawalFilter filter) {
    if (!isBounded(filter)) {
      return;
    }
    List<Span> spans = Coverage.of(read, LedgerState.load(read)).spans();
    for (int i = 1; i < spans.size(); i++) {
      Span before = spans.get(i - 1);
      Span after = spans.get(i);
      if (before.gapBefore(after).isEmpty()) {
        continue;
      }
      Optional<Edge> end =
          edge(read, before.lastBlock(), before.nextIndex().map(next -> next.value() - 1));
      Optional<Edge> begin =
          edge(read, after.firstBlock(), after.firstIndex().map(WithdrawalIndex::value));
      if (end.isPresent() && begin.isPresent() && touches(filter, end.get(), begin.get())) {
        throw new AurigaException(
            HistoryError.NOT_HELD,
            "answer for the whole range",
            "what lies between slot %s and slot %s was not loaded"
                .formatted(before.lastBlock().slot(), after.firstBlock().slot()));
      }
    }
  }

  private static boolean isBounded(WithdrawalFilter filter) {
    return filter.fromSlot().isPresent()
        || filter.toSlot().isPresent()
        || filter.fromIndex().isPresent()
        || filter.toIndex().isPresent()
        || filter.fromTime().isPresent()
        || filter.toTime().isPresent()
        || filter.fromBlock().isPresent()
        || filter.toBlock().isPresent();
  }

  private static Optional<Edge> edge(Read read, BlockRef block, Optional<Long> index) {
    return read.first(
        "SELECT slot, block_number, slot_time FROM withdrawals_block WHERE root = ?",
        row -> Edge.of(row, index.orElse(0L)),
        (Object) block.root().toBytes());
  }

  /** Whether some of what lies between the two edges is inside all bounds of the filter. */
  private static boolean touches(WithdrawalFilter filter, Edge end, Edge begin) {
    return overlaps(
            filter.fromSlot().map(Slot::value), filter.toSlot().map(Slot::value),
            end.slot(), begin.slot())
        && overlaps(
            filter.fromBlock().map(BlockNumber::value), filter.toBlock().map(BlockNumber::value),
            end.number(), begin.number())
        && overlaps(
            filter.fromIndex().map(WithdrawalIndex::value),
            filter.toIndex().map(WithdrawalIndex::value),
            end.index(),
            begin.index())
        && overlaps(
            filter.fromTime().map(IndexRange::secondsUp),
            filter.toTime().map(HeldRange::lastSecond),
            end.time() + secondsPerSlot(end, begin) - 1,
            begin.time() - secondsPerSlot(end, begin) + 1);
  }

  /** The first slot between them begins that much after {@code end}. */
  private static long secondsPerSlot(Edge end, Edge begin) {
    return Math.max(1, (begin.time() - end.time()) / Math.max(1, begin.slot() - end.slot()));
  }

  private static long lastSecond(Instant exclusive) {
    return IndexRange.secondsUp(exclusive) - 1;
  }

  /** Whether unsigned bounds leave something strictly between {@code end} and {@code begin}. */
  private static boolean overlaps(Optional<Long> from, Optional<Long> to, long end, long begin) {
    return from.map(bound -> Long.compareUnsigned(bound, begin) < 0).orElse(true)
        && to.map(bound -> Long.compareUnsigned(bound, end) > 0).orElse(true);
  }
}
