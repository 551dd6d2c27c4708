package io.auriga.testkit.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A TCP proxy on loopback that breaks connections to a real server. A connection takes the next
 * fault of the script when it is accepted; when the script is used up, the standing fault. The
 * latter may change at any time and then also changes what becomes of the connections it rules.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 64;
  private static final long STOP_SECONDS_MAX = 5;

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(
          Thread.ofVirtual().name("auriga-fault-proxy-", 0).factory());
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Deque<Fault> script = new ArrayDeque<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile Fault standing = new Fault.None();

  private FaultProxy(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  /** Listens on a free port, before a server on {@code host:port} of {@code target}. */
  public static FaultProxy before(URI target) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    FaultProxy proxy =
        new FaultProxy(
            new ServerSocket(0, BACKLOG, loopback),
            new InetSocketAddress(target.getHost(), target.getPort()));
    proxy.threads.execute(proxy::accept);
    return proxy;
  }

  /** Where to connect, for HTTP. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** What becomes of connections that have no fault of the script. */
  public void always(Fault fault) {
    standing = fault;
  }

  /** Gives the next connections one fault each, after those already planned. */
  public void next(Fault... faults) {
    synchronized (script) {
      for (Fault fault : faults) {
        script.add(fault);
      }
    }
  }

  /** Resets every connection that is open now, as if a cable were pulled. */
  public void cutAll() {
    open.forEach(Connection::reset);
  }

  /** How many connections were accepted so far. */
  public int accepted() {
    return accepted.get();
  }

  private void accept() {
    while (!listener.isClosed()) {
      Connection connection;
      try {
        connection = new Connection(listener.accept(), scripted());
      } catch (IOException closed) {
        return;
      }
      open.add(connection);
      accepted.incrementAndGet();
      try {
        threads.execute(() -> carry(connection));
      } catch (RejectedExecutionException closed) {
        connection.reset();
      }
    }
  }

  private void carry(Connection connection) {
    try {
      connection.run(target, threads::execute);
    } finally {
      open.remove(connection);
    }
  }

  private Supplier<Fault> scripted() {
    synchronized (script) {
      Fault planned = script.poll();
      return planned == null ? () -> standing : () -> planned;
    }
  }

  /** Closes the port and every connection. */
  @Override
  public void close() throws IOException {
    listener.close();
    cutAll();
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        throw new IOException("connections still run after " + STOP_SECONDS_MAX + " s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
