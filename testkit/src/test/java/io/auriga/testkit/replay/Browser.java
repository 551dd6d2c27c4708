package io.auriga.testkit.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain HTTP client for tests, which knows nothing of Auriga's own. */
final class Browser implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  Browser(URI base) {
    this.base = base;
  }

  HttpResponse<byte[]> get(String path, String accept) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Accept", accept)
            .timeout(DEADLINE)
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(get(path, "application/json").body());
  }

  int status(String path) throws IOException, InterruptedException {
    return get(path, "application/json").statusCode();
  }

  JsonNode post(String body) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(base)
                .timeout(DEADLINE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    return JsonMapper.shared().readTree(answer.body());
  }

  HttpResponse<byte[]> post(String path, String body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/json")
            .timeout(DEADLINE)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  Stream stream(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer =
        http.send(
            HttpRequest.newBuilder(base.resolve(path)).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    return new Stream(
        answer.statusCode(),
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
  }

  /** An event stream that is open. */
  record Stream(int status, BufferedReader lines) implements AutoCloseable {
    /** The topic of the next event; null at the end of the stream. */
    @Nullable String nextTopic() throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          return line.substring("event: ".length());
        }
      }
      return null;
    }

    /** Waits for the end, in good order or not; false if another event comes first. */
    boolean ends() {
      try {
        return nextTopic() == null;
      } catch (IOException broken) {
        return true;
      }
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
