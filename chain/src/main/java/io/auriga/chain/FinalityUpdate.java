package io.auriga.chain;

import io.auriga.types.Epoch;
import java.util.Optional;

/**
 * What the consensus layer has justified and finalized. A block is empty where the checkpoint lies
 * before the first block the store holds.
 */
public record FinalityUpdate(
    Epoch safeEpoch, Optional<BlockRef> safe, Epoch finalizedEpoch, Optional<BlockRef> finalized) {}
