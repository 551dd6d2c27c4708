package io.auriga.withdrawals;

import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Instant;

/**
 * One block of the ledger, canonical or orphaned.
 *
 * @param time the start of the slot
 * @param withdrawals how many withdrawals the block holds
 * @param total what they amount to
 */
public record BlockRecord(
    Slot slot,
    Root root,
    Root parentRoot,
    BlockNumber number,
    BlockHash hash,
    Root withdrawalsRoot,
    ForkName fork,
    Instant time,
    boolean canonical,
    int withdrawals,
    Gwei total,
    Stage stage,
    StageTimes times) {}
