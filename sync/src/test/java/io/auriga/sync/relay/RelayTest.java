package io.auriga.sync.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.sync.relay.ConsensusSocket.Answer;
import io.auriga.sync.relay.jwt.JwtIssuer;
import io.auriga.sync.relay.jwt.JwtVerdict;
import io.auriga.sync.relay.jwt.JwtVerifier;
import io.auriga.testkit.fault.Fault;
import io.auriga.testkit.fault.FaultProxy;
import io.auriga.types.AurigaException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":[]}";
  private static final String BLOCK_NUMBER = CALL.formatted("eth_blockNumber");
  private static final int ROUNDS = 60;
  private static final int LARGE = 3 << 20;

  @Test
  void passesBodiesOfAnySizeAndFramingByteForByteInBothDirections() throws IOException {
    BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();
    Random script = new Random(2);
    try (ScriptedExecution execution =
            new ScriptedExecution(
                (request, out) -> send(out, answers.take(), script.nextInt(2) == 0, script));
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      Random random = new Random(1);
      for (int round = 0; round < ROUNDS; round++) {
        byte[] asked = bytes(random);
        byte[] answered = bytes(random);
        answers.add(answered);
        boolean chunked = random.nextBoolean();
        client.raw(
            client.head(
                chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + asked.length));
        client.raw(chunked ? chunks(asked, random) : asked);
        Answer answer = client.answer();
        assertThat(answer.status()).as("round %d: %s", round, answer.text()).isEqualTo(200);
        assertThat(Arrays.equals(answer.body(), answered)).as("answer of round %d", round).isTrue();
        assertThat(Arrays.equals(execution.requests.getLast().body(), asked))
            .as("request of round %d", round)
            .isTrue();
      }
      assertThat(execution.connections.get()).as("connections used again").isEqualTo(1);
    }
  }

  @Test
  void passesPublishedExchangesByteForByte() throws IOException {
    List<byte[]> requests = EngineVectors.requests();
    byte[] answered = EngineVectors.answers().getFirst();
    try (ScriptedExecution execution =
            new ScriptedExecution((request, out) -> ScriptedExecution.answer(out, answered));
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      for (byte[] request : requests) {
        assertThat(client.call(request).body()).isEqualTo(answered);
        assertThat(execution.requests.getLast().body()).isEqualTo(request);
      }
    }
  }

  @Test
  void givesTheExecutionClientATokenOfItsOwnAndTheRestOfTheHead() throws IOException {
    try (ScriptedExecution execution = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      client.raw(client.head("X-Other: kept\r\nKeep-Alive: 5\r\nContent-Length: 2"));
      client.raw("{}");
      Answer answer = client.answer();
      var fields = execution.requests.getFirst().fields();
      assertThat(fields)
          .containsEntry("x-other", "kept")
          .containsEntry("user-agent", "tester/1")
          .containsEntry("host", execution.uri().getAuthority())
          .doesNotContainKey("keep-alive");
      String token =
          execution.requests.getFirst().field("authorization").substring("Bearer ".length());
      assertThat(new JwtVerifier(ScriptedExecution.SECRET, InstantSource.system()).verify(token))
          .isInstanceOf(JwtVerdict.Accepted.class);
      assertThat(answer.fields()).containsEntry("content-type", "application/json");
    }
  }

  @Test
  void tellsWhenARequestCameAndWhenItsAnswerLeft() throws IOException {
    try (ScriptedExecution execution = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      long before = nanos();
      Answer answer = client.call(BLOCK_NUMBER);
      long after = nanos();
      long received = Long.parseLong(answer.field("x-sync-ts-received"));
      long sent = Long.parseLong(answer.field("x-sync-ts"));
      assertThat(List.of(before, received, sent, after)).isSorted();
    }
  }

  @Test
  void refusesATokenThatIsNotGoodAndPassesNothingOn() throws IOException {
    try (ScriptedExecution execution = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(execution)) {
      String foreign = new JwtIssuer(ScriptedExecution.SECRET, InstantSource.system()).token();
      String old =
          new JwtIssuer(
                  ConsensusSocket.SECRET, () -> InstantSource.system().instant().minusSeconds(62))
              .token();
      String none = "eyJhbGciOiJub25lIn0.eyJpYXQiOjF9.";
      for (String field :
          List.of(
              "X: y",
              "Authorization: Basic abc",
              "Authorization: Bearer " + foreign,
              "Authorization: Bearer " + old,
              "Authorization: Bearer " + none,
              "Authorization: Bearer a\r\nAuthorization: Bearer " + ConsensusSocket.token())) {
        try (ConsensusSocket client = new ConsensusSocket(relay.uri())) {
          client.raw("POST / HTTP/1.1\r\nHost: x\r\n" + field + "\r\nContent-Length: 2\r\n\r\n{}");
          Answer answer = client.answer();
          assertThat(answer.status()).as(field).isEqualTo(401);
          assertThat(answer.text()).contains("AUR-RELAY-UNAUTHORIZED").doesNotContain(foreign);
          assertThat(client.isEnded()).isTrue();
        }
      }
      assertThat(execution.requests).isEmpty();
      assertThat(relay.count("auriga_relay_refused_total", "AUR-RELAY-UNAUTHORIZED")).isEqualTo(6);
    }
  }

  @Test
  void refusesWhatTwoReadersCouldTakeDifferently() throws IOException {
    try (ScriptedExecution execution = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(execution)) {
      String token = "Authorization: Bearer " + ConsensusSocket.token() + "\r\n";
      String host = "Host: x\r\n";
      for (String bad :
          List.of(
              "POST / HTTP/1.1\r\n"
                  + host
                  + token
                  + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
              "POST / HTTP/1.1\r\n"
                  + host
                  + token
                  + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
              "POST / HTTP/1.1\r\n" + host + token + "Content-Length: +2\r\n\r\n{}",
              "POST / HTTP/1.1\r\n" + host + token + "Content-Length: 2, 2\r\n\r\n{}",
              "POST / HTTP/1.1\r\n" + host + token + "Content-Length : 2\r\n\r\n{}",
              "POST / HTTP/1.1\r\n"
                  + host
                  + token
                  + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
              "POST / HTTP/1.1\r\n" + host + token + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
              "POST / HTTP/1.1\r\n"
                  + host
                  + token
                  + "A: b\r\n folded\r\nContent-Length: 2\r\n\r\n{}",
              "POST / HTTP/1.1\r\n" + host + token + "A: b\nContent-Length: 2\r\n\r\n{}",
              "POST / HTTP/1.1\n" + host + token + "Content-Length: 2\r\n\r\n{}",
              "POST / HTTP/1.1\r\n" + host + token + "A: b\rc\r\nContent-Length: 2\r\n\r\n{}",
              "POST / HTTP/1.1\r\n" + host + token + "A: b\u0000\r\nContent-Length: 2\r\n\r\n{}",
              "POST / HTTP/1.1\r\n" + host + host + token + "Content-Length: 2\r\n\r\n{}",
              "POST / HTTP/1.1\r\n" + token + "Content-Length: 2\r\n\r\n{}",
              "POST http://elsewhere/ HTTP/1.1\r\n" + host + token + "Content-Length: 2\r\n\r\n{}",
              "POST  / HTTP/1.1\r\n" + host + token + "Content-Length: 2\r\n\r\n{}",
              "POST / HTTP/2.0\r\n" + host + token + "Content-Length: 2\r\n\r\n{}",
              "CONNECT x:1 HTTP/1.1\r\n" + host + token + "\r\n",
              "POST / HTTP/1.1\r\n" + host + token + "A: " + "b".repeat(17_000) + "\r\n\r\n",
              "POST / HTTP/1.1\r\n" + host + token + "A: b\r\n".repeat(120) + "\r\n",
              "POST / HTTP/1.1\r\n"
                  + host
                  + token
                  + "Transfer-Encoding: chunked\r\n\r\n2;x=y\r\n{}\r\n0\r\n\r\n",
              "POST / HTTP/1.1\r\n"
                  + host
                  + token
                  + "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n",
              "POST / HTTP/1.1\r\n"
                  + host
                  + token
                  + "Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
              "POST / HTTP/1.1\r\n"
                  + host
                  + token
                  + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}0\r\n\r\n",
              "POST / HTTP/1.1\r\n" + host + token + "Content-Length: 999999999999\r\n\r\n")) {
        try (ConsensusSocket client = new ConsensusSocket(relay.uri())) {
          client.raw(bad);
          Answer answer = client.answer();
          assertThat(answer.status()).as(bad).isBetween(400, 505);
          assertThat(answer.text()).as(bad).contains("AUR-RELAY-BAD-REQUEST");
          assertThat(client.isEnded()).as(bad).isTrue();
        }
      }
      assertThat(execution.requests).isEmpty();
    }
  }

  @Test
  void answersRequestsThatWereSentBehindOneAnotherInTheirOrder() throws IOException {
    try (ScriptedExecution execution =
            new ScriptedExecution((request, out) -> ScriptedExecution.answer(out, request.body()));
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 20; i++) {
        String body = "{\"id\":" + i + "}";
        all.append(client.head("Content-Length: " + body.length())).append(body);
      }
      client.raw(all.toString());
      for (int i = 0; i < 20; i++) {
        assertThat(client.answer().text()).isEqualTo("{\"id\":" + i + "}");
      }
    }
  }

  @Test
  void saysThatTheExecutionClientIsAwayAndGoesOnWhenItIsBack() throws IOException {
    ScriptedExecution first = new ScriptedExecution(ScriptedExecution.saying("VALID"));
    int port = first.uri().getPort();
    try (TestRelay relay = new TestRelay(first);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      assertThat(client.call(BLOCK_NUMBER).status()).isEqualTo(200);
      first.close();
      Answer away = client.call("{\"id\":\"a\",\"method\":\"eth_chainId\"}");
      assertThat(away.status()).isEqualTo(502);
      assertThat(away.text()).contains("AUR-RELAY-UNREACHABLE", "\"id\":\"a\"");
      try (ScriptedExecution second =
          new ScriptedExecution(port, ScriptedExecution.saying("VALID"))) {
        assertThat(client.call(BLOCK_NUMBER).status()).isEqualTo(200);
        assertThat(second.requests).hasSize(1);
      }
    }
  }

  @Test
  void asksAgainWhereAnIdleConnectionHadBeenClosed() throws IOException {
    try (ScriptedExecution execution = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      for (int i = 0; i < 20; i++) {
        assertThat(client.call(BLOCK_NUMBER).status()).isEqualTo(200);
        execution.dropConnections();
      }
      // It takes the next request on the old connection, and ends without an answer.
      int sofar = execution.requests.size();
      execution.does(
          (request, out) -> {
            if (execution.requests.size() == sofar + 2) {
              throw new IOException("ends without an answer");
            }
            ScriptedExecution.answer(out, "{}");
          });
      assertThat(client.call(BLOCK_NUMBER).status()).isEqualTo(200);
      assertThat(client.call(BLOCK_NUMBER).status()).isEqualTo(200);
      assertThat(execution.requests).hasSize(sofar + 3);
    }
  }

  @Test
  void cutsAnAnswerThatTheExecutionClientDidNotFinish() throws IOException {
    try (ScriptedExecution execution =
            new ScriptedExecution(
                (request, out) -> {
                  out.write(
                      "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half\":"
                          .getBytes(StandardCharsets.US_ASCII));
                  out.flush();
                  throw new IOException("gone");
                });
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      assertThatThrownBy(() -> client.call(BLOCK_NUMBER))
          .isInstanceOfAny(EOFException.class, SocketException.class);
      await()
          .untilAsserted(
              () ->
                  assertThat(relay.count("auriga_relay_calls_total", "broken_answer"))
                      .isEqualTo(1));
    }
  }

  @Test
  void saysThatAnAnswerIsNoHttp() throws IOException {
    for (String nonsense :
        List.of(
            "nonsense\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 abc\r\n\r\n")) {
      try (ScriptedExecution execution =
              new ScriptedExecution(
                  (request, out) -> {
                    out.write(nonsense.getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                  });
          TestRelay relay = new TestRelay(execution);
          ConsensusSocket client = new ConsensusSocket(relay.uri())) {
        Answer answer = client.call(BLOCK_NUMBER);
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains("AUR-RELAY-BROKEN-ANSWER");
      }
    }
  }

  @Test
  void saysThatTheSecretTowardsTheExecutionClientIsWrong() throws IOException {
    try (ScriptedExecution execution =
            new ScriptedExecution(
                (request, out) -> {
                  out.write(
                      "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"
                          .getBytes(StandardCharsets.US_ASCII));
                });
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      Answer answer = client.call(BLOCK_NUMBER);
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.text()).contains("AUR-RELAY-EXECUTION-TOKEN");
    }
  }

  @Test
  void givesUpOneThatHangsAfterTwiceTheTimeOfTheMethod() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedExecution execution = new ScriptedExecution((request, out) -> over.await());
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      Answer answer = client.call(CALL.formatted("engine_getPayloadV4"));
      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.text()).contains("AUR-RELAY-TIMEOUT");
      over.countDown();
    }
  }

  @Test
  void endsTheCallWhenTheConsensusClientLeavesInTheMiddle() throws IOException {
    try (ScriptedExecution execution = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(execution)) {
      try (ConsensusSocket client = new ConsensusSocket(relay.uri())) {
        client.raw(client.head("Content-Length: 1000000"));
        client.raw(new byte[500_000]);
        await().until(() -> execution.connections.get() == 1);
      }
      await().until(() -> relay.count("auriga_relay_calls_total", "client_gone") == 1);
      assertThat(execution.requests).as("whole requests").isEmpty();
      try (ConsensusSocket next = new ConsensusSocket(relay.uri())) {
        assertThat(next.call(BLOCK_NUMBER).status()).isEqualTo(200);
      }
    }
  }

  @Test
  void passesSixtyFourMegabytesToAReaderThatIsSlowerThanTheWriter() throws IOException {
    byte[] body = new byte[64 << 20];
    new Random(5).nextBytes(body);
    try (ScriptedExecution execution =
            new ScriptedExecution(
                (request, out) -> {
                  boolean same = Arrays.equals(request.body(), body);
                  ScriptedExecution.answer(out, same ? body : new byte[1]);
                });
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      assertThat(Arrays.equals(client.call(body).body(), body)).isTrue();
    }
  }

  @Test
  void passesGzipAsItIsAndLooksIntoIt() throws Exception {
    BlockingQueue<RelayedCall> seen = new LinkedBlockingQueue<>();
    byte[] asked = gzip("{\"id\":1,\"method\":\"engine_newPayloadV9\",\"params\":[{}]}");
    byte[] answered = gzip(ScriptedExecution.status("", "SYNCING"));
    try (ScriptedExecution execution =
            new ScriptedExecution(
                (request, out) -> {
                  out.write(
                      ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: "
                              + answered.length
                              + "\r\n\r\n")
                          .getBytes(StandardCharsets.US_ASCII));
                  out.write(answered);
                });
        TestRelay relay = new TestRelay(UnaryOperator.identity(), List.of(seen::add), execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      client.raw(client.head("Content-Encoding: gzip\r\nContent-Length: " + asked.length));
      client.raw(asked);
      Answer answer = client.answer();
      assertThat(answer.body()).isEqualTo(answered);
      assertThat(answer.fields()).containsEntry("content-encoding", "gzip");
      assertThat(execution.requests.getFirst().body()).isEqualTo(asked);
      RelayedCall call = seen.poll(10, TimeUnit.SECONDS);
      assertThat(call).isNotNull();
      assertThat(call.method().label()).isEqualTo("engine_newPayloadV9");
      assertThat(call.answer().status().orElseThrow().name()).isEqualTo("SYNCING");
    }
  }

  @Test
  void passesCallsOnWhileItsObserversFailAndHang() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    RelayObserver hanging =
        call -> {
          try {
            over.await();
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
        };
    RelayObserver failing =
        call -> {
          throw new IllegalStateException("a defect");
        };
    try (ScriptedExecution execution = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay =
            new TestRelay(UnaryOperator.identity(), List.of(failing, hanging), execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      for (int i = 0; i < 1_100; i++) {
        assertThat(client.call(BLOCK_NUMBER).status()).isEqualTo(200);
      }
      // A call is told of after its answer was passed on: of the last one perhaps only now.
      await()
          .untilAsserted(
              () ->
                  assertThat(relay.count("auriga_relay_observations_lost_total", "queue-full"))
                      .isEqualTo(1_100 - 1_025));
      assertThat(relay.count("auriga_relay_observations_lost_total", "observer-failed"))
          .isEqualTo(1);
      over.countDown();
    }
  }

  @Test
  void answersThroughANetworkThatDripsAndSaysSoOfOneThatBreaks() throws IOException {
    byte[] answered = ScriptedExecution.status("", "VALID").getBytes(StandardCharsets.UTF_8);
    try (ScriptedExecution execution =
            new ScriptedExecution((request, out) -> ScriptedExecution.answer(out, answered));
        FaultProxy proxy = FaultProxy.before(execution.uri());
        TestRelay relay =
            new TestRelay(
                UnaryOperator.identity(),
                List.of(),
                List.of(new ExecutionConfig("el", proxy.uri(), ScriptedExecution.SECRET)))) {
      proxy.next(
          new Fault.Drip(Duration.ofMillis(1)),
          new Fault.Refuse(),
          new Fault.TruncateAfter(10),
          new Fault.CutAfter(20),
          new Fault.GarbageAfter(0, 30, 3));
      List<Integer> statuses = new java.util.ArrayList<>();
      for (int i = 0; i < 6; i++) {
        try (ConsensusSocket client = new ConsensusSocket(relay.uri())) {
          Answer answer = client.call(BLOCK_NUMBER);
          statuses.add(answer.status());
          if (answer.status() == 200) {
            assertThat(answer.body()).isEqualTo(answered);
          }
          // The next one takes a connection of its own.
          proxy.cutAll();
        }
      }
      assertThat(statuses).containsExactly(200, 502, 502, 502, 502, 200);
    }
  }

  @Test
  void continuesForAClientThatWaitsForThat() throws IOException {
    try (ScriptedExecution execution = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      client.raw(client.head("Expect: 100-continue\r\nContent-Length: 2"));
      assertThat(client.answer().status()).isEqualTo(100);
      client.raw("{}");
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(execution.requests.getFirst().fields()).doesNotContainKey("expect");
    }
  }

  @Test
  void turnsAwayConnectionsBeyondItsLimitAndTakesThemAgain() throws IOException {
    try (ScriptedExecution execution = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay =
            new TestRelay(config -> config.withConnectionsMax(2), List.of(), execution)) {
      try (ConsensusSocket first = new ConsensusSocket(relay.uri());
          ConsensusSocket second = new ConsensusSocket(relay.uri())) {
        assertThat(first.call(BLOCK_NUMBER).status()).isEqualTo(200);
        assertThat(second.call(BLOCK_NUMBER).status()).isEqualTo(200);
        for (int i = 0; i < 50; i++) {
          try (ConsensusSocket more = new ConsensusSocket(relay.uri())) {
            assertThat(more.isEnded()).isTrue();
          }
        }
        assertThat(first.call(BLOCK_NUMBER).status()).isEqualTo(200);
      }
      await()
          .untilAsserted(
              () -> {
                try (ConsensusSocket later = new ConsensusSocket(relay.uri())) {
                  assertThat(later.call(BLOCK_NUMBER).status()).isEqualTo(200);
                }
              });
    }
  }

  @Test
  void letsACallUnderWayEndWhenItIsClosed() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    try (ScriptedExecution execution =
            new ScriptedExecution(
                (request, out) -> {
                  asked.countDown();
                  mayAnswer.await();
                  ScriptedExecution.answer(out, "{}");
                });
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      client.raw(client.head("Content-Length: 2"));
      client.raw("{}");
      asked.await();
      Thread closing = Thread.ofVirtual().start(relay::close);
      mayAnswer.countDown();
      assertThat(client.answer().status()).isEqualTo(200);
      closing.join();
    }
  }

  @Test
  void saysWhoseAddressItCannotListenOn() {
    try (ScriptedExecution execution = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(execution)) {
      RelayConfig taken =
          RelayConfig.of(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), relay.uri().getPort()),
              ConsensusSocket.SECRET,
              List.of(execution.config("el")));
      assertThatThrownBy(
              () ->
                  Relay.start(
                      taken,
                      InstantSource.system(),
                      new RelayMetrics(new Metrics(new PrometheusRegistry())),
                      List.of()))
          .isInstanceOf(AurigaException.class)
          .hasMessageContaining(":" + relay.uri().getPort());
    }
  }

  private static byte[] bytes(Random random) {
    int size =
        switch (random.nextInt(4)) {
          case 0 -> random.nextInt(3);
          case 1 -> random.nextInt(2_000);
          case 2 -> (64 << 10) - 2 + random.nextInt(4);
          default -> random.nextInt(LARGE);
        };
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    byte[] envelope = BLOCK_NUMBER.getBytes(StandardCharsets.UTF_8);
    if (random.nextBoolean()) {
      System.arraycopy(envelope, 0, bytes, 0, Math.min(size, envelope.length));
    }
    return bytes;
  }

  private static byte[] chunks(byte[] body, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < body.length; ) {
      int size = Math.min(body.length - at, 1 + random.nextInt(100_000));
      out.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body, at, size);
      out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      at += size;
    }
    out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void send(java.io.OutputStream out, byte[] body, boolean chunked, Random random)
      throws IOException {
    if (!chunked) {
      ScriptedExecution.answer(out, body);
      return;
    }
    out.write(
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    out.write(chunks(body, random));
    out.flush();
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return packed.toByteArray();
  }

  private static long nanos() {
    var now = InstantSource.system().instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }
}
