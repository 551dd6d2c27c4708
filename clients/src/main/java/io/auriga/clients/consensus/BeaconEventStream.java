package io.auriga.clients.consensus;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.clients.http.Backoff;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import io.auriga.clients.http.StreamedBody;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * One node's event stream, kept up. A virtual thread of its own connects, reads, delivers and, when
 * the stream ends, breaks or falls silent, connects again after a growing pause. Which topics and
 * which form of asking a node understands is found out by {@link TopicNegotiation}.
 */
final class BeaconEventStream implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(BeaconEventStream.class);
  private static final AtomicLong NUMBER = new AtomicLong();

  private final HttpEndpoint endpoint;
  private final Supplier<Duration> silence;
  private final TopicNegotiation negotiation;
  private final Backoff backoff;
  private final Consumer<BeaconEvent> listener;
  private final Thread thread;
  private volatile boolean closed;
  private @Nullable String lastReason;

  /**
   * @param silence how long a stream may send nothing; asked before each connection because it
   *     depends on the node's slot length, and may throw {@link NodeException}
   */
  BeaconEventStream(
      HttpEndpoint endpoint,
      Set<Topic> topics,
      Supplier<Duration> silence,
      BeaconNodeOptions options,
      RandomGenerator random,
      Consumer<BeaconEvent> listener) {
    this.endpoint = endpoint;
    this.silence = silence;
    this.negotiation = new TopicNegotiation(endpoint, topics, options.probePatience());
    this.backoff = new Backoff(options.reconnect(), random);
    this.listener = listener;
    this.thread =
        Thread.ofVirtual()
            .name("auriga-clients-events-" + NUMBER.getAndIncrement())
            .unstarted(this::run);
  }

  BeaconEventStream start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!closed) {
        String reason = attempt();
        if (!closed) {
          disconnected(reason);
          Thread.sleep(backoff.next());
        }
      }
    } catch (InterruptedException stopped) {
      closed = true;
    }
  }

  /** One connection from begin to end; whatever ends it, the next attempt may go well. */
  private String attempt() throws InterruptedException {
    try {
      return connectAndRead();
    } catch (NodeException failed) {
      if (failed.error() == ClientError.INTERRUPTED) {
        throw new InterruptedException();
      }
      return String.valueOf(failed.getMessage());
    } catch (RuntimeException ours) {
      LOG.error("Event stream failed for a reason that is ours node={}", endpoint.name(), ours);
      return "an error of ours: " + ours.getClass().getSimpleName();
    }
  }

  /** Reads until the stream is over; the result says why. */
  private String connectAndRead() throws InterruptedException {
    Duration patience = silence.get();
    TopicNegotiation.Agreed agreed = negotiation.connect(patience);
    HttpResponse<StreamedBody> response = agreed.response();
    try (StreamedBody body = response.body()) {
      lastReason = null;
      deliver(new BeaconEvent.Connected(endpoint.name(), agreed.topics()));
      return read(body, patience);
    } catch (IOException broken) {
      return "the connection broke: " + broken.getMessage();
    } catch (EventStreamParser.Malformed malformed) {
      return "not an event stream: " + malformed.getMessage();
    }
  }

  private String read(StreamedBody body, Duration patience)
      throws IOException, InterruptedException, EventStreamParser.Malformed {
    EventStreamParser parser = new EventStreamParser(this::event);
    long connected = System.nanoTime();
    while (!closed) {
      switch (body.next(patience)) {
        case StreamedBody.Next.Bytes(List<ByteBuffer> buffers) -> {
          for (ByteBuffer buffer : buffers) {
            parser.accept(buffer);
          }
        }
        case StreamedBody.Next.Silence() -> {
          negotiation.nothingCame();
          return "nothing came for " + patience.toMillis() / 1000.0 + " s";
        }
        case StreamedBody.Next.End() -> {
          return "the node ended the stream";
        }
      }
      // Comments keep a stream alive on which no topic was understood.
      if (!negotiation.isProven() && System.nanoTime() - connected > patience.toNanos()) {
        negotiation.nothingCame();
        return "no event came for " + patience.toMillis() / 1000.0 + " s";
      }
    }
    return "closed";
  }

  private void event(String topic, String data) {
    try {
      EventJson.parse(endpoint.json(), topic, data).ifPresent(this::deliver);
      negotiation.eventCame();
      backoff.reset();
    } catch (JacksonException malformed) {
      unreadable(topic, NodeJson.describe(malformed));
    } catch (JsonView.Unexpected malformed) {
      unreadable(topic, String.valueOf(malformed.getMessage()));
    }
  }

  private void unreadable(String topic, String problem) {
    // An event is a hint: the follower reads the chain itself, so the stream may go on.
    LOG.warn("Event skipped node={} topic={} problem={}", endpoint.name(), topic, problem);
  }

  private void disconnected(String reason) {
    if (!reason.equals(lastReason)) {
      lastReason = reason;
      deliver(new BeaconEvent.Disconnected(endpoint.name(), reason));
    }
  }

  private void deliver(BeaconEvent event) {
    if (closed) {
      return;
    }
    try {
      listener.accept(event);
    } catch (RuntimeException bug) {
      LOG.error("Event listener failed node={} event={}", endpoint.name(), event, bug);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
