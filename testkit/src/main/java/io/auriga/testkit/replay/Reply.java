package io.auriga.testkit.replay;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A whole HTTP answer. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
  static final String JSON = "application/json";
  static final String SSZ = "application/octet-stream";

  static Reply json(String body) {
    return json(200, body);
  }

  static Reply json(int status, String body) {
    return new Reply(status, JSON, Map.of(), body.getBytes(StandardCharsets.UTF_8));
  }

  static Reply empty(int status) {
    return new Reply(status, JSON, Map.of(), new byte[0]);
  }

  /** The Beacon API's form of a failure. */
  static Reply failure(int status, String message) {
    return json(
        status, "{\"code\":" + status + ",\"message\":\"" + message.replace('"', '\'') + "\"}");
  }

  Reply withHeader(String name, String value) {
    return new Reply(status, contentType, Map.of(name, value), body);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  void sendTo(HttpExchange exchange) throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
