package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.BulkRows;
import io.auriga.runtime.store.BulkTable;
import io.auriga.runtime.store.BulkTable.Column;
import io.auriga.runtime.store.LateIndex;
import io.auriga.runtime.store.PartitionedTable;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.StoredTime;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.Address;
import io.auriga.types.Root;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.RequestWriter.OfBlock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The rows of loaded history: written all at once, and taken away when they were damaged. */
final class HistoryRows {
  /** As the migration has it. */
  static final PartitionedTable ENTRIES = new PartitionedTable("withdrawals_entry", 1L << 22);

  /** In whose order payments come again after a week, each time all over the index. */
  static final LateIndex BY_VALIDATOR =
      new LateIndex(
          "withdrawals_entry_validator",
          "withdrawals_entry",
          "validator_index, withdrawal_index, block_id");

  /** In no order at all. */
  static final LateIndex BY_ADDRESS =
      new LateIndex(
          "withdrawals_entry_address", "withdrawals_entry", "address, withdrawal_index, block_id");

  /** What grows by a load. */
  static final List<String> TABLES = List.of("withdrawals_block", "withdrawals_entry");

  private static final BulkTable BLOCK_TABLE =
      new BulkTable(
          "withdrawals_block",
          List.of(
              Column.integer("block_id"),
              Column.bigint("slot"),
              Column.bytes("root"),
              Column.bytes("parent_root"),
              Column.text("fork"),
              Column.bigint("block_number"),
              Column.bytes("block_hash"),
              Column.bytes("withdrawals_root"),
              Column.bigint("slot_time"),
              Column.bigint("optimistic"),
              Column.bigint("canonical"),
              Column.bigint("first_index"),
              Column.bigint("withdrawal_count"),
              Column.bigint("total_gwei"),
              Column.bigint("consensus_at"),
              Column.bigint("safe_at"),
              Column.bigint("finalized_at"),
              Column.bytes("state_root")));

  private static final BulkTable ENTRY_TABLE =
      new BulkTable(
          "withdrawals_entry",
          List.of(
              Column.bigint("withdrawal_index"),
              Column.integer("block_id"),
              Column.bigint("validator_index"),
              Column.bytes("address"),
              Column.bigint("amount_gwei")));

  /** The block itself, and what was found out of it: of the next load it may be another one. */
  private static final List<String> BY_BLOCK =
      List.of(
          "withdrawals_block",
          "withdrawals_request",
          "withdrawals_kind",
          "withdrawals_full",
          "withdrawals_deposit",
          "withdrawals_basis",
          "withdrawals_requested",
          "withdrawals_reconciled");

  private static final String HELD =
      """
      SELECT (SELECT COUNT(*) FROM withdrawals_block WHERE block_id >= ? AND block_id <= ?) AS blocks,
        (SELECT COUNT(*) FROM withdrawals_entry
          WHERE withdrawal_index >= ? AND withdrawal_index < ? AND block_id < 0) AS entries
      """;

  private HistoryRows() {}

  /** Ids of followed blocks begin at 1, so that these belong to history for good. */
  static long blockId(long slot) {
    return slot + Integer.MIN_VALUE;
  }

  static boolean isHistory(long blockId) {
    return blockId < 0;
  }

  /**
   * @param first the index of the first withdrawal, or the one it would have; empty if unknown
   */
  static void insert(
      Transaction transaction, List<HistoryBlock> blocks, OptionalLong first, Instant at) {
    long micros = StoredTime.micros(at);
    transaction.load(
        BLOCK_TABLE,
        rows -> {
          OptionalLong next = first;
          for (HistoryBlock block : blocks) {
            block(rows, block, next, micros);
            next =
                next.isPresent()
                    ? OptionalLong.of(next.getAsLong() + block.count())
                    : OptionalLong.empty();
          }
        });
    transaction.load(ENTRY_TABLE, rows -> blocks.forEach(block -> entries(rows, block)));
    List<OfBlock> requests =
        blocks.stream()
            .filter(block -> !block.requests().equals(BlockRequests.NONE))
            .map(block -> new OfBlock(blockId(block.slot()), block.fork(), block.requests()))
            .toList();
    RequestWriter.insert(transaction, requests);
    DepositWriter.insert(transaction, requests);
  }

