package io.auriga.clients.consensus;

import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import java.util.List;

/** The queue of requested partial withdrawals (EIP-7002), if the node tells. */
public sealed interface PendingPartials {
  /**
   * One entry: {@code PendingPartialWithdrawal} of Electra.
   *
   * @param amount what was asked for; what is paid may be less
   * @param withdrawable the first epoch in which it can be paid
   */
  record Entry(ValidatorIndex validatorIndex, Gwei amount, Epoch withdrawable) {}

  /** The queue in its order, first to be paid first. */
  record Listed(List<Entry> entries, boolean optimistic) implements PendingPartials {
    public Listed {
      entries = List.copyOf(entries);
    }
  }

  /** The node does not serve it: an old node, a state from before Electra, or one it lacks. */
  record Unavailable(String reason) implements PendingPartials {}
}
