package io.auriga.withdrawals.reconcile;

import io.auriga.chain.ChainBlock;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.execution.ExecutionBalances;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whom to ask.
 *
 * @param block a verified block by its root; empty where no node has it
 */
public record ReconcileNodes(
    ChainSpec spec,
    BeaconStates states,
    ExecutionNode execution,
    ExecutionBalances balances,
    Function<Root, Optional<ChainBlock>> block) {}
