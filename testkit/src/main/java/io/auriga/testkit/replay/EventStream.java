package io.auriga.testkit.replay;

import com.sun.net.httpserver.HttpExchange;
import io.auriga.testkit.time.PacedTime;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Serves {@code /eth/v1/events}: each event when its time comes, from the moment of subscribing on.
 * Ends when the replay begins anew, as the stream of a node that is restarted.
 */
final class EventStream {
  // Keeps proxies awake, and finds out which clients have gone.
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private static final Set<String> KNOWN_TOPICS =
      Set.of(
          "head",
          "block",
          "attestation",
          "voluntary_exit",
          "bls_to_execution_change",
          "proposer_slashing",
          "attester_slashing",
          "finalized_checkpoint",
          "chain_reorg",
          "contribution_and_proof");

  private final Timeline timeline;
  private final PacedTime time;
  private final BeaconQuirks quirks;

  EventStream(Timeline timeline, PacedTime time, BeaconQuirks quirks) {
    this.timeline = timeline;
    this.time = time;
    this.quirks = quirks;
  }

  void serve(HttpExchange exchange, Query query) throws IOException, InterruptedException {
    Set<String> topics = new TreeSet<>();
    for (String topic : query.all("topics")) {
      topics.addAll(quirks.commaTopics() ? Arrays.asList(topic.split(",", -1)) : List.of(topic));
    }
    for (String topic : topics) {
      boolean misread = topic.contains(",");
      if (!misread && (!KNOWN_TOPICS.contains(topic) || quirks.unknownTopics().contains(topic))) {
        Reply.failure(400, "Invalid topic: " + topic).sendTo(exchange);
        return;
      }
    }
    if (topics.isEmpty()) {
      Reply.failure(400, "Invalid topic: none given").sendTo(exchange);
      return;
    }
    send(exchange, topics);
  }

  private void send(HttpExchange exchange, Set<String> topics)
      throws IOException, InterruptedException {
    int restarts = time.restarts();
    int next = timeline.countUntil(time.instant());
    boolean open = !quirks.headersWithFirstEvent();
    if (open) {
      open(exchange);
    }
    while (restarts == time.restarts()) {
      int due = timeline.countUntil(time.instant());
      for (; next < due; next++) {
        TimedEvent event = timeline.events().get(next);
        if (event.isAnnounced() && topics.contains(event.topic())) {
          if (!open) {
            open(exchange);
            open = true;
          }
          send(exchange, event);
        }
      }
      boolean reached = time.await(nextEventTime(next), KEEP_ALIVE);
      if (!reached && open) {
        write(exchange, COMMENT);
      }
    }
  }

  private Instant nextEventTime(int next) {
    return next < timeline.events().size() ? timeline.events().get(next).at() : Instant.MAX;
  }

  private static void open(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    exchange.sendResponseHeaders(200, 0);
    write(exchange, COMMENT);
  }

  private static void send(HttpExchange exchange, TimedEvent event) throws IOException {
    String text = "event: " + event.topic() + "\ndata: " + event.data() + "\n\n";
    write(exchange, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(HttpExchange exchange, byte[] bytes) throws IOException {
    OutputStream body = exchange.getResponseBody();
    body.write(bytes);
    body.flush();
  }
}
