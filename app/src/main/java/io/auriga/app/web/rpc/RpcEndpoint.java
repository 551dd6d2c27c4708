package io.auriga.app.web.rpc;

import io.auriga.runtime.http.HttpError;
import io.auriga.runtime.http.HttpException;
import io.auriga.runtime.http.Json;
import io.auriga.runtime.http.Request;
import io.auriga.runtime.http.Response;
import io.auriga.types.AurigaException;
import io.auriga.types.Hex;
import java.io.IOException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

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
    if (body.isArray()) {
      return batch(body);
    }
    return expectsAnswer(body) ? Response.json(answer(body)) : Response.noContent();
  }

  /** Answered one by one while it is written, so that no more than one answer is in memory. */
  private Response batch(JsonNode calls) {
    if (calls.isEmpty() || calls.size() > BATCH_MAX) {
      return Response.json(
          failure(
              NODES.nullNode(),
              RpcException.of(
                  RpcException.INVALID_REQUEST,
                  "a batch holds 1 to %d calls, not %d".formatted(BATCH_MAX, calls.size()))));
    }
    List<JsonNode> answered = calls.valueStream().filter(RpcEndpoint::expectsAnswer).toList();
    if (answered.isEmpty()) {
      return Response.noContent();
    }
    return Response.stream(
        Response.JSON,
        stream -> {
          try (JsonGenerator json = Json.generator(stream)) {
            json.writeStartArray();
            for (JsonNode call : answered) {
              answer(call).write(json);
            }
            json.writeEndArray();
          } catch (JacksonException gone) {
            throw new IOException("The caller went away", gone);
          }
        });
  }

  /** A valid call without an id is a notification; as every method only reads, it does nothing. */
  private static boolean expectsAnswer(JsonNode call) {
    try {
      requireValid(call);
      return call.has("id");
    } catch (RpcException invalid) {
      return true;
    }
  }

  private Json.JsonWriter answer(JsonNode call) {
    JsonNode id = idOf(call);
    try {
      requireValid(call);
      Json.JsonWriter result = methods.call(call.get("method").stringValue(), call.get("params"));
      return json -> {
        begin(json, id);
        json.writeName("result");
        result.write(json);
        json.writeEndObject();
      };
    } catch (RpcException refused) {
      return failure(id, refused);
    } catch (AurigaException failed) {
      return failure(id, RpcException.internal(failed));
    }
  }

  private static void begin(JsonGenerator json, JsonNode id) {
    json.writeStartObject();
    json.writeStringProperty("jsonrpc", "2.0");
    json.writeName("id");
    json.writeTree(id);
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

  private static Json.JsonWriter failure(JsonNode id, RpcException refused) {
    return json -> {
      begin(json, id);
      json.writeObjectPropertyStart("error");
      json.writeNumberProperty("code", refused.code());
      json.writeStringProperty("message", refused.getMessage());
      refused
          .reason()
          .ifPresent(
              reason -> {
                json.writeObjectPropertyStart("data");
                json.writeStringProperty("code", reason.code());
                json.writeStringProperty("remedy", reason.remedy());
                json.writeEndObject();
              });
      json.writeEndObject();
      json.writeEndObject();
    };
  }

  /** A text from a caller, shortened so that it can stand in a message. */
  static String quoted(JsonNode node) {
    return node.isString() ? Hex.abbreviate(node.stringValue()) : Hex.abbreviate(node.toString());
  }
}
