package io.auriga.runtime.http;

import io.auriga.types.AurigaException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** What a handler answers: a status, headers, and a body in memory, as a stream or as events. */
public final class Response {
  public static final String JSON = "application/json";
  public static final String HTML = "text/html; charset=utf-8";
  public static final String TEXT = "text/plain; charset=utf-8";
  public static final String CSV = "text/csv; charset=utf-8";

  private final int status;
  private final Map<String, String> headers;
  private final Body body;

  private Response(int status, Map<String, String> headers, Body body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public static Response json(JsonNode node) {
    return bytes(JSON, Json.bytes(node));
  }

  public static Response json(Json.JsonWriter writer) {
    return bytes(JSON, Json.bytes(writer));
  }

  public static Response html(String page) {
    return bytes(HTML, page.getBytes(StandardCharsets.UTF_8));
  }

  public static Response text(String text) {
    return bytes(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  public static Response bytes(String contentType, byte[] bytes) {
    return new Response(200, headers("Content-Type", contentType), new Body.Bytes(bytes));
  }

  /** A body that is written piece by piece and never in memory as a whole. */
  public static Response stream(String contentType, StreamWriter writer) {
    return new Response(200, headers("Content-Type", contentType), new Body.Stream(writer));
  }

  /** A stream of events that begins with {@code first} and goes on with what is published. */
  public static Response events(SseStream stream, Supplier<List<SseEvent>> first) {
    return new Response(
        200,
        headers("Content-Type", "text/event-stream; charset=utf-8"),
        new Body.Events(stream, first));
  }

  public static Response noContent() {
    return new Response(204, Map.of(), new Body.Bytes(new byte[0]));
  }

  /** To another path of this endpoint. */
  public static Response redirect(String path) {
    return new Response(302, headers("Location", path), new Body.Bytes(new byte[0]));
  }

  /** The uniform error object. */
  public static Response error(int status, AurigaException failure) {
    return json(generator -> {
          generator.writeStartObject();
          generator.writeStringProperty("code", failure.code());
          generator.writeStringProperty("message", failure.getMessage());
          generator.writeStringProperty("remedy", failure.remedy());
          generator.writeEndObject();
        })
        .withStatus(status);
  }

  public Response withStatus(int other) {
    return new Response(other, headers, body);
  }

  public Response withHeader(String name, String value) {
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new Response(status, more, body);
  }

  public int status() {
    return status;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  Map<String, String> headers() {
    return headers;
  }

  Body body() {
    return body;
  }

  private static Map<String, String> headers(String name, String value) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put(name, value);
    return headers;
  }

  /** Writes a streamed body; what it throws cuts the connection, so that the client notices. */
  @FunctionalInterface
  public interface StreamWriter {
    void write(OutputStream stream) throws IOException;
  }

  sealed interface Body {
    /** Everything at once; not a record, as arrays have no equality to offer. */
    final class Bytes implements Body {
      private final byte[] bytes;

      Bytes(byte[] bytes) {
        this.bytes = bytes;
      }

      byte[] bytes() {
        return bytes;
      }
    }

    record Stream(StreamWriter writer) implements Body {}

    record Events(SseStream stream, Supplier<List<SseEvent>> first) implements Body {}
  }
}
