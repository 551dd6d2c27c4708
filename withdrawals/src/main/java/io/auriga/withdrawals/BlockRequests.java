package io.auriga.withdrawals;

import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ConsolidationRequest;
import io.auriga.types.Deposit;
import io.auriga.types.WithdrawalRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * What a block asks for: requests of the execution layer (EIP-7002, EIP-7251), and deposits, those
 * of the old bridge first; each in the block's order.
 */
public record BlockRequests(
    List<WithdrawalRequest> withdrawals,
    List<ConsolidationRequest> consolidations,
    List<Deposit> deposits) {
  public static final BlockRequests NONE = new BlockRequests(List.of(), List.of(), List.of());

  public BlockRequests {
    withdrawals = List.copyOf(withdrawals);
    consolidations = List.copyOf(consolidations);
    deposits = List.copyOf(deposits);
  }

  static BlockRequests of(SignedBlockView view) {
    List<Deposit> deposits = new ArrayList<>(view.bridgedDeposits());
    deposits.addAll(view.depositRequests());
    BlockRequests requests =
        new BlockRequests(view.withdrawalRequests(), view.consolidationRequests(), deposits);
    // Most blocks have none, and years of them are in memory at once.
    return requests.equals(NONE) ? NONE : requests;
  }
}
