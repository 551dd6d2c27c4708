package io.auriga.clients.execution;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.clients.http.Backoff;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.clients.http.JsonView;
import io.auriga.clients.http.NodeJson;
import io.auriga.types.BlockHash;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * New heads of one node, pushed over its WebSocket while that is up, polled while it is not, and
 * only polled where the node does not know {@code eth_subscribe}. Runs on a virtual thread of its
 * own; delivers a head once.
 */
final class NewHeadsStream implements Subscription {
  private static final Logger LOG = LoggerFactory.getLogger(NewHeadsStream.class);
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final String SUBSCRIBE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}";
  // A header's JSON is about 2 kB.
  static final int MAX_MESSAGE_LENGTH = 1 << 20;
  // With the default interval, one mainnet slot.
  private static final int QUIET_INTERVALS = 4;
  private static final String ASKED = "subscribe to new heads";

  private final HttpExecutionNode node;
  private final @Nullable HttpEndpoint endpoint;
  private final ExecutionNodeOptions options;
  private final Backoff backoff;
  private final Consumer<NewHead> listener;
  private final Thread thread;
  private volatile boolean closed;
  private boolean pollsOnly;
  private @Nullable BlockHash lastDelivered;
  private String lastProblem = "";

  NewHeadsStream(
      HttpExecutionNode node,
      @Nullable HttpEndpoint endpoint,
      ExecutionNodeOptions options,
      RandomGenerator random,
      Consumer<NewHead> listener) {
    this.node = node;
    this.endpoint = endpoint;
    this.options = options;
    this.backoff = new Backoff(options.reconnect(), random);
    this.listener = listener;
    this.pollsOnly = endpoint == null;
    this.thread =
        Thread.ofVirtual()
            .name("auriga-clients-heads-" + NUMBER.getAndIncrement())
            .unstarted(this::run);
  }

  NewHeadsStream start() {
    thread.start();
    return this;
  }

  private void run() {
    try {
      while (!closed) {
        if (endpoint != null && !pollsOnly) {
          try {
            readWebSocket(endpoint);
          } catch (NodeException | IOException | JacksonException | JsonView.Unexpected failed) {
            problem(String.valueOf(failed.getMessage()));
          } catch (RuntimeException ours) {
            LOG.error("New heads failed for a reason that is ours node={}", node.name(), ours);
          }
        }
        if (!closed) {
          poll();
          Thread.sleep(pollsOnly ? options.pollInterval() : backoff.next());
        }
      }
    } catch (InterruptedException stopped) {
      closed = true;
    }
  }

  private void poll() throws InterruptedException {
    try {
      node.head().ifPresent(this::deliver);
    } catch (NodeException failed) {
      if (failed.error() == ClientError.INTERRUPTED) {
        throw new InterruptedException();
      }
      problem(String.valueOf(failed.getMessage()));
    }
  }

  private void readWebSocket(HttpEndpoint address) throws IOException, InterruptedException {
    WebSocketMessages messages = new WebSocketMessages(MAX_MESSAGE_LENGTH);
    WebSocket webSocket = address.openWebSocket(messages, ASKED);
    try {
      send(webSocket, options.silence());
      long lastHead = System.nanoTime();
      while (!closed && !pollsOnly) {
        String message = messages.next(webSocket, quiet());
        if (message != null && message(address, message)) {
          lastHead = System.nanoTime();
        } else if (System.nanoTime() - lastHead > options.silence().toNanos()) {
          throw new IOException("no head came for " + options.silence());
        } else if (message == null) {
          // A connection may be dead without saying so, and a look at the head is cheap.
          poll();
        }
      }
    } finally {
      webSocket.abort();
    }
  }

  private Duration quiet() {
    Duration quiet = options.pollInterval().multipliedBy(QUIET_INTERVALS);
    return quiet.compareTo(options.silence()) < 0 ? quiet : options.silence();
  }

  static void send(WebSocket webSocket, Duration patience)
      throws IOException, InterruptedException {
    try {
      webSocket.sendText(SUBSCRIBE, true).get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException unsent) {
      throw new IOException("the subscription could not be sent", unsent);
    }
  }

  /** Whether it announced a head; other messages prove nothing. */
  private boolean message(HttpEndpoint address, String text) {
    NodeJson json = address.json();
    NewHead head = null;
    try (JsonParser parser = json.parser(text.getBytes(StandardCharsets.UTF_8))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonView.Unexpected("a message is not an object");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "params" -> head = params(parser);
          case "error" -> refused(address, RpcError.read(parser));
          default -> parser.skipChildren();
        }
      }
    }
    if (head == null) {
      return false;
    }
    backoff.reset();
    deliver(head);
    return true;
  }

  private static @Nullable NewHead params(JsonParser parser) {
    NewHead head = null;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isHead = parser.currentName().equals("result");
      parser.nextToken();
      if (isHead) {
        head = NewHeadJson.read(parser);
      } else {
        parser.skipChildren();
      }
    }
    return head;
  }

  private void refused(HttpEndpoint address, RpcError error) {
    if (error.isMethodNotFound()) {
      pollsOnly = true;
      LOG.info("Node cannot push heads, they are polled node={}", address.name());
      return;
    }
    throw address.failure(ClientError.RPC_ERROR, ASKED, error.toString());
  }

  private void deliver(NewHead head) {
    if (closed || Objects.equals(lastDelivered, head.hash())) {
      return;
    }
    lastDelivered = head.hash();
    lastProblem = "";
    try {
      listener.accept(head);
    } catch (RuntimeException bug) {
      LOG.error("Head listener failed node={} head={}", node.name(), head, bug);
    }
  }

  private void problem(String text) {
    if (!text.equals(lastProblem)) {
      lastProblem = text;
      LOG.warn("New heads interrupted node={} problem={}", node.name(), text);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
