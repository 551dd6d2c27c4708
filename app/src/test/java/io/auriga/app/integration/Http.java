package io.auriga.app.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON over HTTP, with nothing of Auriga's own clients. */
final class Http {
  static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Http() {}

  /** An answer: its status, and its body if that is JSON. */
  record Answer(int status, JsonNode body) {
    JsonNode require() {
      if (status != 200) {
        throw new IllegalStateException("status " + status + ": " + body);
      }
      return body;
    }
  }

  static Answer get(URI uri) {
    return send(HttpRequest.newBuilder(uri).timeout(DEADLINE).GET().build());
  }

  static JsonNode rpc(URI uri, String request) {
    return send(HttpRequest.newBuilder(uri)
            .timeout(DEADLINE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(request))
            .build())
        .require();
  }

  private static Answer send(HttpRequest request) {
    try {
      HttpResponse<byte[]> response = CLIENT.send(request, BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
    } catch (IOException failure) {
      throw new UncheckedIOException("no answer to " + request, failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + request, interrupted);
    }
  }

  static JsonNode parse(String json) {
    return MAPPER.readTree(json);
  }
}
