package io.auriga.clients.execution;

import io.auriga.clients.ClientError;
import io.auriga.clients.Failover;
import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.Wei;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Several execution clients of one network behind one face, asked in order. A block named by its
 * hash is looked for at all of them, because the first may not have it yet; anything else is the
 * first answer's. New heads are heard from all of them.
 */
public final class FailoverExecutionNode implements ExecutionNode {
  private final Failover<ExecutionNode> failover;

  public FailoverExecutionNode(List<ExecutionNode> nodes) {
    this(nodes, InstantSource.system());
  }

  public FailoverExecutionNode(List<ExecutionNode> nodes, InstantSource time) {
    this.failover = new Failover<>(nodes, ExecutionNode::name, time);
  }

  @Override
  public String name() {
    return failover.name();
  }

  @Override
  public Optional<ExecutionBlock> block(BlockHash hash) {
    return switch (blocks(List.of(hash)).getFirst()) {
      case BlockAnswer.Found(_, ExecutionBlock block) -> Optional.of(block);
      case BlockAnswer.Unknown _ -> Optional.empty();
      case BlockAnswer.Failed(_, NodeException failure) -> throw failure;
    };
  }

  @Override
  public List<BlockAnswer> blocks(List<BlockHash> hashes) {
    List<BlockAnswer> answers = new ArrayList<>();
    List<NodeException> failures = new ArrayList<>();
    for (int position : failover.order()) {
      try {
        if (answers.isEmpty()) {
          answers.addAll(failover.ask(position, node -> node.blocks(hashes)));
        } else {
          improve(answers, position);
        }
      } catch (NodeException failed) {
        if (failed.error() == ClientError.INTERRUPTED || failed.error() == ClientError.CLOSED) {
          throw failed;
        }
        failures.add(failed);
      }
      if (!hashes.isEmpty()
          && !answers.isEmpty()
          && answers.stream().allMatch(BlockAnswer.Found.class::isInstance)) {
        return answers;
      }
    }
    if (answers.isEmpty() && !hashes.isEmpty()) {
      throw failover.allFailed("read " + hashes.size() + " execution blocks", failures);
    }
    return answers;
  }

  /** Asks another node for what is not found yet. */
  private void improve(List<BlockAnswer> answers, int position) {
    List<Integer> open =
        IntStream.range(0, answers.size())
            .filter(i -> !(answers.get(i) instanceof BlockAnswer.Found))
            .boxed()
            .toList();
    List<BlockHash> hashes = open.stream().map(i -> answers.get(i).hash()).toList();
    List<BlockAnswer> others = failover.ask(position, node -> node.blocks(hashes));
    for (int i = 0; i < open.size(); i++) {
      // "Unknown" is an answer, a failure is none.
      if (!(others.get(i) instanceof BlockAnswer.Failed)) {
        answers.set(open.get(i), others.get(i));
      }
    }
  }

  @Override
  public Optional<ExecutionBlock> block(BlockTag tag) {
    return failover.ask("read execution block " + tag.wireName(), node -> node.block(tag));
  }

  @Override
  public long chainId() {
    return failover.ask("read the chain id", ExecutionNode::chainId);
  }

  @Override
  public boolean syncing() {
    return failover.ask("read the sync status", ExecutionNode::syncing);
  }

  @Override
  public String clientVersion() {
    return failover.ask("read the version", ExecutionNode::clientVersion);
  }

  @Override
  public Wei balance(Address address, BlockTag at) {
    return failover.ask(
        "read the balance of " + address.toHex(), node -> node.balance(address, at));
  }

  @Override
  public Subscription newHeads(Consumer<NewHead> listener) {
    // One at a time, as promised, though each node's stream has a thread of its own.
    Object oneAtATime = new Object();
    List<Subscription> streams =
        failover.nodes().stream()
            .map(
                node ->
                    node.newHeads(
                        head -> {
                          synchronized (oneAtATime) {
                            listener.accept(head);
                          }
                        }))
            .toList();
    return () -> streams.forEach(Subscription::close);
  }

  @Override
  public String toString() {
    return "FailoverExecutionNode[" + name() + "]";
  }
}
