package io.auriga.testkit.replay;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.auriga.types.AurigaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server on 127.0.0.1, one virtual thread a request, at most {@value #REQUESTS_MAX}. */
final class LoopbackServer implements AutoCloseable {
  // An event stream is a request that lasts; more than a few clients is a leak of theirs.
  private static final int REQUESTS_MAX = 128;
  private static final int BACKLOG = 64;
  private static final long STOP_SECONDS_MAX = 5;

  private static final Logger log = LoggerFactory.getLogger(LoopbackServer.class);

  /** Answers one request, and leaves the exchange closed. */
  interface Handler {
    void handle(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Semaphore permits = new Semaphore(REQUESTS_MAX);
  private final Handler handler;

  /**
   * Listens at once.
   *
   * @param port 0 for one that is free
   * @throws AurigaException {@link ReplayError#CANNOT_LISTEN}
   */
  LoopbackServer(String name, int port, Handler handler) {
    this.handler = handler;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
              BACKLOG);
    } catch (IOException refused) {
      throw new AurigaException(
          ReplayError.CANNOT_LISTEN,
          "listen on 127.0.0.1:" + port + " for the " + name,
          String.valueOf(refused.getMessage()),
          refused);
    }
    threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("auriga-" + name + "-", 0).factory());
    server.createContext("/", this::serve);
    server.setExecutor(threads);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void serve(HttpExchange exchange) {
    boolean permitted = permits.tryAcquire();
    try (exchange) {
      if (permitted) {
        handler.handle(exchange);
      } else {
        Reply.failure(503, "more than " + REQUESTS_MAX + " requests at once").sendTo(exchange);
      }
    } catch (IOException gone) {
      log.debug("A client left a replay server reason={}", gone.getMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException ours) {
      // Closing the exchange shows the client a broken answer, never a false one.
      log.error("A replay server failed at {}", exchange.getRequestURI(), ours);
    } finally {
      if (permitted) {
        permits.release();
      }
    }
  }

  /** Ends every request, event streams too. */
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
    try {
      if (!threads.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        log.warn("Requests to a replay server still run after {} s", STOP_SECONDS_MAX);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
