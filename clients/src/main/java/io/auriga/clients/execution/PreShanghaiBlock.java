package io.auriga.clients.execution;

import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;

/**
 * A block without a withdrawals root: from before Shanghai, or from a node that does not know
 * Shanghai.
 *
 * @param timestamp in seconds, unsigned
 */
public record PreShanghaiBlock(BlockHash claimedHash, BlockNumber number, long timestamp)
    implements ParsedBlock {}
