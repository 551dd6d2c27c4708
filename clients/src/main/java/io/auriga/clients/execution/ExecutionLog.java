package io.auriga.clients.execution;

import io.auriga.crypto.execution.ByteString;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.TransactionHash;

/**
 * A log as a node gave it: not verified.
 *
 * @param transaction the hash of the transaction that made it
 * @param index its place among all logs of the block
 */
public record ExecutionLog(
    BlockNumber blockNumber,
    BlockHash blockHash,
    TransactionHash transaction,
    long index,
    ByteString data) {}
