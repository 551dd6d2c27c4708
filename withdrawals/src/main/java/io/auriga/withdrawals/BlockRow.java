package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.runtime.store.Row;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalIndex;
import java.time.Instant;

/** Rows of the ledger's tables as the records they stand for, and the forms of their columns. */
final class BlockRow {
  private BlockRow() {}

  static BlockRef ref(Row row) {
    return new BlockRef(new Slot(row.number("slot")), Root.of(row.bytes("root")));
  }

  static BlockRecord block(Row row) {
    StageTimes times = times(row);
    return new BlockRecord(
        new Slot(row.number("slot")),
        Root.of(row.bytes("root")),
        Root.of(row.bytes("parent_root")),
        new BlockNumber(row.number("block_number")),
        BlockHash.of(row.bytes("block_hash")),
        Root.of(row.bytes("withdrawals_root")),
        fork(row.text("fork")),
        Instant.ofEpochSecond(row.number("slot_time")),
        row.number("canonical") == 1,
        Math.toIntExact(row.number("withdrawal_count")),
        new Gwei(row.number("total_gwei")),
        times.stage(),
        times);
  }

  /** A row of an entry joined with its block. */
  static WithdrawalRecord withdrawalRecord(Row row) {
    StageTimes times = times(row);
    int position = Math.toIntExact(row.number("withdrawal_index") - row.number("first_index"));
    return new WithdrawalRecord(
        withdrawal(row),
        position,
        new Slot(row.number("slot")),
        Root.of(row.bytes("root")),
        new BlockNumber(row.number("block_number")),
        BlockHash.of(row.bytes("block_hash")),
        Root.of(row.bytes("withdrawals_root")),
        Instant.ofEpochSecond(row.number("slot_time")),
        times.stage(),
        times,
        KindEvidence.at(row.findBytes("evidence"), position));
  }

  static Withdrawal withdrawal(Row row) {
    return new Withdrawal(
        new WithdrawalIndex(row.number("withdrawal_index")),
        new ValidatorIndex(row.number("validator_index")),
        Address.of(row.bytes("address")),
        new Gwei(row.number("amount_gwei")));
  }

  private static StageTimes times(Row row) {
    return new StageTimes(
        row.time("consensus_at"),
        row.findTime("executed_at"),
        row.findTime("safe_at"),
        row.findTime("finalized_at"),
        row.findTime("orphaned_at"));
  }

  private static ForkName fork(String name) {
    return ForkName.find(name)
        .orElseThrow(() -> new IllegalStateException("The ledger holds a block of fork " + name));
  }
}
