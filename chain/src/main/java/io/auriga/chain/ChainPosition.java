package io.auriga.chain;

import io.auriga.types.Epoch;
import io.auriga.types.WithdrawalIndex;
import java.util.Optional;

/**
 * How far a store has come: the cursor.
 *
 * @param head the last block applied
 * @param nextIndex the index the next withdrawal must have; empty until a first one was seen
 * @param safe the last block known to be justified
 * @param finalized the last block known to be final; nothing at or below it is ever undone
 */
public record ChainPosition(
    BlockRef head,
    Optional<WithdrawalIndex> nextIndex,
    Epoch safeEpoch,
    Optional<BlockRef> safe,
    Epoch finalizedEpoch,
    Optional<BlockRef> finalized) {}
