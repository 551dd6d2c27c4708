package io.auriga.clients.execution;

import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;

/**
 * A block whose header has fields that this version does not know, so that its hash cannot be
 * verified.
 */
public record UnsupportedBlock(BlockHash claimedHash, BlockNumber number, String reason)
    implements ParsedBlock {}
