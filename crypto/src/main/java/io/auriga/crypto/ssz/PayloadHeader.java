package io.auriga.crypto.ssz;

import io.auriga.crypto.execution.BlobFields;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.execution.RequestsHash;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds the execution header that a beacon block's payload stands for. Its hash must be the
 * block hash in the payload: that proves every field, the transactions and the withdrawals.
 */
public final class PayloadHeader {
  private PayloadHeader() {}

  public static ExecutionHeader of(SignedBlockView block) {
    PayloadView payload = block.payload();
    return new ExecutionHeader(
        payload.parentHash(),
        ExecutionHeader.NO_OMMERS,
        payload.feeRecipient(),
        payload.stateRoot(),
        payload.transactionsRoot(),
        payload.receiptsRoot(),
        payload.logsBloom(),
        BigInteger.ZERO,
        payload.blockNumber(),
        payload.gasLimit(),
        payload.gasUsed(),
        payload.timestamp(),
        payload.extraData(),
        payload.prevRandao(),
        0,
        payload.baseFeePerGas(),
        payload.withdrawalsMptRoot(),
        blobFields(block),
        block.hasExecutionRequests() ? RequestsHash.of(block.executionRequests()) : null);
  }

  private static @Nullable BlobFields blobFields(SignedBlockView block) {
    PayloadView payload = block.payload();
    if (payload.blobGasUsed().isEmpty() || payload.excessBlobGas().isEmpty()) {
      return null;
    }
    return new BlobFields(
        payload.blobGasUsed().getAsLong(), payload.excessBlobGas().getAsLong(), block.parentRoot());
  }
}
