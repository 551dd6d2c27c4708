package io.auriga.clients.consensus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.auriga.clients.NodeServer;
import io.auriga.clients.RawServer;
import io.auriga.clients.Subscription;
import io.auriga.clients.Vectors;
import io.auriga.clients.http.Backoff;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.AttestationData;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BeaconEventStreamTest {
  private static final Set<Topic> ALL = Topic.CHAIN;
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final BeaconNodeOptions OPTIONS =
      new BeaconNodeOptions(
          1,
          Duration.ofMillis(300),
          new Backoff.Bounds(Duration.ofMillis(5), Duration.ofMillis(20)));

  private final BlockingQueue<BeaconEvent> events = new LinkedBlockingQueue<>();
  private final CountDownLatch testEnds = new CountDownLatch(1);

  @AfterEach
  void letServersGo() {
    testEnds.countDown();
  }

  private Subscription subscribe(HttpEndpoint endpoint, Set<Topic> topics, Duration silence) {
    return new BeaconEventStream(
            endpoint, topics, () -> silence, OPTIONS, RandomGenerator.getDefault(), events::add)
        .start();
  }

  private BeaconEvent next() throws InterruptedException {
    @Nullable BeaconEvent event = events.poll(20, SECONDS);
    if (event == null) {
      throw new AssertionError("no event came");
    }
    return event;
  }

  /** The next event of a kind, others skipped. */
  private <T extends BeaconEvent> T next(Class<T> kind) throws InterruptedException {
    BeaconEvent event = next();
    while (!kind.isInstance(event)) {
      event = next();
    }
    return kind.cast(event);
  }

  private static OutputStream open(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    return exchange.getResponseBody();
  }

  private static String head(long slot) {
    String root = "0x" + "11".repeat(32);
    return "event: head\ndata: {\"slot\":\"%d\",\"block\":\"%s\",\"state\":\"%s\",\"epoch_transition\":true}\n\n"
        .formatted(slot, root, root);
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Test
  void deliversARecordedStreamAsTypedEvents() throws Exception {
    byte[] recorded =
        Files.readAllBytes(Vectors.recording("lodestar-1.5.1-capella").resolve("events.sse"));
    try (NodeServer server =
            new NodeServer()
                .on(
                    "/eth/v1/events",
                    exchange -> {
                      OutputStream out = open(exchange);
                      out.write(recorded);
                      out.flush();
                      await(testEnds);
                    });
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, ALL, PATIENT)) {
      assertThat(next()).isEqualTo(new BeaconEvent.Connected(endpoint.name(), ALL));
      assertThat(next())
          .isInstanceOfSatisfying(
              BeaconEvent.Block.class, block -> assertThat(block.slot()).isEqualTo(new Slot(343)));
      List<BeaconEvent> all = new ArrayList<>();
      while (all.stream().filter(BeaconEvent.ChainReorg.class::isInstance).count() < 7) {
        all.add(next());
      }
      assertThat(all).hasAtLeastOneElementOfType(BeaconEvent.Head.class);
      assertThat(server.requests())
          .containsExactly(
              "GET /eth/v1/events?topics=head&topics=block&topics=finalized_checkpoint"
                  + "&topics=chain_reorg");
    }
  }

  @Test
  void readsFinalizedCheckpoints() throws Exception {
    String root = "0x" + "22".repeat(32);
    String event =
        "event: finalized_checkpoint\ndata: {\"block\":\"%1$s\",\"state\":\"%1$s\",\"epoch\":\"9\",\"execution_optimistic\":true}\n\n"
            .formatted(root);
    try (NodeServer server = streaming(event);
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, ALL, PATIENT)) {
      BeaconEvent.FinalizedCheckpoint finalized = next(BeaconEvent.FinalizedCheckpoint.class);
      assertThat(finalized.epoch()).isEqualTo(new Epoch(9));
      assertThat(finalized.optimistic()).isTrue();
    }
  }

  private static final String VOTE =
      """
      {"slot":"320","index":"0","beacon_block_root":"%1$s",\
      "source":{"epoch":"9","root":"%1$s"},"target":{"epoch":"10","root":"%1$s"}}\
      """
          .formatted("0x" + "22".repeat(32));

  private static AttestationData vote() {
    Root root = Root.fromHex("0x" + "22".repeat(32));
    return new AttestationData(
        new Slot(320),
        0,
        root,
        new Checkpoint(new Epoch(9), root),
        new Checkpoint(new Epoch(10), root));
  }

  @Test
  void readsVotesAndSlashings() throws Exception {
    String events =
        """
        event: single_attestation
        data: {"committee_index":"3","attester_index":"77","data":%1$s,"signature":"0x"}

        event: attestation
        data: {"aggregation_bits":"0x0b","data":%1$s,"signature":"0x"}

        event: attestation
        data: {"aggregation_bits":"0x0b","committee_bits":"0x01","data":%1$s,"signature":"0x"}

        event: proposer_slashing
        data: {"signed_header_1":{"message":{"slot":"5","proposer_index":"9"}}}

        event: attester_slashing
        data: {"attestation_1":{"attesting_indices":["1","2","3"],"data":%1$s},\
        "attestation_2":{"attesting_indices":["2","3","4"],"data":%1$s}}

        """
            .formatted(VOTE);
    try (NodeServer server = streaming(events);
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, Topic.VOTES, PATIENT)) {
      assertThat(next()).isInstanceOf(BeaconEvent.Connected.class);
      assertThat(next())
          .isEqualTo(new BeaconEvent.SingleAttestation(new ValidatorIndex(77), vote()));
      assertThat(next()).isEqualTo(new BeaconEvent.Attestation(vote(), "0x0b", Optional.empty()));
      assertThat(next())
          .isEqualTo(new BeaconEvent.Attestation(vote(), "0x0b", Optional.of("0x01")));
      assertThat(next())
          .isEqualTo(new BeaconEvent.ProposerSlashing(new ValidatorIndex(9), new Slot(5)));
      assertThat(next())
          .isEqualTo(
              new BeaconEvent.AttesterSlashing(
                  List.of(new ValidatorIndex(2), new ValidatorIndex(3)), vote(), vote()));
    }
  }

  @Test
  void readsWhenABlockGoesThroughWhatWithinItsSlot() throws Exception {
    String root = "0x" + "22".repeat(32);
    String events =
        """
        event: block_gossip
        data: {"slot":"10","block":"%1$s"}

        event: data_column_sidecar
        data: {"block_root":"%1$s","index":"3","slot":"10","kzg_commitments":[]}

        event: blob_sidecar
        data: {"block_root":"%1$s","index":"1","slot":"10","kzg_commitment":"0x","versioned_hash":"0x"}

        event: payload_attributes
        data: {"version":"capella","data":{"proposer_index":"1","proposal_slot":"11",\
        "parent_block_number":"9","parent_block_root":"%1$s","parent_block_hash":"%1$s",\
        "payload_attributes":{"timestamp":"1","withdrawals":[]}}}

        """
            .formatted(root);
    try (NodeServer server = streaming(events);
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, Topic.MARKS, PATIENT)) {
      assertThat(next(BeaconEvent.Connected.class).topics()).isEqualTo(Topic.MARKS);
      Slot slot = new Slot(10);
      Root block = Root.fromHex(root);
      assertThat(next()).isEqualTo(new BeaconEvent.BlockGossip(slot, block));
      assertThat(next()).isEqualTo(new BeaconEvent.DataSidecar(slot, block));
      assertThat(next()).isEqualTo(new BeaconEvent.DataSidecar(slot, block));
      assertThat(next()).isEqualTo(new BeaconEvent.PayloadAttributes(new Slot(11), block));
    }
  }

  @Test
  void keepsTheOtherMarksWhereANodeRefusesTheNewerTopics() throws Exception {
    try (NodeServer server =
            choosy(
                query ->
                    query.contains("block_gossip") || query.contains("sidecar") ? null : head(1));
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, Topic.MARKS, PATIENT)) {
      assertThat(next(BeaconEvent.Connected.class).topics())
          .containsExactlyInAnyOrder(Topic.HEAD, Topic.BLOCK, Topic.PAYLOAD_ATTRIBUTES);
      next(BeaconEvent.Head.class);
    }
  }

  @Test
  void readsASlashingOfAWholeSlotOfValidators() throws Exception {
    String voters =
        IntStream.range(0, 131_072)
            .mapToObj(i -> "\"" + (1_000_000 + i) + "\"")
            .collect(Collectors.joining(","));
    String event =
        "event: attester_slashing\ndata: {\"attestation_1\":{\"attesting_indices\":[%1$s],\"data\":%2$s},\"attestation_2\":{\"attesting_indices\":[%1$s],\"data\":%2$s}}\n\n"
            .formatted(voters, VOTE);
    try (NodeServer server = streaming(event);
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, Topic.VOTES, PATIENT)) {
      assertThat(next(BeaconEvent.AttesterSlashing.class).offenders()).hasSize(131_072);
    }
  }

  private NodeServer streaming(String text) {
    return new NodeServer()
        .on(
            "/eth/v1/events",
            exchange -> {
              send(open(exchange), text);
              await(testEnds);
            });
  }

  @Test
  void connectsAgainAndSaysSoWhenTheStreamEnds() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (NodeServer server =
            new NodeServer()
                .on(
                    "/eth/v1/events",
                    exchange -> {
                      int number = connections.incrementAndGet();
                      send(open(exchange), head(number));
                      if (number == 3) {
                        await(testEnds);
                      }
                    });
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, ALL, PATIENT)) {
      for (int i = 1; i <= 3; i++) {
        assertThat(next()).isInstanceOf(BeaconEvent.Connected.class);
        assertThat(next(BeaconEvent.Head.class).slot()).isEqualTo(new Slot(i));
        if (i < 3) {
          assertThat(next())
              .isInstanceOfSatisfying(
                  BeaconEvent.Disconnected.class,
                  down -> assertThat(down.reason()).contains("ended the stream"));
        }
      }
    }
  }

  @Test
  void connectsAgainWhenTheStreamIsCutInTheMiddleOfAnEvent() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (RawServer server =
            new RawServer(
                (request, out) -> {
                  RawServer.write(
                      out,
                      """
                      HTTP/1.1 200 OK\r
                      Content-Type: text/event-stream\r
                      Content-Length: 100000\r
                      \r
                      """);
                  if (connections.incrementAndGet() == 1) {
                    RawServer.write(out, head(1).substring(0, 30));
                  } else {
                    RawServer.write(out, head(2));
                    testEnds.await();
                  }
                });
        HttpEndpoint endpoint = server.endpoint(NodeServer.limits());
        Subscription _ = subscribe(endpoint, ALL, PATIENT)) {
      assertThat(next(BeaconEvent.Disconnected.class).reason()).contains("broke");
      assertThat(next(BeaconEvent.Head.class).slot()).isEqualTo(new Slot(2));
    }
  }

  @Test
  void takesASilentStreamForDead() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (NodeServer server =
            new NodeServer()
                .on(
                    "/eth/v1/events",
                    exchange -> {
                      int number = connections.incrementAndGet();
                      send(open(exchange), head(number));
                      await(testEnds);
                    });
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, ALL, Duration.ofMillis(300))) {
      assertThat(next(BeaconEvent.Head.class).slot()).isEqualTo(new Slot(1));
      assertThat(next(BeaconEvent.Disconnected.class).reason()).contains("nothing came for 0.3 s");
      assertThat(next(BeaconEvent.Head.class).slot()).isEqualTo(new Slot(2));
    }
  }

  @Test
  void waitsForHeadersThatComeWithTheFirstEventOnly() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    CountDownLatch eventHappens = new CountDownLatch(1);
    try (NodeServer server =
            new NodeServer()
                .on(
                    "/eth/v1/events",
                    exchange -> {
                      connected.countDown();
                      await(eventHappens);
                      send(open(exchange), head(5));
                      await(testEnds);
                    });
        HttpEndpoint endpoint =
            server.endpoint(NodeServer.limits().withRequestDeadline(Duration.ofMillis(100)));
        Subscription _ = subscribe(endpoint, ALL, PATIENT)) {
      connected.await();
      assertThat(events.poll(500, java.util.concurrent.TimeUnit.MILLISECONDS)).isNull();
      eventHappens.countDown();
      assertThat(next()).isInstanceOf(BeaconEvent.Connected.class);
      assertThat(next(BeaconEvent.Head.class).slot()).isEqualTo(new Slot(5));
    }
  }

  @Test
  void asksWithCommasWhereRepetitionIsRefused() throws Exception {
    try (NodeServer server = choosy(query -> query.contains(",") ? head(1) : null);
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, ALL, PATIENT)) {
      assertThat(next(BeaconEvent.Connected.class).topics()).isEqualTo(ALL);
      next(BeaconEvent.Head.class);
      assertThat(server.requests().getLast())
          .endsWith("?topics=head,block,finalized_checkpoint,chain_reorg");
    }
  }

  @Test
  void asksWithCommasWhereRepetitionBringsNothing() throws Exception {
    try (NodeServer server =
            choosy(query -> query.contains(",") ? head(1) : ": understood nothing\n");
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, ALL, Duration.ofMillis(300))) {
      next(BeaconEvent.Head.class);
      assertThat(server.requests().getFirst()).contains("topics=head&topics=block");
    }
  }

  @Test
  void dropsATopicThatTheNodeDoesNotKnow() throws Exception {
    try (NodeServer server = choosy(query -> query.contains("chain_reorg") ? null : head(1));
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, ALL, PATIENT)) {
      assertThat(next(BeaconEvent.Connected.class).topics())
          .containsExactlyInAnyOrder(Topic.HEAD, Topic.BLOCK, Topic.FINALIZED_CHECKPOINT);
      next(BeaconEvent.Head.class);
    }
  }

  @Test
  void saysThatANodeRefusesEveryTopic() throws Exception {
    try (NodeServer server = choosy(query -> null);
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, ALL, PATIENT)) {
      assertThat(next(BeaconEvent.Disconnected.class).reason())
          .contains("Cannot subscribe to head, block")
          .contains("refuses each of these topics");
    }
  }

  /** A stream whose first text depends on the query; null for a 400. */
  private NodeServer choosy(java.util.function.Function<String, @Nullable String> answers) {
    return new NodeServer()
        .on(
            "/eth/v1/events",
            exchange -> {
              String text = answers.apply(exchange.getRequestURI().getQuery());
              if (text == null) {
                NodeServer.send(exchange, 400, "application/json", "{\"code\":400}");
              } else {
                send(open(exchange), text);
                await(testEnds);
              }
            });
  }

  @Test
  void saysThatAnErrorPageIsNoStream() throws Exception {
    try (NodeServer server =
            new NodeServer()
                .on(
                    "/eth/v1/events",
                    exchange ->
                        NodeServer.send(exchange, 200, "text/html", "<html>Welcome to nginx"));
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, ALL, PATIENT)) {
      assertThat(next(BeaconEvent.Disconnected.class).reason())
          .contains("\"text/html\", not an event stream")
          .contains("Welcome to nginx");
    }
  }

  @Test
  void skipsAnUnreadableEventAndGoesOn() throws Exception {
    String broken =
        """
        event: head
        data: {"slot":

        event: head
        data: {"slot":"x"}

        event: new_topic
        data: ?

        """;
    try (NodeServer server = streaming(broken + head(8));
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, ALL, PATIENT)) {
      assertThat(next()).isInstanceOf(BeaconEvent.Connected.class);
      assertThat(next())
          .isInstanceOfSatisfying(
              BeaconEvent.Head.class, head -> assertThat(head.slot()).isEqualTo(new Slot(8)));
    }
  }

  @Test
  void connectsAgainWhenALineHasNoEnd() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (NodeServer server =
            new NodeServer()
                .on(
                    "/eth/v1/events",
                    exchange -> {
                      OutputStream out = open(exchange);
                      if (connections.incrementAndGet() == 1) {
                        send(out, "data: " + "x".repeat(EventStreamParser.MAX_EVENT_BYTES + 1));
                      } else {
                        send(out, head(3));
                      }
                      await(testEnds);
                    });
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ = subscribe(endpoint, ALL, PATIENT)) {
      assertThat(next(BeaconEvent.Disconnected.class).reason()).contains("a line is longer than");
      assertThat(next(BeaconEvent.Head.class).slot()).isEqualTo(new Slot(3));
    }
  }

  @Test
  void deliversNothingMoreOnceClosed() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (NodeServer server =
            new NodeServer()
                .on(
                    "/eth/v1/events",
                    exchange -> {
                      OutputStream out = open(exchange);
                      send(out, head(1));
                      await(closed);
                      send(out, head(2));
                      await(testEnds);
                    });
        HttpEndpoint endpoint = server.endpoint()) {
      Subscription subscription = subscribe(endpoint, ALL, PATIENT);
      next(BeaconEvent.Head.class);
      subscription.close();
      closed.countDown();
      assertThat(events.poll(300, java.util.concurrent.TimeUnit.MILLISECONDS)).isNull();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void connectsAgainAfterAnErrorOfOurs() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    try (NodeServer server = streaming(head(4));
        HttpEndpoint endpoint = server.endpoint();
        Subscription _ =
            new BeaconEventStream(
                    endpoint,
                    ALL,
                    () -> {
                      if (attempts.incrementAndGet() == 1) {
                        throw new ArithmeticException("the test wants it so");
                      }
                      return PATIENT;
                    },
                    OPTIONS,
                    RandomGenerator.getDefault(),
                    events::add)
                .start()) {
      assertThat(next(BeaconEvent.Disconnected.class).reason()).contains("an error of ours");
      assertThat(next(BeaconEvent.Head.class).slot()).isEqualTo(new Slot(4));
    }
  }
}
