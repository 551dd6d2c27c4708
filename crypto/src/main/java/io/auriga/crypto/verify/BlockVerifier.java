package io.auriga.crypto.verify;

import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.crypto.ssz.PayloadHeader;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.BlockHash;
import io.auriga.types.Root;
import org.jspecify.annotations.Nullable;

/**
 * Checks a beacon block against itself and against the root it was asked for by. What has passed
 * cannot have been altered in any field, in the transactions or in the withdrawals, as long as the
 * expected root can be trusted. The signature is not checked.
 */
public final class BlockVerifier {
  private BlockVerifier() {}

  /**
   * Verifies one block.
   *
   * @param expectedRoot the block's root as known from elsewhere; null if it is not
   */
  public static BlockVerdict verify(SignedBlockView view, @Nullable Root expectedRoot) {
    Root blockRoot = view.blockRoot();
    if (expectedRoot != null && !expectedRoot.equals(blockRoot)) {
      return new BlockVerdict.Mismatch("block root", expectedRoot.toHex(), blockRoot.toHex());
    }
    ExecutionHeader header = PayloadHeader.of(view);
    BlockHash computed = header.hash();
    BlockHash claimed = view.payload().blockHash();
    if (!computed.equals(claimed)) {
      return new BlockVerdict.Mismatch("execution block hash", claimed.toHex(), computed.toHex());
    }
    return new BlockVerdict.Verified(
        blockRoot,
        view.bodyRoot(),
        computed,
        header.withdrawalsRoot(),
        view.payload().withdrawalsSszRoot());
  }
}
