package io.auriga.withdrawals;

import io.auriga.chain.IndexGap;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.WithdrawalSelect.Found;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows. Each answer is one consistent state of the store; works on a store that
 * another process writes. Safe for many threads.
 */
public final class WithdrawalQueries {
  /** Records in one answer; more come page by page, or from the export. */
  public static final int LIMIT_MAX = 1_000;

  private final Store store;

  public WithdrawalQueries(Store store) {
    this.store = store;
  }

  /**
   * One page of what the filter asks for.
   *
   * @param cursor of the page before; the filter must be the same
   * @throws AurigaException {@code AUR-HISTORY-NOT-HELD} if the filter names a range of which a
   *     part was not loaded: never a short list
   */
  public WithdrawalPage list(WithdrawalFilter filter, int limit, Optional<String> cursor) {
    requireLimit(limit);
    @Nullable PageCursor after =
        cursor.isPresent() ? PageCursor.parse(cursor.get(), filter.order()) : null;
    WithdrawalSelect select = new WithdrawalSelect(filter);
    List<Found> found =
        store.read(
            read -> {
              HeldRange.require(read, filter);
              return merged(
                  filter,
                  canonical(read, filter, select, after, limit + 1),
                  found(read, select.orphaned(after), limit + 1));
            });
    Optional<String> next =
        found.size() > limit
            ? Optional.of(found.get(limit - 1).cursor(filter.order()).toString())
            : Optional.empty();
    return new WithdrawalPage(found.stream().limit(limit).map(Found::record).toList(), next);
  }

  /** Of several names in stretches: no index has their payments in one order. */
  private static List<Found> canonical(
      Read read,
      WithdrawalFilter filter,
      WithdrawalSelect select,
      @Nullable PageCursor after,
      int limit) {
    Optional<IndexRange> range = select.range(read);
    if (range.isEmpty() || filter.names() < 2) {
      return found(read, range.map(whole -> select.canonical(whole, after)), limit);
    }
    List<Found> found = new ArrayList<>();
    Stretches stretches = Stretches.of(read, range.get(), filter.order(), after);
    while (found.size() < limit && stretches.hasNext()) {
      SelectSql sql = select.canonical(stretches.next(), after);
      found.addAll(found(read, Optional.of(sql), limit - found.size()));
    }
    return found;
  }

  private static List<Found> found(Read read, Optional<SelectSql> sql, int limit) {
    if (sql.isEmpty()) {
      return List.of();
    }
    SelectSql limited = sql.get().then("LIMIT ?", limit);
    return read.query(limited.text(), Found::of, limited.parameters());
  }

  private static List<Found> merged(
      WithdrawalFilter filter, List<Found> canonical, List<Found> orphaned) {
    Deque<Found> waiting = new ArrayDeque<>(orphaned);
    List<Found> merged = new ArrayList<>(canonical.size() + orphaned.size());
    for (Found next : canonical) {
      while (!waiting.isEmpty() && waiting.getFirst().isBefore(next, filter.order())) {
        merged.add(waiting.removeFirst());
      }
      merged.add(next);
    }
    merged.addAll(waiting);
    return merged;
  }

  /** The canonical withdrawal of this index first, then orphaned ones, newest first. */
  public List<WithdrawalRecord> show(WithdrawalIndex index) {
    WithdrawalFilter filter =
        WithdrawalFilter.ALL.withFromIndex(index).withToIndex(index).withOrphaned();
    WithdrawalSelect select = new WithdrawalSelect(filter);
    return store.read(
        read -> {
          List<Found> all = new ArrayList<>(found(read, select.canonical(read, null), LIMIT_MAX));
          all.addAll(found(read, select.orphaned(null), LIMIT_MAX));
          return all.stream().map(Found::record).toList();
        });
  }

  /**
   * Hands over everything the filter asks for, in its order, from one state of the store.
   *
   * @throws AurigaException as {@link #list} does, before anything is handed over
   */
  public void export(WithdrawalFilter filter, Consumer<WithdrawalRecord> sink) {
    boolean _ =
        store.read(
            read -> {
              HeldRange.require(read, filter);
              new ExportMerge(read, filter, sink).run();
              return true;
            });
  }

  /** The ledger in a few figures. */
  public LedgerSummary summary() {
    return store.read(LedgerSummaryRead::summary);
  }

  /**
   * Holes in the canonical sequence of withdrawal indices, oldest first: rows that were lost, and
   * what lies between loads of history and what is followed. Counts all rows, which is seconds of
   * work for a year of blocks.
   */
  public List<LedgerGap> gaps() {
    return store.read(
        read -> {
          Coverage coverage = Coverage.of(read, LedgerState.load(read));
          List<IndexGap> lost = new ArrayList<>(LedgerAudit.of(read).gaps());
          coverage.units().forEach(unit -> lost.addAll(GapScan.within(read, unit)));
          return LedgerGap.of(lost, Coverage.between(coverage.spans()));
        });
  }

