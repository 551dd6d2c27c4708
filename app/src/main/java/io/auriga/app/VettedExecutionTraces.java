package io.auriga.app;

import io.auriga.clients.NetworkCheck;
import io.auriga.clients.NodeException;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.clients.execution.ExecutionTraces;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import java.util.Set;

/** Traces that count only once their node was seen to be of the followed network. */
record VettedExecutionTraces(
    ExecutionTraces traces, ExecutionNode node, NetworkCheck.Network network, Vetting vetting)
    implements ExecutionTraces {
  @Override
  public Answer trace(BlockHash block, Set<Address> accounts) {
    try {
      vetting.requireNetwork(node, network);
    } catch (NodeException unvetted) {
      return new Answer.Untold(String.valueOf(unvetted.getMessage()));
    }
    return traces.trace(block, accounts);
  }
}
