package io.auriga.clients.execution;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonParser;

/** Calls in few exchanges where a node takes batches, and one by one where it does not. */
record ManyCalls(JsonRpc rpc) {
  /** Nodes limit batches to 100 or more. */
  private static final int BATCH = 64;

  /**
   * Asks all, in the order given; each may fail alone.
   *
   * @param result as for {@link JsonRpc#call}
   * @throws NodeException if the node did not answer at all
   */
  <T> List<JsonRpc.Outcome<T>> ask(List<JsonRpc.Call> calls, Function<JsonParser, T> result) {
    List<JsonRpc.Outcome<T>> outcomes = new ArrayList<>(calls.size());
    for (int from = 0; from < calls.size(); from += BATCH) {
      outcomes.addAll(part(calls.subList(from, Math.min(calls.size(), from + BATCH)), result));
    }
    return outcomes;
  }

  private <T> List<JsonRpc.Outcome<T>> part(
      List<JsonRpc.Call> calls, Function<JsonParser, T> result) {
    if (calls.size() > 1) {
      try {
        return rpc.batch(calls, result);
      } catch (NodeException failed) {
        if (!isAnswer(failed.error()) && failed.error() != ClientError.STATUS) {
          throw failed;
        }
        // Some nodes know no batches.
      }
    }
    List<JsonRpc.Outcome<T>> outcomes = new ArrayList<>(calls.size());
    for (JsonRpc.Call call : calls) {
      try {
        outcomes.add(new JsonRpc.Outcome.Result<>(rpc.call(call, result)));
      } catch (NodeException failed) {
        if (!isAnswer(failed.error())) {
          throw failed;
        }
        outcomes.add(new JsonRpc.Outcome.Failure<>(failed));
      }
    }
    return outcomes;
  }

  /** Whether the node is there, and answered something else. */
  private static boolean isAnswer(ClientError error) {
    return switch (error) {
      case RPC_ERROR, UNSUPPORTED_ROUTE, MALFORMED, TOO_LARGE -> true;
      default -> false;
    };
  }
}
