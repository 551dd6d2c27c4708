package io.auriga.sync.relay.scan;

import io.auriga.types.BlockHash;
import java.util.Optional;

/**
 * What was read of a fork choice update.
 *
 * @param attributes whether a payload is to be built
 */
public record ForkChoiceFacts(
    Optional<BlockHash> head,
    Optional<BlockHash> safe,
    Optional<BlockHash> finalized,
    boolean attributes) {}
