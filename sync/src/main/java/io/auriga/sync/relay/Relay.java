package io.auriga.sync.relay;

import io.auriga.sync.relay.http.Buffers;
import io.auriga.sync.relay.http.Watchdog;
import io.auriga.sync.relay.http.Wire;
import io.auriga.sync.relay.jwt.JwtVerifier;
import io.auriga.types.AurigaException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between consensus clients and execution clients on the Engine API (execution-apis, {@code
 * src/engine}). Bodies pass in both directions as they are; what is read of them is read from the
 * same bytes, aside.
 *
 * <p>Every connection has a platform thread: there are few, and theirs must not wait for the work
 * that the rest of the process does on virtual ones.
 */
public final class Relay implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int BACKLOG = 64;
  private static final int SPARE_BUFFERS = 32;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration CLOSE_LOOK = Duration.ofMillis(10);

  private final RelayConfig config;
  private final InstantSource time;
  private final RelayMetrics metrics;
  private final Watchdog watchdog = new Watchdog();
  private final Buffers buffers = new Buffers(SPARE_BUFFERS);
  private final Observation observation;
  private final Backend backend;
  private final JwtVerifier verifier;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("auriga-relay-", 0).factory());
  private final Set<ClientConnection> open = ConcurrentHashMap.newKeySet();
  private final ServerSocketChannel listener;

  private Relay(
      RelayConfig config,
      InstantSource time,
      RelayMetrics metrics,
      List<RelayObserver> observers,
      ServerSocketChannel listener) {
    this.config = config;
    this.time = time;
    this.metrics = metrics;
    this.listener = listener;
    this.observation = new Observation(observers, metrics);
    this.verifier = new JwtVerifier(config.secret(), time);
    this.backend = new Backend(config, time, watchdog, buffers, observation, metrics, threads);
  }

  /**
   * Begins to listen.
   *
   * @throws AurigaException {@code AUR-RELAY-LISTEN} if that is not possible
   */
  public static Relay start(
      RelayConfig config, InstantSource time, RelayMetrics metrics, List<RelayObserver> observers) {
    ServerSocketChannel listener = listen(config.listen());
    Relay relay = new Relay(config, time, metrics, observers, listener);
    Thread.ofPlatform().daemon().name("auriga-relay-accept").start(relay::accept);
    return relay;
  }

  private static ServerSocketChannel listen(InetSocketAddress address) {
    try {
      ServerSocketChannel listener = ServerSocketChannel.open();
      try {
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(address, BACKLOG);
        return listener;
      } catch (IOException | RuntimeException refused) {
        listener.close();
        throw refused;
      }
    } catch (IOException | RuntimeException refused) {
      throw new AurigaException(
          RelayError.LISTEN,
          "listen on " + address.getHostString() + ":" + address.getPort(),
          String.valueOf(refused.getMessage()),
          refused);
    }
  }

  /** Where consensus clients find it. */
  public URI uri() {
    InetAddress address = listener.socket().getInetAddress();
    String host = address.getHostAddress();
    return URI.create(
        "http://%s:%d"
            .formatted(
                host.contains(":") ? "[" + host + "]" : host, listener.socket().getLocalPort()));
  }

  private void accept() {
    while (listener.isOpen()) {
      try {
        serve(listener.accept());
      } catch (AsynchronousCloseException closed) {
        return;
      } catch (IOException | RuntimeException | LinkageError failed) {
        // Of one connection, or for want of descriptors: the next one may fare better, and nobody
        // else would take it.
        LOG.atDebug().setCause(failed).log("A connection was not taken");
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private void serve(SocketChannel channel) throws IOException {
    if (open.size() >= config.connectionsMax()) {
      metrics.refused(RelayError.BUSY);
      channel.close();
      return;
    }
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // A WebSocket may be silent forever; one whose client's machine is gone must not stay open.
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    Wire wire = new Wire(channel, watchdog.timer(() -> close(channel)), buffers.take());
    ByteBuffer window = buffers.take();
    ClientConnection connection =
        new ClientConnection(
            wire,
            window,
            channel.socket().getInetAddress(),
            verifier,
            backend,
            observation,
            metrics,
            time,
            config.bodyBytesMax());
    open.add(connection);
    metrics.connected(1);
    try {
      threads.execute(() -> run(connection, wire, window));
    } catch (RejectedExecutionException closing) {
      forget(connection, wire, window);
      wire.abort();
    }
  }

  private void run(ClientConnection connection, Wire wire, ByteBuffer window) {
    try {
      connection.run();
    } finally {
      forget(connection, wire, window);
    }
  }

  private void forget(ClientConnection connection, Wire wire, ByteBuffer window) {
    if (open.remove(connection)) {
      metrics.connected(-1);
      buffers.give(wire.buffer());
      buffers.give(window);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException broken) {
      // Closing a broken connection is all that was wanted.
    }
  }

  /** Takes no more calls, and lets those under way end, for a moment. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException broken) {
      // It does not listen any more, which was wanted.
    }
    open.forEach(ClientConnection::end);
    long limit = System.nanoTime() + CLOSE_PATIENCE.toNanos();
    try {
      while (!open.isEmpty() && System.nanoTime() < limit) {
        Thread.sleep(CLOSE_LOOK);
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
    open.forEach(ClientConnection::abort);
    threads.shutdownNow();
    backend.close();
    observation.close();
    watchdog.close();
  }
}
