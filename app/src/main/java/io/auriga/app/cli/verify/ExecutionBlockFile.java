package io.auriga.app.cli.verify;

import io.auriga.types.Hex;
import io.auriga.types.Withdrawal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an execution block's file says, in JSON or in RLP. Nothing is verified yet.
 *
 * @param computedHash the header's; null if fields are missing, so that none can be computed
 * @param fieldCount of the header
 * @param missing the header's fields that are missing, to name them
 * @param claimedHash null where the file does not say, as RLP never does
 * @param claimedRoot the header's {@code withdrawalsRoot}; null if it has none
 * @param withdrawals null if the block has no list at all
 * @param isOpStackHeader whether the header carries the marks of a block of the OP Stack: the fee
 *     recipient that all its chains have, and extra data with the parameters of the base fee
 * @param unknownFields keys that no client of a supported fork is known to send
 */
record ExecutionBlockFile(
    @Nullable String computedHash,
    int fieldCount,
    List<String> missing,
    @Nullable String claimedHash,
    @Nullable String claimedRoot,
    @Nullable Long timestamp,
    @Nullable List<Withdrawal> withdrawals,
    @Nullable String claimedTransactionsRoot,
    TransactionList transactions,
    boolean isOpStackHeader,
    List<String> unknownFields) {
  private static final String OP_STACK_FEE_RECIPIENT = "0x4200000000000000000000000000000000000011";

  /** EIP-1559 parameters in the extra data: version 0 since Holocene, version 1 since Jovian. */
  static boolean isOpStackHeader(byte @Nullable [] feeRecipient, byte @Nullable [] extraData) {
    if (feeRecipient == null
        || extraData == null
        || !Hex.toHex(feeRecipient).equals(OP_STACK_FEE_RECIPIENT)) {
      return false;
    }
    return (extraData.length == 9 && extraData[0] == 0)
        || (extraData.length == 17 && extraData[0] == 1);
  }
}
