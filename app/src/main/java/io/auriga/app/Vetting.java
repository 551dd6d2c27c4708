package io.auriga.app;

import io.auriga.clients.ClientError;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.execution.ExecutionNode;

/**
 * Keeps a node that did not answer at start from being used before its network was compared with
 * that of the others. Shared by any number of threads; checking twice does no harm.
 */
final class Vetting {
  private volatile boolean passed;

  /** Nothing to check: the node was compared at start. */
  void pass() {
    passed = true;
  }

  /** Runs the check unless it has passed before; what it throws passes through. */
  void require(Runnable check) {
    if (!passed) {
      check.run();
      passed = true;
    }
  }

  /** Compares a beacon node with the followed network unless that was done before. */
  void requireNetwork(BeaconNode node, NetworkCheck.Network network) {
    require(
        () -> {
          requireSame(node.name(), "genesis", network.genesis(), node.genesis());
          requireSame(
              node.name(), "deposit contract", network.depositContract(), node.depositContract());
        });
  }

  /** The same for an execution node, by its chain id. */
  void requireNetwork(ExecutionNode node, NetworkCheck.Network network) {
    require(
        () ->
            requireSame(
                node.name(), "chain id", network.depositContract().chainId(), node.chainId()));
  }

  private static <T> void requireSame(String node, String what, T expected, T actual) {
    if (!expected.equals(actual)) {
      throw new NodeException(
          ClientError.WRONG_NETWORK,
          node,
          "use the answers",
          "its %s is %s, that of the followed network is %s".formatted(what, actual, expected));
    }
  }
}
