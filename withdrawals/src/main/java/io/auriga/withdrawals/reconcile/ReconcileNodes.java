package io.auriga.withdrawals.reconcile;

import io.auriga.chain.ChainBlock;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.execution.ExecutionBalances;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.clients.execution.ExecutionTraces;
import io.auriga.types.BlockHash;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whom to ask.
 *
 * @param execution an execution node's block by its hash; empty where it has none
 * @param block a verified block by its root; empty where no node has it
 */
public record ReconcileNodes(
    ChainSpec spec,
    BeaconStates states,
    Function<BlockHash, Optional<ExecutionBlock>> execution,
    ExecutionBalances balances,
    ExecutionTraces traces,
    Function<Root, Optional<ChainBlock>> block) {
  /** The same, but without the question that costs a node most. */
  ReconcileNodes withoutTraces() {
    return new ReconcileNodes(spec, states, execution, balances, ExecutionTraces.NONE, block);
  }
}
