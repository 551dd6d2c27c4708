package io.auriga.withdrawals;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainError;
import io.auriga.chain.ChainException;
import io.auriga.runtime.store.Parameters;
import io.auriga.runtime.store.StoredTime;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.AurigaException;
import io.auriga.types.UInt64;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.RequestWriter.OfBlock;
import io.auriga.withdrawals.StageTotals.Amount;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Checks that blocks fit the ledger, and inserts them with their withdrawals in two batches. */
final class BlockWriter {
  private static final String INSERT_BLOCK =
      """
      INSERT INTO withdrawals_block (block_id, slot, root, parent_root, fork, block_number,
        block_hash, withdrawals_root, slot_time, optimistic, canonical, first_index,
        withdrawal_count, total_gwei, consensus_at, executed_at, state_root)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)
      """;

  /** A row that is already there is the same row: its key names the block by its root. */
  private static final String INSERT_ENTRY =
      """
      INSERT INTO withdrawals_entry (withdrawal_index, block_id, validator_index, address,
        amount_gwei)
      VALUES (?, ?, ?, ?, ?) ON CONFLICT (withdrawal_index, block_id) DO NOTHING
      """;

  private final Transaction transaction;
  private final StageTotals totals;

  BlockWriter(Transaction transaction, StageTotals totals) {
    this.transaction = transaction;
    this.totals = totals;
  }

  /** A block and its place in the sequence of indices. */
  record Numbered(long id, ChainBlock block, OptionalLong firstIndex) {}

  /** A withdrawal and the row of its block. */
  private record Entry(long blockId, Withdrawal withdrawal) {}

  void insertBlocks(List<Numbered> blocks) {
    transaction.batch(INSERT_BLOCK, blocks, BlockWriter::bind);
    List<OfBlock> requests =
        blocks.stream()
            .map(
                block ->
                    new OfBlock(
                        block.id(),
                        block.block().view().fork(),
                        BlockRequests.of(block.block().view())))
            .toList();
    RequestWriter.insert(transaction, requests);
    DepositWriter.insert(transaction, requests);
    for (Numbered numbered : blocks) {
      boolean executed = numbered.block().executedAt().isPresent();
      totals.add(executed ? Stage.EXECUTION : Stage.CONSENSUS, Amount.of(numbered.block()));
    }
  }

  void insertEntries(List<Numbered> blocks) {
    List<Entry> entries = new ArrayList<>();
    for (Numbered block : blocks) {
      for (Withdrawal withdrawal : block.block().withdrawals()) {
        entries.add(new Entry(block.id(), withdrawal));
      }
    }
    transaction.batch(
        INSERT_ENTRY,
        entries,
        (row, entry) ->
            row.number(entry.withdrawal().index().value())
                .number(entry.blockId())
                .number(entry.withdrawal().validatorIndex().value())
                .bytes(entry.withdrawal().address().toBytes())
                .number(entry.withdrawal().amount().value()));
  }

  /** Blocks that were orphaned and are canonical again: the same rows, with what they had seen. */
  void takeBack(List<Numbered> blocks) {
    blocks.forEach(numbered -> totals.leave(transaction, "block_id = ?", numbered.id()));
    transaction.batch(
        """
        UPDATE withdrawals_block SET canonical = 1, orphaned_at = NULL, safe_at = NULL,
          first_index = ?, executed_at = COALESCE(executed_at, ?),
          optimistic = CASE WHEN ? = 0 THEN 0 ELSE optimistic END
        WHERE block_id = ?
        """,
        blocks,
        (row, numbered) ->
            row.value(firstIndex(numbered))
                .value(executedAt(numbered.block()))
                .number(numbered.block().optimistic() ? 1 : 0)
                .number(numbered.id()));
    blocks.forEach(numbered -> totals.enter(transaction, "block_id = ?", numbered.id()));
  }

  private static void bind(Parameters row, Numbered numbered) {
    ChainBlock block = numbered.block();
    row.number(numbered.id())
        .number(block.ref().slot().value())
        .bytes(block.root().toBytes())
        .bytes(block.view().parentRoot().toBytes())
        .text(block.view().fork().lowerName())
        .number(block.blockNumber().value())
        .bytes(block.blockHash().toBytes())
        .bytes(block.withdrawalsRoot().toBytes())
        .number(block.view().payload().timestamp())
        .number(block.optimistic() ? 1 : 0)
        .value(firstIndex(numbered))
        .number(block.withdrawals().size())
        .number(total(block).longValueExact())
        .number(StoredTime.micros(block.seenAt()))
        .value(executedAt(block))
        .bytes(block.view().stateRoot().toBytes());
  }

  private static @Nullable Long firstIndex(Numbered numbered) {
    return numbered.firstIndex().isPresent() ? numbered.firstIndex().getAsLong() : null;
  }

  private static @Nullable Long executedAt(ChainBlock block) {
    Optional<Instant> at = block.executedAt();
    return at.isPresent() ? StoredTime.micros(at.get()) : null;
  }

  static BigInteger total(ChainBlock block) {
    BigInteger total = BigInteger.ZERO;
    for (Withdrawal withdrawal : block.withdrawals()) {
      total = total.add(UInt64.toBigInteger(withdrawal.amount().value()));
    }
    return total;
  }

  /**
   * Checks that the block's withdrawals continue the sequence, and says where it goes on after
   * them.
   *
   * @param next the index the first must have; empty if any will do
   */
  static OptionalLong requireContinuous(ChainBlock block, OptionalLong next) {
    OptionalLong expected = next;
    for (Withdrawal withdrawal : block.withdrawals()) {
      long index = withdrawal.index().value();
      if (expected.isPresent() && index != expected.getAsLong()) {
        throw new ChainException(
            ChainError.INDEX_GAP,
            "store block " + block.ref(),
            index > expected.getAsLong()
                ? "withdrawals %d to %d are missing: the next index is %d, and the block has %d"
                    .formatted(expected.getAsLong(), index - 1, expected.getAsLong(), index)
                : "withdrawal %d comes twice: the next index is %d"
                    .formatted(index, expected.getAsLong()));
      }
      expected = OptionalLong.of(index + 1);
    }
    return expected;
  }

  /** Refuses what a signed 64-bit column would turn into a negative number. */
  static void requireStorable(ChainBlock block) {
    require(block, "slot", block.ref().slot().value());
    require(block, "block number", block.blockNumber().value());
    require(block, "timestamp", block.view().payload().timestamp());
    for (Withdrawal withdrawal : block.withdrawals()) {
      // The index after it must fit as well.
      require(block, "withdrawal index", withdrawal.index().value() + 1);
      require(block, "withdrawal index", withdrawal.index().value());
      require(block, "validator index", withdrawal.validatorIndex().value());
      require(block, "amount", withdrawal.amount().value());
    }
    if (total(block).bitLength() > Long.SIZE - 1) {
      throw tooLarge(block, "total of the withdrawals", total(block).toString());
    }
  }

  private static void require(ChainBlock block, String what, long value) {
    if (value < 0) {
      throw tooLarge(block, what, UInt64.toDecimal(value));
    }
  }

  private static AurigaException tooLarge(ChainBlock block, String what, String value) {
    return new AurigaException(
        WithdrawalError.VALUE_TOO_LARGE,
        "store block " + block.ref(),
        "its %s %s is above %d".formatted(what, value, Long.MAX_VALUE));
  }
}
