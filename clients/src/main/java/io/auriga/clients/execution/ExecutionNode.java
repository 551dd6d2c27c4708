package io.auriga.clients.execution;

import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.Wei;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An execution client, or several behind one face. Every method asks the node, blocks the (virtual)
 * thread until the answer or the deadline, and throws {@link NodeException} when there is no usable
 * answer. Nothing it says is verified, not even that a block has the hash asked for.
 */
public interface ExecutionNode {
  /** What to call the node in messages and metrics; holds no secret. */
  String name();

  /**
   * Empty if the block is unknown.
   *
   * @throws NodeException {@code AUR-CLIENT-NOT-SHANGHAI} if it has no withdrawals root
   */
  Optional<ExecutionBlock> block(BlockHash hash);

  /**
   * Several blocks in few exchanges, answered in the order asked; each may fail alone.
   *
   * @throws NodeException if no exchange succeeded at all
   */
  List<BlockAnswer> blocks(List<BlockHash> hashes);

  /**
   * Empty if there is no such block (yet).
   *
   * @throws NodeException as {@link #block(BlockHash)}
   */
  Optional<ExecutionBlock> block(BlockTag tag);

  long chainId();

  boolean syncing();

  /** Name and version of the software, as it calls itself. */
  String clientVersion();

  Wei balance(Address address, BlockTag at);

  /**
   * Delivers new heads until closed, on a thread of its own, one at a time: pushed where the node
   * can, polled where it cannot. Some may be lost or repeated.
   */
  Subscription newHeads(Consumer<NewHead> listener);
}
