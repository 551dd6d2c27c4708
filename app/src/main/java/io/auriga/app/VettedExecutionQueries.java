package io.auriga.app;

import io.auriga.clients.NetworkCheck;
import io.auriga.clients.execution.ExecutionLog;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.clients.execution.ExecutionQueries;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import java.util.List;

/** Logs and balances that count only once their node was seen to be of the followed network. */
record VettedExecutionQueries(
    ExecutionQueries queries, ExecutionNode node, NetworkCheck.Network network, Vetting vetting)
    implements ExecutionQueries {
  private ExecutionQueries vetted() {
    vetting.requireNetwork(node, network);
    return queries;
  }

  @Override
  public String name() {
    return queries.name();
  }

  @Override
  public List<ExecutionLog> logs(BlockHash block, Address contract) {
    return vetted().logs(block, contract);
  }

  @Override
  public List<ExecutionLog> logs(BlockNumber from, BlockNumber to, Address contract) {
    return vetted().logs(from, to, contract);
  }

  @Override
  public List<Answer> balances(List<Question> questions) {
    return vetted().balances(questions);
  }
}