  private static void block(BulkRows rows, HistoryBlock block, OptionalLong first, long at) {
    rows.number(blockId(block.slot()))
        .number(block.slot())
        .bytes(block.ref().root().toBytes())
        .bytes(block.parentRoot().toBytes())
        .text(block.fork().lowerName())
        .number(block.number().value())
        .bytes(block.hash().toBytes())
        .bytes(block.withdrawalsRoot().toBytes())
        .number(block.timestamp())
        .number(0)
        .number(1);
    if (first.isPresent()) {
      rows.number(first.getAsLong());
    } else {
      rows.nothing();
    }
    rows.number(block.count())
        .number(block.total().longValueExact())
        .number(at)
        .number(at)
        .number(at)
        .bytes(block.stateRoot().toBytes());
  }

  private static void entries(BulkRows rows, HistoryBlock block) {
    long id = blockId(block.slot());
    byte[] bytes = block.bytes();
    for (int i = 0; i < block.count(); i++) {
      rows.number(block.index(i))
          .number(id)
          .number(block.validator(i))
          .bytes(bytes, HistoryBlock.addressOffset(i), Address.LENGTH)
          .number(block.amount(i));
    }
  }

  static void insert(Transaction transaction, HistoryUnit unit) {
    int _ =
        transaction.update(
            """
            INSERT INTO withdrawals_history (first_slot, last_slot, parent_root, first_block_slot,
              first_block_root, last_block_slot, last_block_root, first_index, next_index, blocks,
              withdrawals, gwei_high, gwei_low, verification, source, loaded_at, anchor)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            unit.first().value(),
            unit.last().value(),
            unit.parentRoot().toBytes(),
            unit.firstBlock().slot().value(),
            unit.firstBlock().root().toBytes(),
            unit.lastBlock().slot().value(),
            unit.lastBlock().root().toBytes(),
            boxed(unit.firstIndex()),
            boxed(unit.nextIndex()),
            unit.blocks(),
            unit.withdrawals(),
            unit.amount().high(),
            unit.amount().low(),
            unit.verification().lowerName(),
            unit.source(),
            StoredTime.micros(unit.loadedAt()),
            unit.anchor().orElse(null));
  }

  /** Keeps who vouches for the loads that end with this block, if nobody does yet. */
  static void anchor(Transaction transaction, Root lastBlock, String anchor) {
    int _ =
        transaction.update(
            "UPDATE withdrawals_history SET anchor = ? WHERE last_block_root = ? AND anchor IS"
                + " NULL",
            anchor,
            lastBlock.toBytes());
  }

  /** Whether as many rows are there as were loaded. */
  static boolean areWhole(Read read, HistoryUnit unit) {
    return read.first(
            HELD,
            row ->
                row.number("blocks") == unit.blocks()
                    && row.number("entries") == unit.withdrawals(),
            blockId(unit.first().value()),
            blockId(unit.last().value()),
            unit.firstIndex().map(WithdrawalIndex::value).orElse(0L),
            unit.nextIndex().map(WithdrawalIndex::value).orElse(0L))
        .orElseThrow();
  }

  /** Takes a load away, to put it in again. */
  static void delete(Transaction transaction, HistoryUnit unit) {
    int _ =
        transaction.update(
            """
            DELETE FROM withdrawals_entry
            WHERE withdrawal_index >= ? AND withdrawal_index < ? AND block_id < 0
            """,
            unit.firstIndex().map(WithdrawalIndex::value).orElse(0L),
            unit.nextIndex().map(WithdrawalIndex::value).orElse(0L));
    for (String table : BY_BLOCK) {
      int _ =
          transaction.update(
              "DELETE FROM " + table + " WHERE block_id >= ? AND block_id <= ?",
              blockId(unit.first().value()),
              blockId(unit.last().value()));
    }
    deleteRecord(transaction, unit);
  }

  static void deleteRecord(Transaction transaction, HistoryUnit unit) {
    int _ =
        transaction.update(
            "DELETE FROM withdrawals_history WHERE first_slot = ?", unit.first().value());
  }

  /** The blocks of these slots that a reorg undid. */
  static List<Root> orphaned(Read read, long first, long last) {
    return read.query(
        "SELECT root FROM withdrawals_block WHERE canonical = 0 AND slot >= ? AND slot <= ?",
        row -> Root.of(row.bytes("root")),
        first,
        last);
  }

  /** The canonical blocks of these slots, in order. */
  static List<BlockRef> canonical(Read read, long first, long last) {
    return read.query(
        """
        SELECT slot, root FROM withdrawals_block
        WHERE canonical = 1 AND slot >= ? AND slot <= ? ORDER BY slot
        """,
        BlockRow::ref,
        first,
        last);
  }

  private static @Nullable Long boxed(Optional<WithdrawalIndex> index) {
    return index.map(WithdrawalIndex::value).orElse(null);
  }
}
