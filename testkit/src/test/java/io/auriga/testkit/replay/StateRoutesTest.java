package io.auriga.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Slot;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StateRoutesTest {
  private static final String PREFERS_SSZ = "application/octet-stream;q=1.0,application/json;q=0.9";

  private final Recording recording = Recordings.bundled();
  private final SteppedClock clock = new SteppedClock(recording.startOf(new Slot(101)));
  private final ReplayBeaconNode node =
      new ReplayBeaconNode(recording, clock, BeaconQuirks.NONE, 0);
  private final Browser browser = new Browser(node.uri());

  @AfterEach
  void close() {
    browser.close();
    node.close();
  }

  private RecordedBlock head() {
    return recording.timeline().at(clock.instant()).head().orElseThrow();
  }

  @Test
  void hasTheStateThatEachBlockLeftAndThoseAtTheBeginOfAnEpoch() {
    assertThat(recording.states().genesis()).isPresent();
    for (RecordedBlock block : recording.timeline().blocks()) {
      RecordedState after = recording.states().after(block.root()).orElseThrow();
      assertThat(after.slot()).isEqualTo(block.slot());
      boolean first =
          recording.timeline().blocks().stream()
              .filter(parent -> parent.root().equals(block.parentRoot()))
              .noneMatch(
                  parent ->
                      recording
                          .spec()
                          .epochOf(parent.slot())
                          .equals(recording.spec().epochOf(block.slot())));
      boolean afterGenesis = block.slot().value() < recording.spec().slotsPerEpoch();
      assertThat(recording.states().before(block.root()).isPresent())
          .as("%s", block)
          .isEqualTo(first && !afterGenesis);
    }
  }

  @Test
  void servesAWholeStateByHeadSlotRootAndGenesis() throws Exception {
    RecordedState state = recording.states().after(head().root()).orElseThrow();
    for (String id : new String[] {"head", head().slot().toString(), state.root().toHex()}) {
      HttpResponse<byte[]> answer = browser.get("/eth/v2/debug/beacon/states/" + id, PREFERS_SSZ);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Eth-Consensus-Version")).contains("fulu");
      assertThat(answer.body()).isEqualTo(state.ssz());
    }
    assertThat(browser.json("/eth/v2/debug/beacon/states/genesis").at("/data/slot").asString())
        .isEqualTo("0");
    assertThat(browser.json("/eth/v1/beacon/states/head/root").at("/data/root").asString())
        .isEqualTo(state.root().toHex());
  }

  @Test
  void aStateIsUnknownUntilItsBlockIs() throws Exception {
    RecordedState later =
        recording.states().all().stream()
            .filter(state -> state.slot().equals(new Slot(130)))
            .findFirst()
            .orElseThrow();
    for (String id : new String[] {"130", later.root().toHex(), "0xab", "x", "-1"}) {
      assertThat(browser.status("/eth/v2/debug/beacon/states/" + id)).as(id).isEqualTo(404);
      assertThat(browser.status("/eth/v1/beacon/states/" + id + "/validators")).isEqualTo(404);
    }
    clock.advanceTo(recording.startOf(new Slot(131)));
    assertThat(browser.status("/eth/v2/debug/beacon/states/130")).isEqualTo(200);
  }

  @Test
  void servesValidatorsAndBalancesByIndexKeyAndStatus() throws Exception {
    JsonNode all = browser.json("/eth/v1/beacon/states/head/validators").path("data");
    assertThat(all.size()).isEqualTo(32);
    JsonNode first = all.get(0);
    String key = first.at("/validator/pubkey").asString();
    JsonNode two =
        browser.json("/eth/v1/beacon/states/head/validators?id=31," + key + "&id=999999");
    assertThat(two.path("data").valueStream().map(v -> v.path("index").asString()))
        .containsExactly("0", "31");
    assertThat(two.path("data").get(1).path("status").asString()).startsWith("withdrawal_");
    JsonNode done = browser.json("/eth/v1/beacon/states/head/validators?status=withdrawal,pending");
    assertThat(done.path("data").valueStream().map(v -> v.path("index").asString()))
        .contains("31")
        .doesNotContain("0");
    JsonNode balances = browser.json("/eth/v1/beacon/states/head/validator_balances?id=0");
    assertThat(balances.path("data").toString())
        .isEqualTo("[{\"index\":\"0\",\"balance\":\"" + first.path("balance").asString() + "\"}]");
  }

  @Test
  void takesIdsInABodyToo() throws Exception {
    HttpResponse<byte[]> validators =
        browser.post("/eth/v1/beacon/states/head/validators", "{\"ids\":[\"3\",\"5\"]}");
    assertThat(validators.statusCode()).isEqualTo(200);
    assertThat(json(validators).path("data").size()).isEqualTo(2);
    HttpResponse<byte[]> balances =
        browser.post("/eth/v1/beacon/states/head/validator_balances", "[\"3\"]");
    assertThat(json(balances).path("data").size()).isEqualTo(1);
    assertThat(browser.post("/eth/v1/beacon/states/head/validators", "{").statusCode())
        .isEqualTo(400);
    assertThat(browser.post("/eth/v1/beacon/genesis", "{}").statusCode()).isEqualTo(404);
  }

  @Test
  void servesTheQueueOfPendingPartialsSinceElectra() throws Exception {
    clock.advanceTo(recording.startOf(new Slot(104)));
    JsonNode queue = browser.json("/eth/v1/beacon/states/60/pending_partial_withdrawals");
    assertThat(queue.path("version").asString()).isEqualTo("electra");
    assertThat(queue.path("data").toString())
        .contains("\"validator_index\":\"6\"")
        .contains("\"amount\":\"1500000000\"");
    assertThat(browser.status("/eth/v1/beacon/states/20/pending_partial_withdrawals"))
        .isEqualTo(400);
  }

  @Test
  void computesTheWithdrawalsOfTheNextBlockAlsoWhereAnEpochBegins() throws Exception {
    int checked = 0;
    NodeState now = recording.timeline().at(clock.instant());
    for (RecordedBlock block : now.canonical()) {
      RecordedState before = recording.states().after(block.parentRoot()).orElseThrow();
      JsonNode told =
          browser.json(
              "/eth/v1/builder/states/"
                  + before.root()
                  + "/expected_withdrawals?proposal_slot="
                  + block.slot());
      JsonNode carried =
          browser
              .json("/eth/v2/beacon/blocks/" + block.root())
              .at("/data/message/body/execution_payload/withdrawals");
      assertThat(told.path("data")).as("%s", block).isEqualTo(carried);
      checked++;
    }
    assertThat(checked).isGreaterThan(80);
    String route = "/eth/v1/builder/states/head/expected_withdrawals?proposal_slot=";
    assertThat(browser.status(route + "5")).isEqualTo(400);
    assertThat(browser.status(route + "x")).isEqualTo(400);
    assertThat(browser.status(route + "999")).isEqualTo(404);
  }

  private static JsonNode json(HttpResponse<byte[]> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  @Test
  void answersWhatOtherSoftwareAnswersOfTheSameState() throws Exception {
    Path responses = Recordings.shared("chain-minimal-capella-to-fulu/responses.jsonl.gz");
    String text;
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(responses))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    // Made by another version of the same generator, so only the form can be compared.
    JsonNode theirs =
        text.lines()
            .filter(line -> line.contains("/validators\""))
            .map(JsonMapper.shared()::readTree)
            .findFirst()
            .orElseThrow()
            .at("/response/data/0");
    JsonNode ours = browser.json("/eth/v1/beacon/states/head/validators").at("/data/0");
    assertThat(ours.propertyNames()).containsExactlyInAnyOrderElementsOf(theirs.propertyNames());
    assertThat(ours.path("validator").propertyNames())
        .containsExactlyInAnyOrderElementsOf(theirs.path("validator").propertyNames());
  }
}
