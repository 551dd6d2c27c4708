package io.auriga.clients.execution;

import io.auriga.clients.NodeException;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.Wei;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the transactions of a block did to a few accounts, as an execution client that executes them
 * again tells: work for it, and offered by few. Nothing it says is verified.
 */
@FunctionalInterface
public interface ExecutionTraces {
  /** Never tells anything. */
  ExecutionTraces NONE = (_, _) -> new Answer.Untold("no execution node is asked for traces");

  /**
   * What one transaction changed of an account.
   *
   * @param before its balance before; empty where that is not told
   * @param after its balance after; empty where the balance did not change
   * @param gone whether the account was there before and not after
   */
  record Change(Optional<Wei> before, Optional<Wei> after, boolean gone) {}

  /** What came of the question. */
  sealed interface Answer {
    /**
     * All transactions of the block were executed again.
     *
     * @param changes of the accounts asked about, in the order of transactions; an account that
     *     none of them changed is not there
     */
    record Traced(int transactions, Map<Address, List<Change>> changes) implements Answer {}

    /** Why nothing is told. */
    record Untold(String reason) implements Answer {}
  }

  /**
   * Asks about these accounts.
   *
   * @throws NodeException only if the process is stopping
   */
  Answer trace(BlockHash block, Set<Address> accounts);

  /** The first of several nodes that tells. */
  static ExecutionTraces firstOf(List<ExecutionTraces> nodes) {
    return (block, accounts) -> {
      Answer last = NONE.trace(block, accounts);
      for (ExecutionTraces node : nodes) {
        last = node.trace(block, accounts);
        if (last instanceof Answer.Traced) {
          return last;
        }
      }
      return last;
    };
  }
}
