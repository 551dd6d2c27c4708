package io.auriga.clients.execution;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.JsonView;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.UInt64;
import io.auriga.types.Wei;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Logs and balances of one execution client over JSON-RPC. Shared by any number of threads. */
public final class HttpExecutionQueries implements ExecutionQueries {
  /** Nodes limit batches to 100 or more. */
  private static final int BATCH = 64;

  /**
   * The contracts that are asked about make 16 logs a block at the most, and few blocks at once.
   */
  private static final int LOGS_MAX = 100_000;

  private final HttpEndpoint endpoint;
  private final JsonRpc rpc;

  public HttpExecutionQueries(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
    this.rpc = new JsonRpc(endpoint);
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
    List<Answer> answers = new ArrayList<>(questions.size());
    for (int from = 0; from < questions.size(); from += BATCH) {
      List<JsonRpc.Call> calls =
          questions.subList(from, Math.min(questions.size(), from + BATCH)).stream()
              .map(HttpExecutionQueries::call)
              .toList();
      part(calls).forEach(outcome -> answers.add(answer(outcome)));
    }
    return List.copyOf(answers);
  }

  private List<JsonRpc.Outcome<Wei>> part(List<JsonRpc.Call> calls) {
    if (calls.size() > 1) {
      try {
        return rpc.batch(calls, HttpExecutionQueries::wei);
      } catch (NodeException failed) {
        if (failed.error() != ClientError.RPC_ERROR
            && failed.error() != ClientError.MALFORMED
            && failed.error() != ClientError.STATUS) {
          throw failed;
        }
        // Some nodes know no batches.
      }
    }
    List<JsonRpc.Outcome<Wei>> outcomes = new ArrayList<>(calls.size());
    for (JsonRpc.Call call : calls) {
      try {
        outcomes.add(new JsonRpc.Outcome.Result<>(rpc.call(call, HttpExecutionQueries::wei)));
      } catch (NodeException failed) {
        if (failed.error() != ClientError.RPC_ERROR
            && failed.error() != ClientError.UNSUPPORTED_ROUTE
            && failed.error() != ClientError.MALFORMED) {
          throw failed;
        }
        outcomes.add(new JsonRpc.Outcome.Failure<>(failed));
      }
    }
    return outcomes;
  }

  private static JsonRpc.Call call(Question question) {
    return new JsonRpc.Call(
        "eth_getBalance",
        "\"%s\",{\"blockHash\":\"%s\"}"
            .formatted(question.account().toHex(), question.block().toHex()),
        "read the balance of " + question.account().toHex() + " at " + question.block().toHex());
  }

  private static Wei wei(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new JsonView.Unexpected("result is not a string");
    }
    return new Wei(
        ExecutionBlockJson.value("result", parser.getString(), BlockFields::bigQuantity));
  }

  private static Answer answer(JsonRpc.Outcome<Wei> outcome) {
    return switch (outcome) {
      case JsonRpc.Outcome.Result<Wei>(Wei balance) -> new Answer.Known(balance);
      case JsonRpc.Outcome.Failure<Wei>(NodeException reason) -> new Answer.Untold(reason);
    };
  }

  @Override
  public String toString() {
    return "HttpExecutionQueries[" + name() + "]";
  }
}
