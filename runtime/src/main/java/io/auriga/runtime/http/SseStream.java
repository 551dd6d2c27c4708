package io.auriga.runtime.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One source of events and the clients that listen to it. Publishing never waits: each client has a
 * bounded queue, and one whose queue is full is cut off; it reconnects and starts afresh.
 */
public final class SseStream implements AutoCloseable {
  private static final byte[] KEEP_ALIVE = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = new byte[0];

  private final int queueLength;
  private final Duration keepAlive;
  private final Semaphore places;
  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean closed;

  /**
   * @param clientsMax how many may listen at once; more are told to come back later
   * @param queueLength how many events a client may be behind
   * @param keepAlive after how much silence a comment is sent, so that dead clients show
   */
  public SseStream(int clientsMax, int queueLength, Duration keepAlive) {
    this.places = new Semaphore(clientsMax);
    this.queueLength = queueLength;
    this.keepAlive = keepAlive;
  }

  /** Hands the event to every client's queue. */
  public void publish(SseEvent event) {
    if (clients.isEmpty()) {
      return;
    }
    byte[] encoded = event.encoded();
    for (Client client : clients) {
      if (!client.queue.offer(encoded)) {
        dropped.incrementAndGet();
        client.cut();
      }
    }
  }

  /** How many listen now. */
  public int clients() {
    return clients.size();
  }

  /** How many were cut off because they were too slow. */
  public long dropped() {
    return dropped.get();
  }

  /** Ends every client's stream after what is already queued, and takes no more. */
  @Override
  public void close() {
    closed = true;
    clients.forEach(Client::finish);
  }

  /** A place for the calling thread; empty if all are taken. */
  Optional<Client> join() {
    if (closed || !places.tryAcquire()) {
      return Optional.empty();
    }
    Client client = new Client(queueLength, Thread.currentThread());
    clients.add(client);
    if (closed) {
      client.finish();
    }
    return Optional.of(client);
  }

  /** One listener, served by the thread that joined. */
  final class Client implements AutoCloseable {
    private final BlockingQueue<byte[]> queue;
    private final Thread thread;
    private boolean gone;
    private boolean cut;

    private Client(int queueLength, Thread thread) {
      this.queue = new ArrayBlockingQueue<>(queueLength);
      this.thread = thread;
    }

    /** Writes until the stream ends. What is published meanwhile comes after {@code first}. */
    void serve(OutputStream out, Supplier<List<SseEvent>> first)
        throws IOException, InterruptedException {
      for (SseEvent event : first.get()) {
        out.write(event.encoded());
      }
      out.flush();
      while (!isCut()) {
        byte[] next = queue.poll(keepAlive.toMillis(), TimeUnit.MILLISECONDS);
        // No event is empty when it is encoded.
        if (next != null && next.length == 0) {
          return;
        }
        out.write(next == null ? KEEP_ALIVE : next);
        if (queue.isEmpty()) {
          out.flush();
        }
      }
      throw new IOException("The client was too slow");
    }

    /** Ends the stream in good order if there is room to say so. */
    void finish() {
      if (!queue.offer(END)) {
        cut();
      }
    }

    /** Interrupting the thread closes the channel that it may be blocked on. */
    private synchronized void cut() {
      if (!gone && !cut) {
        cut = true;
        thread.interrupt();
      }
    }

    private synchronized boolean isCut() {
      return cut;
    }

    @Override
    public void close() {
      synchronized (this) {
        gone = true;
      }
      if (clients.remove(this)) {
        places.release();
      }
    }
  }
}
