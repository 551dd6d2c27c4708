package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.chain.IndexGap;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for withdrawals that must be in the ledger and are not, among what is followed or in one
 * load. Commits leave no holes; a damaged or half-restored database may.
 *
 * <p>First the rows are only counted. Where the counts do not agree, the blocks are walked to say
 * exactly what is missing. Both look at all that is stored, which is seconds of work for a year of
 * blocks.
 */
final class GapScan {
  private final Read read;
  private final List<Hole> open = new ArrayList<>();
  private final List<IndexGap> gaps = new ArrayList<>();
  private @Nullable BlockRef lastWhole;
  private long expected;

  private GapScan(Read read) {
    this.read = read;
  }

  /**
   * Holes between the first block that was followed and the head. What is missing of a load there
   * is not the follower's to repair.
   *
   * @param counted what the rows of the followed blocks add up to
   */
  static List<IndexGap> followed(
      Read read, LedgerState state, StageTotals counted, Coverage coverage) {
    if (state.startIndex.isEmpty()
        || state.nextIndex.isEmpty()
        || state.startSlot.isEmpty()
        || state.head == null
        || countsAgree(read, state, counted, coverage)) {
      return List.of();
    }
    List<IndexGap> gaps =
        new GapScan(read)
            .walk(
                new Slot(state.startSlot.getAsLong()),
                state.head,
                state.startIndex.getAsLong(),
                state.nextIndex.getAsLong());
    return gaps.stream().filter(gap -> !coverage.loaded(gap)).toList();
  }

  /** Holes in one load. */
  static List<IndexGap> within(Read read, HistoryUnit unit) {
    if (unit.firstIndex().isEmpty()
        || unit.nextIndex().isEmpty()
        || HistoryRows.areWhole(read, unit)) {
      return List.of();
    }
    return new GapScan(read)
        .walk(
            unit.first(),
            unit.lastBlock(),
            unit.firstIndex().get().value(),
            unit.nextIndex().get().value());
  }

  /** Withdrawals missing after a block, before the next whole block is known. */
  private record Hole(long first, long last, @Nullable BlockRef after) {}

  /** A canonical block with withdrawals, and how many of them are there. */
  private record Stretch(BlockRef block, long id, long first, long count, long held) {
    static Stretch of(Row row) {
      return new Stretch(
          BlockRow.ref(row),
          row.number("block_id"),
          row.number("first_index"),
          row.number("withdrawal_count"),
          row.number("held"));
    }
  }

  private List<IndexGap> walk(Slot first, BlockRef last, long firstIndex, long nextIndex) {
    expected = firstIndex;
    read.forEach(
        """
        SELECT slot, root, block_id, first_index, withdrawal_count,
          (SELECT COUNT(*) FROM withdrawals_entry e
            WHERE e.withdrawal_index >= b.first_index
              AND e.withdrawal_index < b.first_index + b.withdrawal_count
              AND e.block_id = b.block_id) AS held
        FROM withdrawals_block b
        WHERE canonical = 1 AND withdrawal_count > 0 AND slot >= ? AND slot <= ? ORDER BY slot
        """,
        row -> visit(Stretch.of(row)),
        first.value(),
        last.slot().value());
    missing(expected, nextIndex);
    close(last);
    return List.copyOf(gaps);
  }

  private static boolean countsAgree(
      Read read, LedgerState state, StageTotals counted, Coverage coverage) {
    return state.expects(counted.canonical().withdrawals(), coverage)
        && counted.all().withdrawals()
            == read.first(
                    """
                    SELECT COUNT(*) AS n FROM withdrawals_entry
                    WHERE block_id > 0 AND withdrawal_index >=
                      (SELECT COALESCE(MIN(first_index), 0) FROM withdrawals_block
                        WHERE block_id > 0)
                    """,
                    row -> row.number("n"))
                .orElseThrow();
  }

  private void visit(Stretch block) {
    missing(expected, block.first());
    expected = block.first() + block.count();
    if (block.held() == block.count()) {
      close(block.block());
      lastWhole = block.block();
    } else {
      visitRows(block);
    }
  }

  private void visitRows(Stretch block) {
    List<Long> held =
        read.query(
            """
            SELECT withdrawal_index FROM withdrawals_entry
            WHERE withdrawal_index >= ? AND withdrawal_index < ? AND block_id = ?
            ORDER BY withdrawal_index
            """,
            row -> row.number("withdrawal_index"),
            block.first(),
            expected,
            block.id());
    long next = block.first();
    for (long index : held) {
      missing(next, index);
      next = index + 1;
    }
    missing(next, expected);
  }

  /** Everything from {@code from} up to and without {@code end} is missing. */
  private void missing(long from, long end) {
    if (from >= end) {
      return;
    }
    Hole hole = new Hole(from, end - 1, lastWhole);
    if (!open.isEmpty() && open.getLast().last() == from - 1) {
      Hole before = open.removeLast();
      hole = new Hole(before.first(), end - 1, before.after());
    }
    open.add(hole);
  }

  private void close(BlockRef whole) {
    for (Hole hole : open) {
      gaps.add(
          new IndexGap(
              new WithdrawalIndex(hole.first()),
              new WithdrawalIndex(hole.last()),
              Optional.ofNullable(hole.after()),
              whole));
    }
    open.clear();
  }
}
