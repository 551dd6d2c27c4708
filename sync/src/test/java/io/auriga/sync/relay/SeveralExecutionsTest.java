package io.auriga.sync.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.auriga.sync.relay.ConsensusSocket.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SeveralExecutionsTest {
  private static final String NEW_PAYLOAD =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"engine_newPayloadV4\",\"params\":[{}]}";
  private static final String FORK_CHOICE =
      "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"engine_forkchoiceUpdatedV3\",\"params\":[{},null]}";
  private static final String GET_PAYLOAD =
      "{\"id\":9,\"method\":\"engine_getPayloadV4\",\"params\":[\"0x0000000000000001\"]}";
  private static final String BLOCK_NUMBER = "{\"id\":1,\"method\":\"eth_blockNumber\"}";

  @Test
  void keepsAllInStepAndAsksThePreferredOneAloneForTheRest() throws IOException {
    try (ScriptedExecution first = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        ScriptedExecution second = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(first, second);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      for (String call : List.of(NEW_PAYLOAD, FORK_CHOICE)) {
        assertThat(client.call(call).text()).isEqualTo(ScriptedExecution.status(call, "VALID"));
        await().until(() -> second.requests.size() == first.requests.size());
        assertThat(second.requests.getLast().text()).isEqualTo(call);
      }
      int before = second.requests.size();
      assertThat(client.call(BLOCK_NUMBER).status()).isEqualTo(200);
      assertThat(second.requests).hasSize(before);
    }
  }

  @Test
  void waitsForTheFinalAnswerWhereAnotherComesOnTheWayToIt() throws IOException {
    ScriptedExecution.Script hinting =
        (request, out) -> {
          out.write(
              "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          ScriptedExecution.saying("VALID").answer(request, out);
        };
    try (ScriptedExecution first = new ScriptedExecution(hinting);
        ScriptedExecution second = new ScriptedExecution(hinting);
        TestRelay relay = new TestRelay(first, second);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      for (String call : List.of(NEW_PAYLOAD, FORK_CHOICE, BLOCK_NUMBER)) {
        Answer answer = client.call(call);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(ScriptedExecution.status(call, "VALID"));
      }
    }
  }

  @Test
  void tellsOfTheCallToEachAndWhoseAnswerWasPassed() throws Exception {
    BlockingQueue<RelayedCall> seen = new LinkedBlockingQueue<>();
    try (ScriptedExecution first = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        ScriptedExecution second = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay =
            new TestRelay(UnaryOperator.identity(), List.of(seen::add), first, second);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      assertThat(client.call(NEW_PAYLOAD).status()).isEqualTo(200);
      await().until(() -> seen.size() == 2);
      assertThat(seen)
          .extracting(RelayedCall::execution, RelayedCall::passed)
          .containsExactlyInAnyOrder(tuple("el-0", true), tuple("el-1", false));
      assertThat(seen)
          .allSatisfy(
              call -> {
                assertThat(call.request().method()).contains("engine_newPayloadV4");
                assertThat(call.request().whole()).isTrue();
                assertThat(call.answer().status().orElseThrow().name()).isEqualTo("VALID");
              });
    }
  }

  @Test
  void givesEachALargeBodyByteForByte() throws IOException {
    byte[] body = new byte[5 << 20];
    new Random(3).nextBytes(body);
    byte[] envelope = NEW_PAYLOAD.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    System.arraycopy(envelope, 0, body, 0, envelope.length);
    try (ScriptedExecution first = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        ScriptedExecution second = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(first, second);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      assertThat(client.call(body).status()).isEqualTo(200);
      await().until(() -> second.requests.size() == 1);
      assertThat(first.requests.getFirst().body()).isEqualTo(body);
      assertThat(second.requests.getFirst().body()).isEqualTo(body);
    }
  }

  @Test
  void answersFromTheStandbyWhileThePreferredOneIsAwayAndGoesBackWhenItKnows() throws IOException {
    ScriptedExecution away = new ScriptedExecution(ScriptedExecution.saying("VALID"));
    int port = away.uri().getPort();
    try (ScriptedExecution second =
            new ScriptedExecution(
                (request, out) ->
                    ScriptedExecution.answer(
                        out,
                        request.text().contains("engine_")
                            ? ScriptedExecution.status(request.text(), "VALID")
                            : "second"));
        TestRelay relay = new TestRelay(away, second);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      assertThat(client.call(NEW_PAYLOAD).text()).contains("VALID");
      away.close();
      assertThat(client.call(NEW_PAYLOAD).text()).contains("VALID");
      assertThat(client.call(FORK_CHOICE).text()).contains("VALID");
      assertThat(client.call(BLOCK_NUMBER).text()).isEqualTo("second");
      try (ScriptedExecution back =
          new ScriptedExecution(
              port,
              (request, out) ->
                  ScriptedExecution.answer(
                      out,
                      request.text().contains("engine_")
                          ? ScriptedExecution.status(request.text(), "VALID")
                          : "first"))) {
        await()
            .untilAsserted(
                () -> {
                  assertThat(client.call(NEW_PAYLOAD).text()).contains("VALID");
                  assertThat(client.call(BLOCK_NUMBER).text()).isEqualTo("first");
                });
        assertThat(back.requests).isNotEmpty();
      }
    }
  }

  @Test
  void answersValidOfTheStandbyWhereThePreferredOneIsSyncing() throws IOException {
    try (ScriptedExecution first = new ScriptedExecution(ScriptedExecution.saying("SYNCING"));
        ScriptedExecution second = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(first, second);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      assertThat(client.call(NEW_PAYLOAD).text()).contains("\"VALID\"");
      assertThat(relay.count("auriga_relay_failovers_total", "el-1")).isEqualTo(1);
    }
  }

  @Test
  void doesNotWaitForAStandbyThatHangs() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedExecution first = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        ScriptedExecution second = new ScriptedExecution((request, out) -> over.await());
        TestRelay relay = new TestRelay(first, second);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      byte[] large = new byte[9 << 20];
      byte[] envelope = NEW_PAYLOAD.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      System.arraycopy(envelope, 0, large, 0, envelope.length);
      assertThat(client.call(large).text()).contains("\"VALID\"");
      assertThat(client.call(NEW_PAYLOAD).text()).contains("\"VALID\"");
      over.countDown();
    }
  }

  @Test
  void asksTheOneThatBuildsThePayload() throws IOException {
    try (ScriptedExecution first = new ScriptedExecution(ScriptedExecution.saying("SYNCING"));
        ScriptedExecution second = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(first, second);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      assertThat(client.call(FORK_CHOICE).text()).contains("\"VALID\"");
      first.does(ScriptedExecution.saying("VALID"));
      assertThat(client.call(NEW_PAYLOAD).text()).contains("\"VALID\"");
      int before = first.requests.size();
      assertThat(client.call(GET_PAYLOAD).status()).isEqualTo(200);
      assertThat(second.requests.getLast().text()).isEqualTo(GET_PAYLOAD);
      assertThat(first.requests).hasSize(before);
    }
  }

  @Test
  void passesAMajoritysAnswerAndSyncingWhereOneContradicts() throws IOException {
    try (ScriptedExecution first = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        ScriptedExecution second = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        ScriptedExecution third = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay =
            new TestRelay(SeveralExecutionsTest::majority, List.of(), first, second, third);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      assertThat(client.call(NEW_PAYLOAD).text())
          .isEqualTo(ScriptedExecution.status(NEW_PAYLOAD, "VALID"));
      third.does(ScriptedExecution.saying("INVALID"));
      assertThat(client.call(NEW_PAYLOAD).text())
          .isEqualTo(
              "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"status\":\"SYNCING\","
                  + "\"latestValidHash\":null,\"validationError\":null}}");
      assertThat(client.call(FORK_CHOICE).text())
          .startsWith(
              "{\"jsonrpc\":\"2.0\",\"id\":8,\"result\":{\"payloadStatus\":{\"status\":\"SYNCING\"");
      assertThat(relay.count("auriga_relay_refused_total", "AUR-RELAY-NO-AGREEMENT")).isEqualTo(2);
      second.does(ScriptedExecution.saying("INVALID"));
      assertThat(client.call(NEW_PAYLOAD).text()).contains("\"INVALID\"");
    }
  }

  @Test
  void goesOnWithAMajorityThatIsLeftAndStopsSayingValidWithoutOne() throws IOException {
    ScriptedExecution third = new ScriptedExecution(ScriptedExecution.saying("VALID"));
    ScriptedExecution second = new ScriptedExecution(ScriptedExecution.saying("VALID"));
    ScriptedExecution first = new ScriptedExecution(ScriptedExecution.saying("VALID"));
    try (TestRelay relay =
            new TestRelay(SeveralExecutionsTest::majority, List.of(), first, second, third);
        ConsensusSocket client = new ConsensusSocket(relay.uri())) {
      third.close();
      assertThat(client.call(NEW_PAYLOAD).text()).contains("\"VALID\"");
      second.close();
      assertThat(client.call(NEW_PAYLOAD).text()).contains("\"SYNCING\"");
      first.close();
      Answer none = client.call(NEW_PAYLOAD);
      assertThat(none.status()).isEqualTo(502);
      assertThat(none.text()).contains("AUR-RELAY-UNREACHABLE");
    } finally {
      List.of(first, second, third).forEach(ScriptedExecution::close);
    }
  }

  @Test
  void letsOneConsensusClientSetTheForkChoiceAndAnotherAfterItsSilence() throws Exception {
    try (ScriptedExecution execution = new ScriptedExecution(ScriptedExecution.saying("VALID"));
        TestRelay relay = new TestRelay(execution);
        ConsensusSocket first = new ConsensusSocket(relay.uri(), "Lighthouse/v1");
        ConsensusSocket second = new ConsensusSocket(relay.uri(), "teku/v2")) {
      assertThat(first.call(FORK_CHOICE).text()).contains("VALID");
      Answer refused = second.call(FORK_CHOICE);
      assertThat(refused.text()).contains("AUR-RELAY-SECOND-WRITER", "\"id\":8");
      assertThat(second.call("[" + FORK_CHOICE + "]").text()).contains("AUR-RELAY-SECOND-WRITER");
      assertThat(second.call(NEW_PAYLOAD).text()).contains("VALID");
      assertThat(second.call(BLOCK_NUMBER).status()).isEqualTo(200);
      assertThat(first.call(FORK_CHOICE).text()).contains("VALID");
      try (ConsensusSocket restarted = new ConsensusSocket(relay.uri(), "Lighthouse/v2")) {
        assertThat(restarted.call(FORK_CHOICE).text()).contains("VALID");
      }
    }
    ForkChoiceWriter writer = new ForkChoiceWriter(Duration.ofSeconds(60));
    long start = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30);
    assertThat(writer.admits("a", start)).isTrue();
    assertThat(writer.admits("b", start + TimeUnit.SECONDS.toNanos(59))).isFalse();
    assertThat(writer.admits("a", start + TimeUnit.SECONDS.toNanos(59))).isTrue();
    assertThat(writer.admits("b", start + TimeUnit.SECONDS.toNanos(118))).isFalse();
    assertThat(writer.admits("b", start + TimeUnit.SECONDS.toNanos(119))).isTrue();
    assertThat(writer.admits("a", start + TimeUnit.SECONDS.toNanos(120))).isFalse();
  }

  @Test
  void sendsForkChoicesOneAfterTheOtherInTheOrderInWhichTheyCame() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (ScriptedExecution execution =
            new ScriptedExecution(
                (request, out) -> {
                  most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                  atOnce.decrementAndGet();
                  ScriptedExecution.answer(out, request.body());
                });
        TestRelay relay = new TestRelay(execution)) {
      Thread[] threads = new Thread[8];
      for (int i = 0; i < threads.length; i++) {
        threads[i] =
            Thread.ofVirtual()
                .start(
                    () -> {
                      try (ConsensusSocket client = new ConsensusSocket(relay.uri())) {
                        for (int n = 0; n < 20; n++) {
                          assertThat(client.call(FORK_CHOICE).text()).isEqualTo(FORK_CHOICE);
                        }
                      } catch (IOException broken) {
                        throw new AssertionError(broken);
                      }
                    });
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(execution.requests).hasSize(8 * 20);
      assertThat(most.get()).as("fork choices at once").isEqualTo(1);
    }
  }

  private static RelayConfig majority(RelayConfig config) {
    return config.withPolicy(new Policy.Majority());
  }

  @Test
  void keepsTheTurnsOfAnOrder() throws InterruptedException {
    Order order = new Order();
    Order.Turn first = order.enter();
    Order.Turn second = order.enter();
    assertThat(first.await(Duration.ZERO)).isTrue();
    assertThat(second.await(Duration.ZERO)).isFalse();
    first.leave();
    assertThat(second.await(Duration.ZERO)).isTrue();
  }
}
