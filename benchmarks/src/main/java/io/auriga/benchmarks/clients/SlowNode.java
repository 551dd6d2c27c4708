package io.auriga.benchmarks.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.EndpointLimits;
import io.auriga.clients.http.HttpEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;

/** A node whose every answer takes as long as is said, however many are asked for at once. */
final class SlowNode implements AutoCloseable {
  private static final byte[] ANSWER = "{}".getBytes(StandardCharsets.US_ASCII);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final LongUnaryOperator serviceMillis;
  private final AtomicLong requests = new AtomicLong();

  /**
   * @param serviceMillis what the so-manieth request takes
   */
  SlowNode(LongUnaryOperator serviceMillis) throws IOException {
    this.serviceMillis = serviceMillis;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Thread.sleep(serviceMillis.applyAsLong(requests.getAndIncrement()));
      exchange.sendResponseHeaders(200, ANSWER.length);
      exchange.getResponseBody().write(ANSWER);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  HttpEndpoint endpoint(int concurrent) {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    EndpointLimits limits =
        EndpointLimits.DEFAULT
            .withMaxConcurrent(concurrent)
            .withRequestDeadline(Duration.ofMinutes(2));
    return new HttpEndpoint(EndpointConfig.of(uri).withLimits(limits));
  }

  long requests() {
    return requests.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
