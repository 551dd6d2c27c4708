package io.auriga.clients.consensus;

import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.types.ChainSpec;
import io.auriga.types.Genesis;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A consensus client, or several behind one face. Every method asks the node, blocks the (virtual)
 * thread until the answer or the deadline, and throws {@link NodeException} when there is no usable
 * answer. Nothing it says is verified.
 */
public interface BeaconNode {
  /** What to call the node in messages and metrics; holds no secret. */
  String name();

  /** Empty if the slot was missed or the block is unknown. */
  Optional<BeaconBlock> block(BlockId id);

  /** Empty if the slot was missed or the block is unknown. */
  Optional<BlockHeader> header(BlockId id);

  Finality finality();

  SyncStatus syncing();

  /** Name and version of the software, as it calls itself. */
  String version();

  Genesis genesis();

  ChainSpec spec();

  DepositContract depositContract();

  /**
   * Delivers events until closed, on a thread of its own, one at a time; reconnects by itself. Each
   * connection begins with {@link BeaconEvent.Connected}.
   */
  Subscription events(Set<Topic> topics, Consumer<BeaconEvent> listener);
}
