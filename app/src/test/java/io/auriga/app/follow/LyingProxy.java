package io.auriga.app.follow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before a node and changes what it says. */
final class LyingProxy implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BACKLOG = 32;
  private static final String EVENTS = "/eth/v1/events";

  /**
   * An answer on its way to the client.
   *
   * @param version {@code Eth-Consensus-Version}; empty where there is none
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, String contentType, String version, byte[] body) {
    Answer withBody(byte[] other) {
      return new Answer(status, contentType, version, other);
    }

    Answer withText(String other) {
      return withBody(other.getBytes(StandardCharsets.UTF_8));
    }

    Answer replacing(String text, String other) {
      return withText(text().replace(text, other));
    }

    Answer withVersion(String other) {
      return new Answer(status, contentType, other, body);
    }

    Answer as(String otherType) {
      return new Answer(status, otherType, version, body);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** What becomes of an answer; {@code path} is that of the request. */
  @FunctionalInterface
  interface Lie {
    Answer tell(String path, Answer truth);
  }

  static final Lie TRUTH = (path, truth) -> truth;

  /** What was asked; {@code body} is empty for GET. */
  record Question(URI uri, String body) {}

  private final HttpClient client = HttpClient.newHttpClient();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Queue<Question> questions = new ConcurrentLinkedQueue<>();
  private volatile URI target;
  private volatile Lie lie = TRUTH;

  LyingProxy(URI target) throws IOException {
    this.target = target;
    server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void tell(Lie other) {
    lie = other;
  }

  /** From now on another node answers at this address. */
  void standBefore(URI other) {
    target = other;
  }

  /** All questions so far, but those for events. */
  List<Question> questions() {
    return List.copyOf(questions);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      // A node's event stream does not end, so it is not asked for one.
      Answer truth =
          path.equals(EVENTS)
              ? new Answer(200, "text/event-stream", "", new byte[0])
              : ask(exchange);
      Answer answer = lie.tell(path, truth);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      if (!answer.version().isEmpty()) {
        exchange.getResponseHeaders().set("Eth-Consensus-Version", answer.version());
      }
      exchange.sendResponseHeaders(
          answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer.body());
      }
    }
  }

  private Answer ask(HttpExchange exchange) throws IOException {
    URI asked = target.resolve(exchange.getRequestURI());
    HttpRequest.Builder request = HttpRequest.newBuilder(asked).timeout(PATIENCE);
    String accept = exchange.getRequestHeaders().getFirst("Accept");
    if (accept != null) {
      request.header("Accept", accept);
    }
    byte[] body = exchange.getRequestBody().readAllBytes();
    questions.add(new Question(exchange.getRequestURI(), new String(body, StandardCharsets.UTF_8)));
    if (exchange.getRequestMethod().equals("POST")) {
      request
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }
    try {
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      return new Answer(
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse("text/plain"),
          answer.headers().firstValue("Eth-Consensus-Version").orElse(""),
          answer.body());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException(stopping);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    client.shutdownNow();
  }
}
