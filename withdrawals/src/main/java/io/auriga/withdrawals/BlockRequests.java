package io.auriga.withdrawals;

import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ConsolidationRequest;
import io.auriga.types.WithdrawalRequest;
import java.util.List;

/** What the execution layer asked for in a block (EIP-7002, EIP-7251), in the block's order. */
public record BlockRequests(
    List<WithdrawalRequest> withdrawals, List<ConsolidationRequest> consolidations) {
  public static final BlockRequests NONE = new BlockRequests(List.of(), List.of());

  public BlockRequests {
    withdrawals = List.copyOf(withdrawals);
    consolidations = List.copyOf(consolidations);
  }

  static BlockRequests of(SignedBlockView view) {
    BlockRequests requests =
        new BlockRequests(view.withdrawalRequests(), view.consolidationRequests());
    // Most blocks have none, and years of them are in memory at once.
    return requests.equals(NONE) ? NONE : requests;
  }
}
