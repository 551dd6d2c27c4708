package io.auriga.clients.execution;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.http.HttpAnswer;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import io.auriga.types.Hex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * JSON-RPC 2.0 over one endpoint: single calls and batches. Answers stream by; what is made of a
 * result is the caller's.
 */
final class JsonRpc {
  private static final int NO_ID = -1;

  /** How one call ended. */
  sealed interface Outcome<T> {
    record Result<T>(T value) implements Outcome<T> {}

    record Failure<T>(NodeException exception) implements Outcome<T> {}
  }

  /** One call. Parameters are JSON already. */
  record Call(String method, String parameters, String asked) {
    private String request(int id) {
      return "{\"jsonrpc\":\"2.0\",\"id\":"
          + id
          + ",\"method\":\""
          + method
          + "\",\"params\":["
          + parameters
          + "]}";
    }
  }

  private record Element<T>(int id, @Nullable Outcome<T> outcome) {}

  private final HttpEndpoint endpoint;

  JsonRpc(HttpEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Asks one thing.
   *
   * @param result reads the result on whose first token the parser stands, up to its last; null is
   *     a token like others
   */
  <T> T call(Call call, Function<JsonParser, T> result) {
    byte[] body = post(call.request(1), call.asked());
    try (JsonParser parser = endpoint.json().parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonView.Unexpected("the answer is not an object");
      }
      Element<T> element = element(parser, result, List.of(call), call);
      if (element.outcome() == null) {
        throw new JsonView.Unexpected("the answer has neither result nor error");
      }
      // A null id comes with errors only: the node could not read the request.
      boolean otherId = element.id() != 1 && element.outcome() instanceof Outcome.Result;
      if (otherId) {
        throw new JsonView.Unexpected("the answer is for another request");
      }
      return switch (element.outcome()) {
        case Outcome.Result<T>(T value) -> value;
        case Outcome.Failure<T>(NodeException exception) -> throw exception;
      };
    } catch (JacksonException | JsonView.Unexpected malformed) {
      throw malformed(call.asked(), body, malformed);
    }
  }

