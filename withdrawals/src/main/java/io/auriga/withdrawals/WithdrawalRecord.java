package io.auriga.withdrawals;

import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import java.time.Instant;

/**
 * One withdrawal in one block. The same index appears once on the canonical chain, and once more
 * for each orphaned block that held it.
 *
 * @param position its place in the block's list, from 0
 * @param withdrawalsRoot the Merkle-Patricia root of that list, as in the execution header
 * @param time the start of the slot
 * @param evidence how its kind is known, or why it is not
 */
public record WithdrawalRecord(
    Withdrawal withdrawal,
    int position,
    Slot slot,
    Root blockRoot,
    BlockNumber blockNumber,
    BlockHash blockHash,
    Root withdrawalsRoot,
    Instant time,
    Stage stage,
    StageTimes times,
    KindEvidence evidence) {
  public WithdrawalKind kind() {
    return evidence.kind();
  }
}
