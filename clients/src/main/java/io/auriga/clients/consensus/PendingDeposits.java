package io.auriga.clients.consensus;

import io.auriga.types.BlsPublicKey;
import io.auriga.types.Gwei;
import io.auriga.types.Slot;
import java.util.List;

/** The queue of deposits that are not credited yet, if the node tells. */
public sealed interface PendingDeposits {
  /**
   * One entry: {@code PendingDeposit} of Electra.
   *
   * @param slot of the block with the request; 0 for one of the old bridge
   * @param moved whether nobody put it in: the chain itself moved what a validator had above its
   *     activation balance when it became compounding, which has the point at infinity for a
   *     signature
   */
  record Entry(BlsPublicKey publicKey, Gwei amount, Slot slot, boolean moved) {}

  /** The queue in its order. */
  record Listed(List<Entry> entries) implements PendingDeposits {
    public Listed {
      entries = List.copyOf(entries);
    }
  }

  /** The node does not serve it: an old node, a state from before Electra, or one it lacks. */
  record Unavailable(String reason) implements PendingDeposits {}
}
