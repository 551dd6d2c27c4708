package io.auriga.clients.execution;

import io.auriga.clients.Failover;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import java.time.InstantSource;
import java.util.List;

/**
 * Logs and balances of several execution clients of one network behind one face, asked in order. A
 * difference of two balances is asked for in one go, so that both are of one node.
 */
public final class FailoverExecutionQueries implements ExecutionQueries {
  private final Failover<ExecutionQueries> failover;

  public FailoverExecutionQueries(List<ExecutionQueries> nodes) {
    this.failover = new Failover<>(nodes, ExecutionQueries::name, InstantSource.system());
  }

  @Override
  public String name() {
    return failover.name();
  }

  @Override
  public List<ExecutionLog> logs(BlockHash block, Address contract) {
    return failover.ask("read logs of block " + block.toHex(), node -> node.logs(block, contract));
  }

  @Override
  public List<ExecutionLog> logs(BlockNumber from, BlockNumber to, Address contract) {
    return failover.ask(
        "read logs of blocks " + from + " to " + to, node -> node.logs(from, to, contract));
  }

  @Override
  public List<Answer> balances(List<Question> questions) {
    return failover.ask("read " + questions.size() + " balances", node -> node.balances(questions));
  }
}
