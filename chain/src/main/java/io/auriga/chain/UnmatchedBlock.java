package io.auriga.chain;

import io.auriga.types.BlockHash;
import io.auriga.types.Withdrawal;
import java.util.List;

/** A canonical block whose payload the execution node has not confirmed yet. */
public record UnmatchedBlock(BlockRef block, BlockHash blockHash, List<Withdrawal> withdrawals) {}
