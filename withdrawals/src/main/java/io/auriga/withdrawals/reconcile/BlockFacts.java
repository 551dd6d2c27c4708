package io.auriga.withdrawals.reconcile;

import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.LoadedWalk.Stretch;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger holds of a block that is to be checked.
 *
 * @param stateRoot of the state it left; empty for a block that was kept without it
 * @param parent the block before, if the ledger has it
 * @param count how many withdrawals it is known to have
 * @param withdrawals its rows, which may be fewer or other ones
 */
record BlockFacts(
    long id,
    Slot slot,
    Root root,
    BlockHash hash,
    Root withdrawalsRoot,
    Optional<Root> stateRoot,
    Optional<Parent> parent,
    long firstIndex,
    long count,
    List<Withdrawal> withdrawals) {
  /** The state that a block began with, but for the slots between. */
  record Parent(Slot slot, Root stateRoot) {}

  private static final String ALL =
      """
      SELECT b.block_id, b.slot, b.root, b.block_hash, b.withdrawals_root, b.state_root,
        b.first_index, b.withdrawal_count, p.slot AS parent_slot, p.state_root AS parent_state
      FROM withdrawals_block b LEFT JOIN withdrawals_block p ON p.root = b.parent_root
      """;

  private static final String SELECT =
      ALL + "WHERE b.canonical = 1 AND b.slot >= ? AND b.slot <= ?\n";

  private static final String SELECT_LOADED = ALL + "WHERE b.block_id >= ? AND b.block_id <= ?\n";

  /** Canonical blocks of these slots, oldest first. */
  static List<BlockFacts> between(Read read, Slot from, Slot to, int limit) {
    return read(read, SELECT + "ORDER BY b.slot LIMIT ?", from.value(), to.value(), limit);
  }

  /** Those of them that were executed, have withdrawals and were not checked yet. */
  static List<BlockFacts> unchecked(Read read, Slot from, Slot to, int limit) {
    return read(
        read,
        SELECT
            + """
            AND b.executed_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM withdrawals_reconciled r WHERE r.block_id = b.block_id)
            ORDER BY b.slot LIMIT ?
            """,
        from.value(),
        to.value(),
        limit);
  }

  /** Loaded blocks of a stretch that have withdrawals and were not checked yet, newest first. */
  static List<BlockFacts> unchecked(Read read, Stretch stretch, int limit) {
    return read(
        read,
        SELECT_LOADED
            + """
            AND b.withdrawal_count > 0
            AND NOT EXISTS (SELECT 1 FROM withdrawals_reconciled r WHERE r.block_id = b.block_id)
            ORDER BY b.block_id DESC LIMIT ?
            """,
        stretch.first(),
        stretch.last(),
        limit);
  }

  /** The canonical block with this root. */
  static Optional<BlockFacts> of(Read read, Root root) {
    return read.first(
            "SELECT slot FROM withdrawals_block WHERE root = ? AND canonical = 1",
            row -> new Slot(row.number("slot")),
            (Object) root.toBytes())
        .flatMap(slot -> between(read, slot, slot, 1).stream().findFirst());
  }

  private static List<BlockFacts> read(Read read, String sql, Object... parameters) {
    return read.query(sql, BlockFacts::of, parameters).stream()
        .map(block -> block.withWithdrawals(read))
        .toList();
  }

  /** Whether it came as history, and was not followed. */
  boolean isLoaded() {
    return id < 0;
  }

  private static BlockFacts of(Row row) {
    Optional<Parent> parent =
        row.findBytes("parent_state")
            .map(state -> new Parent(new Slot(row.number("parent_slot")), Root.of(state)));
    return new BlockFacts(
        row.number("block_id"),
        new Slot(row.number("slot")),
        Root.of(row.bytes("root")),
        BlockHash.of(row.bytes("block_hash")),
        Root.of(row.bytes("withdrawals_root")),
        row.findBytes("state_root").map(Root::of),
        parent,
        row.findNumber("first_index").orElse(0),
        row.number("withdrawal_count"),
        List.of());
  }

  private BlockFacts withWithdrawals(Read read) {
    List<Withdrawal> rows =
        read.query(
            """
            SELECT withdrawal_index, validator_index, address, amount_gwei FROM withdrawals_entry
            WHERE withdrawal_index >= ? AND withdrawal_index < ? AND block_id = ?
            ORDER BY withdrawal_index
            """,
            row ->
                new Withdrawal(
                    new WithdrawalIndex(row.number("withdrawal_index")),
                    new ValidatorIndex(row.number("validator_index")),
                    Address.of(row.bytes("address")),
                    new Gwei(row.number("amount_gwei"))),
            firstIndex,
            firstIndex + count,
            id);
    return new BlockFacts(
        id, slot, root, hash, withdrawalsRoot, stateRoot, parent, firstIndex, count, rows);
  }
}