  /**
   * Asks several things in one exchange. The answers come in the order asked whatever the node's
   * order; a missing one is a failure of its own. If the node answers with one error for all, each
   * fails with it.
   *
   * @throws NodeException if the exchange itself failed or its answer cannot be read
   */
  <T> List<Outcome<T>> batch(List<Call> calls, Function<JsonParser, T> result) {
    StringBuilder request = new StringBuilder("[");
    for (int i = 0; i < calls.size(); i++) {
      request.append(i == 0 ? "" : ",").append(calls.get(i).request(i));
    }
    String asked = calls.getFirst().asked() + " and " + (calls.size() - 1) + " more in one batch";
    byte[] body = post(request.append(']').toString(), asked);
    try (JsonParser parser = endpoint.json().parser(body)) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT) {
        Element<T> whole = element(parser, result, calls, calls.getFirst());
        if (whole.outcome() instanceof Outcome.Failure<T> failure) {
          throw failure.exception();
        }
        throw new JsonView.Unexpected("one answer came for a batch of " + calls.size());
      }
      if (first != JsonToken.START_ARRAY) {
        throw new JsonView.Unexpected("the answer is not a list");
      }
      return ordered(elements(parser, calls, result), calls);
    } catch (JacksonException | JsonView.Unexpected malformed) {
      throw malformed(asked, body, malformed);
    }
  }

  private <T> List<Element<T>> elements(
      JsonParser parser, List<Call> calls, Function<JsonParser, T> result) {
    List<Element<T>> elements = new ArrayList<>(calls.size());
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new JsonView.Unexpected("an answer of the batch is not an object");
      }
      if (elements.size() == calls.size()) {
        throw new JsonView.Unexpected("more answers came than the " + calls.size() + " asked for");
      }
      elements.add(element(parser, result, calls, calls.getFirst()));
    }
    return elements;
  }

  private <T> List<Outcome<T>> ordered(List<Element<T>> elements, List<Call> calls) {
    List<@Nullable Outcome<T>> byId = new ArrayList<>();
    calls.forEach(_ -> byId.add(null));
    for (Element<T> element : elements) {
      int id = element.id();
      if (id < 0 || id >= calls.size()) {
        continue;
      }
      if (byId.get(id) != null) {
        byId.set(id, failure(calls.get(id), "the batch answers it twice"));
      } else {
        byId.set(id, element.outcome());
      }
    }
    List<Outcome<T>> outcomes = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      Outcome<T> outcome = byId.get(i);
      outcomes.add(
          outcome == null ? failure(calls.get(i), "the batch's answer leaves it out") : outcome);
    }
    return outcomes;
  }

  private <T> Outcome<T> failure(Call call, String problem) {
    return new Outcome.Failure<>(endpoint.failure(ClientError.MALFORMED, call.asked(), problem));
  }

  /** Reads one response object; its fields may come in any order. */
  private <T> Element<T> element(
      JsonParser parser, Function<JsonParser, T> result, List<Call> calls, Call assumed) {
    int id = NO_ID;
    Outcome<T> outcome = null;
    String problem = null;
    RpcError error = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "id" -> id = id(parser, value);
        case "result" -> {
          int depth = parser.streamReadContext().getNestingDepth();
          try {
            outcome = new Outcome.Result<>(result.apply(parser));
          } catch (JsonView.Unexpected malformed) {
            // Only this item is unusable; go on behind its result.
            problem = malformed.getMessage();
            leave(parser, depth, value);
          }
        }
        case "error" -> {
          if (value != JsonToken.VALUE_NULL) {
            error = RpcError.read(parser);
          }
        }
        default -> parser.skipChildren();
      }
    }
    Call call = calls.size() > 1 && id >= 0 && id < calls.size() ? calls.get(id) : assumed;
    if (error != null) {
      return new Element<>(id, new Outcome.Failure<>(error(error, call)));
    }
    return new Element<>(id, problem != null ? failure(call, problem) : outcome);
  }

  /** Moves to the end of the value that began at {@code depth}. */
  private static void leave(JsonParser parser, int depth, JsonToken began) {
    boolean structured = began == JsonToken.START_OBJECT || began == JsonToken.START_ARRAY;
    if (!structured) {
      return;
    }
    int outside = depth - 1;
    while (parser.streamReadContext().getNestingDepth() > outside) {
      parser.nextToken();
    }
  }

  private static int id(JsonParser parser, JsonToken value) {
    if (value == JsonToken.VALUE_NUMBER_INT) {
      return parser.getIntValue();
    }
    if (value == JsonToken.VALUE_STRING) {
      // Some proxies make strings of ids.
      String text = parser.getString();
      return text.matches("\\d{1,9}") ? Integer.parseInt(text) : NO_ID;
    }
    parser.skipChildren();
    return NO_ID;
  }

  private NodeException error(RpcError error, Call call) {
    return error.isMethodNotFound()
        ? endpoint.failure(
            ClientError.UNSUPPORTED_ROUTE,
            call.asked(),
            "it does not know the method " + call.method() + " (" + error.message() + ")")
        : endpoint.rpcFailure(call.asked(), error.code(), error.toString());
  }

  private byte[] post(String request, String asked) {
    HttpAnswer answer = endpoint.post(request.getBytes(StandardCharsets.UTF_8), asked);
    if (answer.status() == 404) {
      throw endpoint.statusFailure(
          ClientError.UNSUPPORTED_ROUTE, asked, 404, "status 404, " + answer.excerpt());
    }
    if (!answer.isOk()) {
      throw endpoint.statusFailure(answer, asked);
    }
    return answer.body();
  }

  private NodeException malformed(String asked, byte[] body, RuntimeException malformed) {
    String begins =
        "; the answer begins "
            + Hex.abbreviate(
                new String(body, 0, Math.min(body.length, 64), StandardCharsets.UTF_8));
    return malformed instanceof JacksonException notJson
        ? endpoint.failure(
            NodeJson.errorOf(notJson), asked, NodeJson.describe(notJson) + begins, notJson)
        : endpoint.failure(
            ClientError.MALFORMED, asked, malformed.getMessage() + begins, malformed);
  }
}
