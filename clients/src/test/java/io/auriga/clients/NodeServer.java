package io.auriga.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.EndpointLimits;
import io.auriga.clients.http.HttpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A node's HTTP server under a test's control; answers 404 where nothing was set. */
public final class NodeServer implements AutoCloseable {
  /** Answers one request. */
  @FunctionalInterface
  public interface Route {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  public NodeServer() {
    this(create());
  }

  NodeServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static HttpServer create() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      Route route = routes.get(exchange.getRequestURI().getPath());
      if (route == null) {
        send(exchange, 404, "application/json", "{\"statusCode\":404,\"message\":\"not found\"}");
      } else {
        route.answer(exchange);
      }
    }
  }

  public NodeServer on(String path, Route route) {
    routes.put(path, route);
    return this;
  }

  public NodeServer json(String path, String body) {
    return on(path, exchange -> send(exchange, 200, "application/json", body));
  }

  public static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    send(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  public static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** The requests so far: {@code GET /path?query}. */
  public List<String> requests() {
    return requests;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public HttpEndpoint endpoint() {
    return endpoint(limits());
  }

  public HttpEndpoint endpoint(EndpointLimits limits) {
    return new HttpEndpoint(EndpointConfig.of(uri()).withLimits(limits));
  }

  /** Limits that let a test end soon, yet not by a slow machine. */
  public static EndpointLimits limits() {
    return EndpointLimits.DEFAULT
        .withRequestDeadline(Duration.ofSeconds(10))
        .withBreaker(100, Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