  /**
   * The same without looking at the rows: what the figures of {@link #summary} say is lost, and
   * what was not loaded. Costs nothing while all is well.
   */
  public List<LedgerGap> knownGaps() {
    return store.read(
        read -> {
          List<IndexGap> lost =
              LedgerSummaryRead.summary(read).gaps() == 0 ? List.of() : LedgerAudit.of(read).gaps();
          Coverage coverage = Coverage.of(read, LedgerState.load(read));
          return LedgerGap.of(lost, Coverage.between(coverage.spans()));
        });
  }

  /** What was loaded as history, oldest first. */
  public List<HistoryUnit> loads() {
    return store.read(read -> Coverage.of(read, LedgerState.load(read)).units());
  }

  /**
   * The loads for which nobody vouches beside the files that they came from, oldest first. Whoever
   * vouches for a block does so for all that it descends from: each names its parent. So a load is
   * anchored by a witness of its own, by what is followed above it, or by a newer load that is.
   */
  public List<HistoryUnit> unanchored() {
    return store.read(read -> Coverage.of(read, LedgerState.load(read)).unanchored());
  }

  /** Whether all rows of a load are there. Counts them. */
  public boolean isWhole(HistoryUnit load) {
    return store.read(read -> HistoryRows.areWhole(read, load));
  }

  /** What was lost of what was loaded. Counts all of its rows, a load at a time. */
  public List<IndexGap> lostOfLoads() {
    List<IndexGap> lost = new ArrayList<>();
    for (HistoryUnit load : loads()) {
      lost.addAll(store.read(read -> GapScan.within(read, load)));
    }
    return lost;
  }

  /** The stretches of the chain that are held without a hole, oldest first. */
  public List<Span> spans() {
    return store.read(read -> Coverage.of(read, LedgerState.load(read)).spans());
  }

  /**
   * Blocks from the newest back, orphaned ones included. All blocks of a slot come together, so
   * that there may be a few more than {@code limit}.
   *
   * @param before only blocks of slots below this one
   */
  public List<BlockRecord> blocks(int limit, Optional<Slot> before) {
    requireLimit(limit);
    long below = before.map(slot -> IndexRange.upper(slot.value())).orElse(Long.MAX_VALUE);
    return store.read(
        read -> {
          List<BlockRecord> blocks =
              new ArrayList<>(
                  read.query(
                      """
                      SELECT * FROM withdrawals_block WHERE slot < ?
                      ORDER BY slot DESC, canonical DESC, block_id DESC LIMIT ?
                      """,
                      BlockRow::block,
                      below,
                      limit));
          if (blocks.size() == limit) {
            Slot last = blocks.getLast().slot();
            blocks.removeIf(block -> block.slot().equals(last));
            blocks.addAll(
                read.query(
                    """
                    SELECT * FROM withdrawals_block WHERE slot = ?
                    ORDER BY canonical DESC, block_id DESC
                    """,
                    BlockRow::block,
                    last.value()));
          }
          return List.copyOf(blocks);
        });
  }

  /** Canonical blocks that are not final yet, oldest first: the newest {@code limit} of them. */
  List<UnfinalBlock> unfinal(int limit) {
    return store
        .read(
            read ->
                read.query(
                    """
                    SELECT * FROM withdrawals_block WHERE canonical = 1 AND finalized_at IS NULL
                    ORDER BY slot DESC LIMIT ?
                    """,
                    UnfinalBlock::of,
                    limit))
        .reversed();
  }

  /** How many withdrawals were missing when the ledger last looked for holes. */
  long missing() {
    return store.read(LedgerState::load).gapSize;
  }

  /** The index of the last final withdrawal. */
  Optional<WithdrawalIndex> lastFinalIndex() {
    return list(WithdrawalFilter.ALL.withStages(Set.of(Stage.FINALIZED)), 1, Optional.empty())
        .records()
        .stream()
        .findFirst()
        .map(record -> record.withdrawal().index());
  }

  public Optional<BlockRecord> block(Root root) {
    return block("root", root.toBytes());
  }

  /** The canonical block with this payload, else the newest orphaned one. */
  public Optional<BlockRecord> block(BlockHash hash) {
    return block("block_hash", hash.toBytes());
  }

  /** The canonical block of this number, else the newest orphaned one. */
  public Optional<BlockRecord> block(BlockNumber number) {
    return block("block_number", number.value());
  }

  /** The canonical block of this slot, else the newest orphaned one. */
  public Optional<BlockRecord> block(Slot slot) {
    return block("slot", slot.value());
  }

  private Optional<BlockRecord> block(String column, Object value) {
    return store.read(
        read ->
            read.first(
                "SELECT * FROM withdrawals_block WHERE "
                    + column
                    + " = ? ORDER BY canonical DESC, slot DESC, block_id DESC LIMIT 1",
                BlockRow::block,
                value));
  }

  private static void requireLimit(int limit) {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new AurigaException(
          WithdrawalError.BAD_LIMIT,
          "list %d records at once".formatted(limit),
          "it must be between 1 and " + LIMIT_MAX);
    }
  }
}
