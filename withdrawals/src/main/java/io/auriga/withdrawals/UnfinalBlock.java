package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.runtime.store.Row;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * A canonical block that is not final yet, as far as metrics need it.
 *
 * @param time the start of its slot
 * @param lastIndex of its withdrawals, if it has any
 */
record UnfinalBlock(
    BlockRef block,
    Instant time,
    Instant seenAt,
    long withdrawals,
    long gwei,
    OptionalLong lastIndex,
    boolean optimistic,
    boolean executed,
    boolean safe) {

  static UnfinalBlock of(ChainBlock block) {
    int count = block.withdrawals().size();
    return new UnfinalBlock(
        block.ref(),
        Instant.ofEpochSecond(block.view().payload().timestamp()),
        block.seenAt(),
        count,
        block.withdrawals().stream().mapToLong(w -> w.amount().value()).sum(),
        count == 0
            ? OptionalLong.empty()
            : OptionalLong.of(block.withdrawals().getLast().index().value()),
        block.optimistic(),
        block.executedAt().isPresent(),
        false);
  }

  static UnfinalBlock of(Row row) {
    long count = row.number("withdrawal_count");
    return new UnfinalBlock(
        BlockRow.ref(row),
        Instant.ofEpochSecond(row.number("slot_time")),
        row.time("consensus_at"),
        count,
        row.number("total_gwei"),
        count == 0 ? OptionalLong.empty() : OptionalLong.of(row.number("first_index") + count - 1),
        row.number("optimistic") == 1,
        row.findNumber("executed_at").isPresent(),
        row.findNumber("safe_at").isPresent());
  }

  /** Whether a checkpoint at {@code ref} covers it, by the ledger's rule for optimistic blocks. */
  boolean isUpTo(BlockRef ref) {
    return !block.slot().isAfter(ref.slot()) && (!optimistic || executed);
  }

  UnfinalBlock withExecuted() {
    return new UnfinalBlock(
        block, time, seenAt, withdrawals, gwei, lastIndex, optimistic, true, safe);
  }

  UnfinalBlock withSafe() {
    return new UnfinalBlock(
        block, time, seenAt, withdrawals, gwei, lastIndex, optimistic, executed, true);
  }
}
