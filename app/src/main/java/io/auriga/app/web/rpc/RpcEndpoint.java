package io.auriga.app.web.rpc;

import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Json;
import io.auriga.runtime.http.Request;
import io.auriga.runtime.http.Response;
import io.auriga.types.AurigaException;
import io.auriga.types.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON-RPC 2.0 protocol: single calls, notifications and bounded batches. */
public final class RpcEndpoint {
  /** As many as a usual client sends at once; each may give up to a thousand withdrawals. */
  private static final int BATCH_MAX = 50;

  private static final JsonNodeFactory NODES = Json.nodes();

  private final RpcMethods methods;

  public RpcEndpoint(RpcMethods methods) {
    this.methods = methods;
  }

  /** Answers one POST. Errors of calls are in the body; the HTTP status stays 200. */
  public Response handle(Request request) {
    JsonNode body;
    try {
      body = request.json();
    } catch (HttpException malformed) {
      if (malformed.error() != HttpError.BAD_REQUEST) {
        throw malformed;
      }
      return Response.json(
          failure(
              NODES.nullNode(),
              RpcException.of(RpcException.PARSE_ERROR, String.valueOf(malformed.getMessage()))));
    }
    return body.isArray() ? batch(body) : answer(call(body));
  }

  private Response batch(JsonNode calls) {
    if (calls.isEmpty() || calls.size() > BATCH_MAX) {
      return Response.json(
          failure(
              NODES.nullNode(),
              RpcException.of(
                  RpcException.INVALID_REQUEST,
                  "a batch holds 1 to %d calls, not %d".formatted(BATCH_MAX, calls.size()))));
    }
    List<ObjectNode> answers = new ArrayList<>();
    for (JsonNode one : calls) {
      call(one).ifPresent(answers::add);
    }
    if (answers.isEmpty()) {
      return Response.noContent();
    }
    ArrayNode all = NODES.arrayNode();
    answers.forEach(all::add);
    return Response.json(all);
  }

  private static Response answer(Optional<ObjectNode> one) {
    return one.map(Response::json).orElseGet(Response::noContent);
  }

  /** Empty for a notification, which nobody waits for. */
  private Optional<ObjectNode> call(JsonNode call) {
    JsonNode id = idOf(call);
    boolean notification = call.isObject() && !call.has("id");
    ObjectNode answer;
    try {
      requireValid(call);
      JsonNode result = methods.call(call.get("method").stringValue(), call.get("params"));
      answer = NODES.objectNode().put("jsonrpc", "2.0");
      answer.set("id", id);
      answer.set("result", result);
    } catch (RpcException refused) {
      if (refused.code() == RpcException.INVALID_REQUEST) {
        return Optional.of(failure(id, refused));
      }
      answer = failure(id, refused);
    } catch (AurigaException failed) {
      answer = failure(id, RpcException.internal(failed));
    }
    return notification ? Optional.empty() : Optional.of(answer);
  }

  private static void requireValid(JsonNode call) {
    if (!call.isObject()) {
      throw RpcException.of(RpcException.INVALID_REQUEST, "a call is a JSON object");
    }
    if (!call.path("jsonrpc").isString() || !call.path("jsonrpc").stringValue().equals("2.0")) {
      throw RpcException.of(RpcException.INVALID_REQUEST, "\"jsonrpc\" must be \"2.0\"");
    }
    if (!call.path("method").isString()) {
      throw RpcException.of(RpcException.INVALID_REQUEST, "\"method\" must be a string");
    }
    JsonNode id = call.path("id");
    if (!id.isMissingNode() && !id.isNull() && !id.isString() && !id.isNumber()) {
      throw RpcException.of(
          RpcException.INVALID_REQUEST, "\"id\" must be a string, a number or null");
    }
    JsonNode params = call.path("params");
    if (!params.isMissingNode() && !params.isArray() && !params.isObject()) {
      throw RpcException.of(RpcException.INVALID_REQUEST, "\"params\" must be an array");
    }
  }

  private static JsonNode idOf(JsonNode call) {
    JsonNode id = call.path("id");
    return id.isString() || id.isNumber() ? id : NODES.nullNode();
  }

  private static ObjectNode failure(JsonNode id, RpcException refused) {
    ObjectNode error =
        NODES.objectNode().put("code", refused.code()).put("message", refused.getMessage());
    refused
        .reason()
        .ifPresent(
            reason ->
                error.set(
                    "data",
                    NODES.objectNode().put("code", reason.code()).put("remedy", reason.remedy())));
    ObjectNode answer = NODES.objectNode().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.set("error", error);
    return answer;
  }

  /** A text from a caller, shortened so that it can stand in a message. */
  static String quoted(JsonNode node) {
    return node.isString() ? Hex.abbreviate(node.stringValue()) : Hex.abbreviate(node.toString());
  }
}
