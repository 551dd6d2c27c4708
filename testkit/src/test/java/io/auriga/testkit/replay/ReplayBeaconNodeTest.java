package io.auriga.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReplayBeaconNodeTest {
  private static final String PREFERS_SSZ = "application/octet-stream;q=1.0,application/json;q=0.9";

  private final Recording recording = Recordings.bundled();
  private final SteppedClock clock = new SteppedClock(recording.startOf(new Slot(101)));
  private ReplayBeaconNode node = new ReplayBeaconNode(recording, clock, BeaconQuirks.NONE, 0);
  private Browser browser = new Browser(node.uri());

  @AfterEach
  void close() {
    browser.close();
    node.close();
  }

  private void restartWith(BeaconQuirks quirks) {
    close();
    node = new ReplayBeaconNode(recording, clock, quirks, 0);
    browser = new Browser(node.uri());
  }

  private RecordedBlock head() {
    return recording.timeline().at(clock.instant()).head().orElseThrow();
  }

  @Test
  void servesABlockAsSszWithItsFork() throws Exception {
    HttpResponse<byte[]> answer = browser.get("/eth/v2/beacon/blocks/head", PREFERS_SSZ);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Eth-Consensus-Version")).contains("fulu");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(answer.body()).isEqualTo(head().ssz());
  }

  @Test
  void servesABlockAsJsonWhenAskedFor() throws Exception {
    JsonNode block = browser.json("/eth/v2/beacon/blocks/" + head().root());

    assertThat(block.path("version").asString()).isEqualTo("fulu");
    assertThat(block.path("finalized").asBoolean(true)).isFalse();
    JsonNode payload = block.at("/data/message/body/execution_payload");
    assertThat(payload.path("block_hash").asString()).isEqualTo(head().blockHash().toHex());
    assertThat(payload.path("withdrawals").size()).isPositive();
  }

  @Test
  void aBlockIsUnknownUntilItsTime() throws Exception {
    RecordedBlock later =
        recording.timeline().blocks().stream()
            .filter(block -> block.slot().equals(new Slot(130)))
            .findFirst()
            .orElseThrow();
    assertThat(browser.status("/eth/v2/beacon/blocks/" + later.root())).isEqualTo(404);
    assertThat(browser.status("/eth/v2/beacon/blocks/130")).isEqualTo(404);

    clock.advanceTo(recording.startOf(new Slot(131)));

    assertThat(browser.status("/eth/v2/beacon/blocks/" + later.root())).isEqualTo(200);
    assertThat(browser.status("/eth/v2/beacon/blocks/130")).isEqualTo(200);
  }

  @Test
  void servesAnOrphanByItsRootOnly() throws Exception {
    NodeState state = recording.timeline().at(clock.instant());
    RecordedBlock orphan = state.knownWhere(block -> !state.isCanonical(block)).getFirst();

    JsonNode header = browser.json("/eth/v1/beacon/headers/" + orphan.root());
    JsonNode atSlot = browser.json("/eth/v1/beacon/headers?slot=" + orphan.slot());

    assertThat(header.at("/data/canonical").asBoolean(true)).isFalse();
    assertThat(atSlot.path("data").valueStream().map(h -> h.path("root").asString()))
        .contains(orphan.root().toHex());
    assertThat(browser.json("/eth/v1/beacon/blocks/" + orphan.slot() + "/root").toString())
        .doesNotContain(orphan.root().toHex());
  }

  @Test
  void aHeaderHashesToItsRoot() throws Exception {
    JsonNode header = browser.json("/eth/v1/beacon/headers/head").path("data");

    JsonNode message = header.at("/header/message");
    assertThat(header.path("root").asString()).isEqualTo(head().root().toHex());
    assertThat(message.path("slot").asString()).isEqualTo(head().slot().toString());
    assertThat(message.path("parent_root").asString()).isEqualTo(head().parentRoot().toHex());
    assertThat(message.path("body_root").asString()).hasSize(66);
    assertThat(header.at("/header/signature").asString()).hasSize(2 + 2 * 96);
  }

  @Test
  void findsChildrenByTheirParent() throws Exception {
    JsonNode children = browser.json("/eth/v1/beacon/headers?parent_root=" + head().parentRoot());

    assertThat(children.path("data").valueStream().map(h -> h.path("root").asString()))
        .contains(head().root().toHex());
  }

  @Test
  void servesFinalityOfTheHead() throws Exception {
    Checkpoints expected = recording.timeline().at(clock.instant()).checkpoints();

    JsonNode data = browser.json("/eth/v1/beacon/states/head/finality_checkpoints").path("data");

    assertThat(data.at("/finalized/root").asString())
        .isEqualTo(expected.finalized().root().toHex());
    assertThat(data.at("/current_justified/epoch").asString())
        .isEqualTo(expected.justified().epoch().toString());
    assertThat(browser.json("/eth/v2/beacon/blocks/finalized").path("finalized").asBoolean())
        .isTrue();
  }

  @Test
  void answersAboutItselfAndItsNetwork() throws Exception {
    assertThat(browser.json("/eth/v1/beacon/genesis").at("/data/genesis_time").asString())
        .isEqualTo(Long.toString(recording.genesis().time().getEpochSecond()));
    assertThat(browser.json("/eth/v1/config/spec").at("/data/FULU_FORK_EPOCH").asString())
        .isEqualTo("8");
    assertThat(browser.json("/eth/v1/config/deposit_contract").at("/data/chain_id").asString())
        .isEqualTo("31337");
    assertThat(browser.json("/eth/v1/config/fork_schedule").path("data").size()).isEqualTo(7);
    assertThat(browser.json("/eth/v1/node/version").at("/data/version").asString())
        .isEqualTo("Auriga-replay/v1");
    assertThat(browser.json("/eth/v1/node/syncing").at("/data/head_slot").asString())
        .isEqualTo(head().slot().toString());
    assertThat(browser.status("/eth/v1/node/health")).isEqualTo(200);
    assertThat(browser.status("/eth/v1/node/peers")).isEqualTo(404);
  }

  @Test
  void malformedIdsAreNotFoundAndMalformedParametersAreRefused() throws Exception {
    assertThat(browser.status("/eth/v2/beacon/blocks/0x12")).isEqualTo(404);
    assertThat(browser.status("/eth/v2/beacon/blocks/-1")).isEqualTo(404);
    assertThat(browser.status("/eth/v1/beacon/headers?slot=x")).isEqualTo(400);
  }

  @Test
  void deliversEventsWhenTheirTimeComes() throws Exception {
    try (Browser.Stream stream =
        browser.stream("/eth/v1/events?topics=head&topics=chain_reorg,finalized_checkpoint")) {
      clock.advanceTo(recording.end());

      List<String> expected =
          recording.timeline().events().stream()
              .filter(event -> event.at().isAfter(recording.startOf(new Slot(101))))
              .map(TimedEvent::topic)
              .filter(Set.of("head", "chain_reorg", "finalized_checkpoint")::contains)
              .toList();
      assertThat(expected).contains("head", "chain_reorg", "finalized_checkpoint");
      for (String topic : expected) {
        assertThat(stream.nextTopic()).isEqualTo(topic);
      }
    }
  }

  @Test
  void refusesTopicsItDoesNotKnow() throws Exception {
    restartWith(BeaconQuirks.NONE.withUnknownTopics(Set.of("chain_reorg")));

    assertThat(browser.status("/eth/v1/events?topics=head&topics=chain_reorg")).isEqualTo(400);
    assertThat(browser.status("/eth/v1/events?topics=nonsense")).isEqualTo(400);
    assertThat(browser.status("/eth/v1/events")).isEqualTo(400);
  }

  @Test
  void theStreamEndsWhenTheNodeCloses() throws Exception {
    try (Browser.Stream stream = browser.stream("/eth/v1/events?topics=head")) {
      node.close();

      assertThat(stream.ends()).isTrue();
    }
  }

  @Test
  void aQuirkyNodeSendsJsonToThoseWhoPreferSsz() throws Exception {
    restartWith(BeaconQuirks.LODESTAR_1_5_1);

    HttpResponse<byte[]> answer = browser.get("/eth/v2/beacon/blocks/head", PREFERS_SSZ);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(browser.status("/eth/v2/node/version")).isEqualTo(404);
  }

  @Test
  void aQuirkyNodeRefusesSsz() throws Exception {
    restartWith(BeaconQuirks.NONE.withSsz(BeaconQuirks.Ssz.REFUSED));

    assertThat(browser.get("/eth/v2/beacon/blocks/head", PREFERS_SSZ).statusCode()).isEqualTo(406);
    assertThat(browser.status("/eth/v2/beacon/blocks/head")).isEqualTo(200);
  }

  @Test
  void aQuirkyNodeSendsHeadersWithTheFirstEventOnly() throws Exception {
    close();
    SteppedClock early = new SteppedClock(recording.start());
    node = new ReplayBeaconNode(recording, early, BeaconQuirks.LODESTAR_1_5_1, 0);
    browser = new Browser(node.uri());
    AtomicReference<Browser.Stream> opened = new AtomicReference<>();
    Thread opening =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    opened.set(browser.stream("/eth/v1/events?topics=head"));
                  } catch (IOException | InterruptedException broken) {
                    throw new IllegalStateException(broken);
                  }
                });

    // Nobody can tell when the subscription begins, so a slot passes whenever nothing came yet.
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              if (opened.get() == null && early.instant().isBefore(recording.end())) {
                early.advance(recording.spec().slotDuration());
              }
              return opened.get() != null;
            });

    assertThat(opening.join(Duration.ofMinutes(1))).isTrue();
    try (Browser.Stream stream = opened.get()) {
      assertThat(stream.nextTopic()).isEqualTo("head");
    }
  }

  @Test
  void saysWhichPortIsTaken() {
    URI taken = node.uri();

    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(
            () -> new ReplayBeaconNode(recording, clock, BeaconQuirks.NONE, taken.getPort()))
        .withMessageContaining("127.0.0.1:" + taken.getPort())
        .satisfies(failure -> assertThat(failure.errorCode()).isEqualTo(ReplayError.CANNOT_LISTEN));
  }
}
