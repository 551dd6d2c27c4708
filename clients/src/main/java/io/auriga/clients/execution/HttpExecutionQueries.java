package io.auriga.clients.execution;

import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.UInt64;
import java.util.List;

/** Logs and balances of one execution client over JSON-RPC. Shared by any number of threads. */
public final class HttpExecutionQueries implements ExecutionQueries {
  /**
   * The contracts that are asked about make 16 logs a block at the most, and few blocks at once.
   */
  private static final int LOGS_MAX = 100_000;

  private final HttpEndpoint endpoint;
  private final JsonRpc rpc;
  private final BalancesAfterBlocks balances;

  public HttpExecutionQueries(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
    this.rpc = new JsonRpc(endpoint);
    this.balances = new BalancesAfterBlocks(endpoint);
  }

  @Override
  public String name() {
    return endpoint.name();
  }

  @Override
  public List<ExecutionLog> logs(BlockHash block, Address contract) {
    return logs("\"blockHash\":\"" + block.toHex() + '"', contract, "of block " + block.toHex());
  }

  @Override
  public List<ExecutionLog> logs(BlockNumber from, BlockNumber to, Address contract) {
    return logs(
        "\"fromBlock\":\"%s\",\"toBlock\":\"%s\""
            .formatted(UInt64.toQuantity(from.value()), UInt64.toQuantity(to.value())),
        contract,
        "of blocks " + from + " to " + to);
  }

  private List<ExecutionLog> logs(String where, Address contract, String of) {
    return rpc.call(
        new JsonRpc.Call(
            "eth_getLogs",
            "{" + where + ",\"address\":\"" + contract.toHex() + "\"}",
            "read the logs of contract " + contract.toHex() + " " + of),
        parser -> LogJson.readAll(parser, LOGS_MAX));
  }

  @Override
  public List<Answer> balances(List<Question> questions) {
    return balances.of(questions);
  }

  @Override
  public String toString() {
    return "HttpExecutionQueries[" + name() + "]";
  }
}
