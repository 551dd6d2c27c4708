package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.ChainStore;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.IndexGap;
import io.auriga.chain.UnmatchedBlock;
import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Store;
import io.auriga.types.BlockHash;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Every withdrawal of the chain, once for each block that held it, keyed by its global index and
 * that block. What is final is never changed; what was orphaned stays, flagged.
 *
 * <p>The stages of a withdrawal are those of its block and are kept with the block. The position is
 * a row of the same store and part of each commit.
 */
public final class WithdrawalLedger implements ChainStore {
  /** The ledger's tables, to open a {@link Store} with. */
  public static final Migrations MIGRATIONS =
      Migrations.of(
              "withdrawals",
              WithdrawalLedger.class,
              "001-ledger.sql",
              "002-kinds.sql",
              "003-reconcile.sql",
              "004-history.sql",
              "005-deposits.sql",
              "006-anchors.sql")
          .withLateIndices(HistoryRows.BY_VALIDATOR, HistoryRows.BY_ADDRESS);

  private static final String CANONICAL_ABOVE =
      """
      SELECT slot, root FROM withdrawals_block
      WHERE canonical = 1 AND slot > ?
        AND slot <= (SELECT head_slot FROM withdrawals_position WHERE id = 1)
      ORDER BY slot DESC
      """;

  private final Store store;
  private final Consumer<List<IndexGap>> gapsFound;

  public WithdrawalLedger(Store store) {
    this(store, _ -> {});
  }

  /**
   * @param gapsFound hears of the holes found at each look for them, on the thread that looks; an
   *     empty list says that there are none
   */
  public WithdrawalLedger(Store store, Consumer<List<IndexGap>> gapsFound) {
    this.store = store;
    this.gapsFound = gapsFound;
  }

  @Override
  public Optional<ChainPosition> position() {
    return store.read(LedgerState::load).position();
  }

  @Override
  public Optional<Slot> firstSlot() {
    LedgerState state = store.read(LedgerState::load);
    return state.startSlot.isPresent()
        ? Optional.of(new Slot(state.startSlot.getAsLong()))
        : Optional.empty();
  }

  @Override
  public Optional<BlockRef> canonical(Root root) {
    return store.read(
        read -> {
          LedgerState state = LedgerState.load(read);
          return read.first(
                  "SELECT slot, root FROM withdrawals_block WHERE root = ? AND canonical = 1",
                  BlockRow::ref,
                  (Object) root.toBytes())
              .filter(block -> state.follows(block.slot()));
        });
  }

  @Override
  public List<BlockRef> canonicalAbove(Slot slot) {
    return store.read(read -> read.query(CANONICAL_ABOVE, BlockRow::ref, slot.value()));
  }

  @Override
  public List<UnmatchedBlock> unmatched(Slot below, int limit) {
    return store.read(
        read ->
            read
                .query(
                    """
                    SELECT block_id, slot, root, block_hash, first_index, withdrawal_count
                    FROM withdrawals_block
                    WHERE canonical = 1 AND executed_at IS NULL AND block_id > 0
                      AND slot < ?
                    ORDER BY slot DESC LIMIT ?
                    """,
                    row ->
                        new Unmatched(
                            row.number("block_id"),
                            BlockRow.ref(row),
                            BlockHash.of(row.bytes("block_hash")),
                            row.findNumber("first_index").orElse(0),
                            row.number("withdrawal_count")),
                    below.value(),
                    limit)
                .stream()
                .map(block -> block.withWithdrawals(read))
                .toList());
  }

  /**
   * {@inheritDoc}
   *
   * <p>Counts all rows, and makes the figures of {@link WithdrawalQueries#summary} those of the
   * rows found: after this they are true again, whatever was lost.
   */
  @Override
  public List<IndexGap> gaps() {
    LedgerAudit audit = store.read(LedgerAudit::of);
    if (!audit.agrees()) {
      audit =
          store.inTransaction(
              transaction -> {
                LedgerAudit again = LedgerAudit.of(transaction);
                again.record(transaction);
                return again;
              });
    }
    gapsFound.accept(audit.gaps());
    return audit.gaps();
  }

  @Override
  public void commit(ChainUpdate update) {
    cover(update.applied());
    boolean _ =
        store.inTransaction(
            transaction -> {
              new LedgerCommit(transaction).run(update);
              return true;
            });
  }

  /**
   * {@inheritDoc}
   *
   * <p>A block is taken only if a canonical block that is held, or is restored with it, names it as
   * its parent, or if it is the head: only so is it certain to be the one that was lost. Blocks
   * that are held whole, or lie outside what the ledger covers, are passed over; {@link #gaps} says
   * what is still missing.
   */
  @Override
  public void restore(List<ChainBlock> blocks) {
    cover(blocks);
    boolean _ =
        store.inTransaction(
            transaction -> {
              new LedgerRestore(transaction).run(blocks);
              return true;
            });
  }

  /** Makes room for blocks whose indices can be right: what cannot be is refused afterwards. */
  private void cover(List<ChainBlock> blocks) {
    for (ChainBlock block : blocks) {
      if (!block.withdrawals().isEmpty()) {
        long first = block.withdrawals().getFirst().index().value();
        long last = block.withdrawals().getLast().index().value();
        if (first >= 0 && last >= first && last - first < HistoryRows.ENTRIES.width()) {
          store.cover(HistoryRows.ENTRIES, first, last);
        }
      }
    }
  }

  private record Unmatched(
      long id, BlockRef block, BlockHash hash, long firstIndex, long withdrawalCount) {
    UnmatchedBlock withWithdrawals(Read read) {
      List<Withdrawal> withdrawals =
          withdrawalCount == 0
              ? List.of()
              : read.query(
                  """
                  SELECT withdrawal_index, validator_index, address, amount_gwei
                  FROM withdrawals_entry
                  WHERE withdrawal_index >= ? AND withdrawal_index < ? AND block_id = ?
                  ORDER BY withdrawal_index
                  """,
                  BlockRow::withdrawal,
                  firstIndex,
                  firstIndex + withdrawalCount,
                  id);
      return new UnmatchedBlock(block, hash, withdrawals);
    }
  }
}
