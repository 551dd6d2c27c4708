package io.auriga.withdrawals;

import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.types.Address;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.WithdrawalFilter.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statements for one filter: one over the canonical chain, driven by an index over withdrawals;
 * and one over orphaned blocks, which are few and are driven by an index of their own. {@code CROSS
 * JOIN} is an ordinary join to PostgreSQL, and to SQLite also the order in which to visit the
 * tables.
 */
final class WithdrawalSelect {
  private static final String COLUMNS =
      """
      SELECT e.withdrawal_index, e.validator_index, e.address, e.amount_gwei, b.block_id, b.slot,
        b.root, b.block_number, b.block_hash, b.withdrawals_root, b.slot_time, b.first_index,
        b.consensus_at, b.executed_at, b.safe_at, b.finalized_at, b.orphaned_at, k.evidence
      """;

  private static final String CANONICAL =
      COLUMNS
          + """
          FROM withdrawals_entry e CROSS JOIN withdrawals_block b
            LEFT JOIN withdrawals_kind k ON k.block_id = b.block_id
          WHERE b.block_id = e.block_id AND b.canonical = 1
          """;

  private static final String ORPHANED =
      COLUMNS
          + """
          FROM withdrawals_block b CROSS JOIN withdrawals_entry e
            LEFT JOIN withdrawals_kind k ON k.block_id = b.block_id
          WHERE b.canonical = 0 AND e.block_id = b.block_id
            AND e.withdrawal_index >= b.first_index
            AND e.withdrawal_index < b.first_index + b.withdrawal_count
          """;

  private final WithdrawalFilter filter;

  WithdrawalSelect(WithdrawalFilter filter) {
    this.filter = filter;
  }

  /** A record with its place in the order of lists. */
  record Found(long index, long blockId, WithdrawalRecord record) {
    static Found of(Row row) {
      return new Found(
          row.number("withdrawal_index"), row.number("block_id"), BlockRow.withdrawalRecord(row));
    }

    boolean isBefore(Found other, Order order) {
      int difference =
          index != other.index
              ? Long.compare(index, other.index)
              : Long.compare(blockId, other.blockId);
      return order == Order.OLDEST_FIRST ? difference < 0 : difference > 0;
    }

    PageCursor cursor(Order order) {
      return new PageCursor(order, index, blockId);
    }
  }

  /** Canonical matches after the cursor; empty where there can be none. */
  Optional<SelectSql> canonical(Read read, @Nullable PageCursor after) {
    return range(read).map(range -> canonical(range, after));
  }

  /** Where canonical matches lie; empty where there can be none. */
  Optional<IndexRange> range(Read read) {
    return filter.wantsCanonical() ? IndexRange.of(read, filter) : Optional.empty();
  }

  /** Canonical matches after the cursor within a range, which the filter's own is no wider than. */
  SelectSql canonical(IndexRange range, @Nullable PageCursor after) {
    SelectSql sql = new SelectSql(CANONICAL);
    if (!range.isAll()) {
      sql.and("e.withdrawal_index >= ?", range.first())
          .and("e.withdrawal_index <= ?", range.last());
    }
    names(sql);
    stages(sql);
    return ordered(sql, after);
  }

  /** Orphaned matches after the cursor. */
  Optional<SelectSql> orphaned(@Nullable PageCursor after) {
    if (!filter.wantsOrphaned() || hasImpossibleBound()) {
      return Optional.empty();
    }
    SelectSql sql = new SelectSql(ORPHANED);
    names(sql);
    filter.fromIndex().ifPresent(index -> sql.and("e.withdrawal_index >= ?", index.value()));
    filter
        .toIndex()
        .ifPresent(index -> sql.and("e.withdrawal_index <= ?", IndexRange.upper(index.value())));
    filter.fromSlot().ifPresent(slot -> sql.and("b.slot >= ?", slot.value()));
    filter.toSlot().ifPresent(slot -> sql.and("b.slot <= ?", IndexRange.upper(slot.value())));
    filter.fromBlock().ifPresent(block -> sql.and("b.block_number >= ?", block.value()));
    filter
        .toBlock()
        .ifPresent(block -> sql.and("b.block_number <= ?", IndexRange.upper(block.value())));
    filter.fromTime().ifPresent(time -> sql.and("b.slot_time >= ?", IndexRange.secondsUp(time)));
    filter.toTime().ifPresent(time -> sql.and("b.slot_time < ?", IndexRange.secondsUp(time)));
    filter.blockRoot().ifPresent(root -> sql.and("b.root = ?", (Object) root.toBytes()));
    filter.blockHash().ifPresent(hash -> sql.and("b.block_hash = ?", (Object) hash.toBytes()));
    return Optional.of(ordered(sql, after));
  }

  /** A lower bound beyond what is ever stored would be negative in a column. */
  private boolean hasImpossibleBound() {
    return filter.fromIndex().filter(index -> index.value() < 0).isPresent()
        || filter.fromSlot().filter(slot -> slot.value() < 0).isPresent()
        || filter.fromBlock().filter(block -> block.value() < 0).isPresent();
  }

  private void names(SelectSql sql) {
    sql.andIn(
        "e.validator_index", filter.validators().stream().map(ValidatorIndex::value).toList());
    sql.andIn("e.address", filter.addresses().stream().map(Address::toBytes).toList());
  }

  private void stages(SelectSql sql) {
    List<String> wanted = new ArrayList<>();
    for (Stage stage : filter.stages()) {
      switch (stage) {
        case FINALIZED -> wanted.add("b.finalized_at IS NOT NULL");
        case SAFE -> wanted.add("b.finalized_at IS NULL AND b.safe_at IS NOT NULL");
        case EXECUTION ->
            wanted.add(
                "b.finalized_at IS NULL AND b.safe_at IS NULL AND b.executed_at IS NOT NULL");
        case CONSENSUS ->
            wanted.add("b.finalized_at IS NULL AND b.safe_at IS NULL AND b.executed_at IS NULL");
        case ORPHANED -> {}
      }
    }
    if (!wanted.isEmpty()) {
      sql.and("((" + String.join(") OR (", wanted) + "))");
    }
  }

  private SelectSql ordered(SelectSql sql, @Nullable PageCursor after) {
    boolean newest = filter.order() == Order.NEWEST_FIRST;
    if (after != null) {
      // The plain bound lets any index over withdrawals begin at the cursor.
      sql.and("e.withdrawal_index " + (newest ? "<= ?" : ">= ?"), after.index())
          .and(
              "(e.withdrawal_index, e.block_id) " + (newest ? "< (?, ?)" : "> (?, ?)"),
              after.index(),
              after.blockId());
    }
    // Of several names all are sorted: in the order of the table they may be a million rows apart.
    String index = filter.names() > 1 ? "e.withdrawal_index + 0" : "e.withdrawal_index";
    return sql.then(
        newest
            ? "ORDER BY %s DESC, e.block_id DESC".formatted(index)
            : "ORDER BY %s, e.block_id".formatted(index));
  }
}
