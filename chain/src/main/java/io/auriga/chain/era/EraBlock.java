package io.auriga.chain.era;

import io.auriga.chain.ChainBlock;
import io.auriga.crypto.ssz.PayloadView;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.Root;
import java.time.Instant;
import java.util.Optional;

/** A block of an era file, verified to the level that was asked for. */
public record EraBlock(SignedBlockView view, Root root) {
  /**
   * The block as the follower hands it on. Its withdrawals' Merkle-Patricia root is computed here.
   */
  public ChainBlock chainBlock(Instant seenAt) {
    PayloadView payload = view.payload();
    return new ChainBlock(
        view,
        root,
        payload.blockNumber(),
        payload.blockHash(),
        payload.withdrawalsMptRoot(),
        payload.withdrawals(),
        false,
        seenAt,
        Optional.empty());
  }
}
