package io.auriga.sync.relay;

import io.auriga.sync.relay.http.Buffers;
import io.auriga.sync.relay.http.Timer;
import io.auriga.sync.relay.http.Watchdog;
import io.auriga.sync.relay.http.Wire;
import io.auriga.sync.relay.jwt.JwtIssuer;
import io.auriga.sync.relay.scan.AnswerFacts;
import io.auriga.sync.relay.scan.PayloadStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One execution client: its connections, its order of fork choices, and how it does. */
final class Execution implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Execution.class);
  private static final int CONNECT_MILLIS_MAX = 2_000;
  private static final int IDLE_MAX = 8;

  private final ExecutionConfig config;
  private final JwtIssuer issuer;
  private final Watchdog watchdog;
  private final Buffers buffers;
  private final RelayMetrics metrics;
  private final LinkedBlockingDeque<Wire> idle = new LinkedBlockingDeque<>(IDLE_MAX);
  private final Order order = new Order();
  private final AtomicReference<Standing> standing = new AtomicReference<>(Standing.UNKNOWN);
  private volatile boolean closed;

  Execution(
      ExecutionConfig config,
      InstantSource time,
      Watchdog watchdog,
      Buffers buffers,
      RelayMetrics metrics) {
    this.config = config;
    this.issuer = new JwtIssuer(config.secret(), time);
    this.watchdog = watchdog;
    this.buffers = buffers;
    this.metrics = metrics;
  }

  String name() {
    return config.name();
  }

  String authority() {
    return config.authority();
  }

  /** A path before the one that is asked for; mostly empty. */
  String path() {
    String path = config.url().getRawPath() == null ? "" : config.url().getRawPath();
    return path.equals("/") ? "" : path;
  }

  String token() {
    return issuer.token();
  }

  Order order() {
    return order;
  }

  Standing standing() {
    return standing.get();
  }

  /** Notes how it answered; a change is worth a line. */
  void stands(Standing now) {
    metrics.answered(name(), now != Standing.DOWN);
    Standing before = standing.getAndSet(now);
    if (before != now) {
      (now == Standing.DOWN ? LOG.atWarn() : LOG.atInfo())
          .addKeyValue("execution", name())
          .addKeyValue("before", before)
          .addKeyValue("now", now)
          .log("An execution client changed");
    }
  }

  /** Notes what an answer tells of it. */
  void answered(AnswerFacts facts) {
    if (facts.status().isPresent()) {
      PayloadStatus status = facts.status().get();
      boolean knows = status == PayloadStatus.VALID || status.isInvalid();
      stands(knows ? Standing.READY : Standing.SYNCING);
    } else {
      stands(standing() == Standing.DOWN ? Standing.UNKNOWN : standing());
    }
  }

  /** A connection that was used before and is still good, or a new one. */
  Link take() throws IOException {
    for (Wire wire = idle.pollLast(); wire != null; wire = idle.pollLast()) {
      if (wire.isQuiet()) {
        return new Link(wire, true);
      }
      discard(wire);
    }
    return fresh();
  }

  /** A new connection. The name is looked up each time: a container comes back elsewhere. */
  Link fresh() throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel
          .socket()
          .connect(new InetSocketAddress(config.host(), config.port()), CONNECT_MILLIS_MAX);
    } catch (IOException | RuntimeException refused) {
      channel.close();
      throw refused instanceof IOException known ? known : new IOException(refused);
    }
    Timer timer = watchdog.timer(() -> close(channel));
    return new Link(new Wire(channel, timer, buffers.take()), false);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException broken) {
      // Closing a broken connection is all that was wanted.
    }
  }

  /** Keeps a connection whose exchange is complete. */
  void release(Link link) {
    link.wire().timer().rest();
    if (closed || !idle.offerLast(link.wire())) {
      discard(link.wire());
    }
  }

  /** Ends a connection in the middle of an exchange. */
  void abort(Link link) {
    link.wire().abort();
    buffers.give(link.wire().buffer());
  }

  private void discard(Wire wire) {
    wire.close();
    buffers.give(wire.buffer());
  }

  @Override
  public void close() {
    closed = true;
    for (Wire wire = idle.poll(); wire != null; wire = idle.poll()) {
      discard(wire);
    }
  }

  /**
   * A connection for one exchange.
   *
   * @param reused whether the other side may have closed it without our having seen that
   */
  record Link(Wire wire, boolean reused) {}
}
