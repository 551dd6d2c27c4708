package io.auriga.chain;

import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Root;
import io.auriga.types.Withdrawal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One decoded beacon block whose root, payload header hash and withdrawals roots were recomputed
 * and found equal to what they claim to be.
 *
 * @param withdrawalsRoot the Merkle-Patricia root of the list, as in the execution header
 * @param optimistic the beacon node had not had the payload verified when it served the block
 * @param seenAt when this process first had the block
 * @param executedAt when the execution node was seen to hold the same payload with the same list;
 *     empty while it has not answered
 */
public record ChainBlock(
    SignedBlockView view,
    Root root,
    BlockNumber blockNumber,
    BlockHash blockHash,
    Root withdrawalsRoot,
    List<Withdrawal> withdrawals,
    boolean optimistic,
    Instant seenAt,
    Optional<Instant> executedAt) {
  public ChainBlock {
    withdrawals = List.copyOf(withdrawals);
  }

  public BlockRef ref() {
    return new BlockRef(view.slot(), root);
  }
}
