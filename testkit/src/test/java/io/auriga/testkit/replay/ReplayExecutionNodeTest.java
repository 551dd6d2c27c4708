package io.auriga.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReplayExecutionNodeTest {
  private final Recording recording = Recordings.bundled();
  private final SteppedClock clock = new SteppedClock(recording.startOf(new Slot(101)));
  private final ReplayExecutionNode node = new ReplayExecutionNode(recording, clock, 0);
  private final Browser browser = new Browser(node.uri());

  @AfterEach
  void close() {
    browser.close();
    node.close();
  }

  private static String call(int id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":[%s]}"
        .formatted(id, method, params);
  }

  private JsonNode result(String method, String params) throws Exception {
    return browser.post(call(1, method, params)).path("result");
  }

  private NodeState state() {
    return recording.timeline().at(clock.instant());
  }

  @Test
  void tagsFollowTheConsensusSide() throws Exception {
    assertThat(result("eth_getBlockByNumber", "\"latest\",false").path("hash").asString())
        .isEqualTo(state().head().orElseThrow().blockHash().toHex());
    assertThat(result("eth_getBlockByNumber", "\"safe\",false").path("hash").asString())
        .isEqualTo(state().justified().orElseThrow().blockHash().toHex());
    assertThat(result("eth_getBlockByNumber", "\"finalized\",false").path("hash").asString())
        .isEqualTo(state().finalized().orElseThrow().blockHash().toHex());
    assertThat(result("eth_getBlockByNumber", "\"earliest\",false").path("number").asString())
        .isEqualTo("0x0");
    assertThat(result("eth_getBlockByNumber", "\"0x10\",false").path("number").asString())
        .isEqualTo("0x10");
  }

  @Test
  void aBlockIsUnknownUntilItsTime() throws Exception {
    RecordedBlock later =
        recording.timeline().blocks().stream()
            .filter(block -> block.slot().equals(new Slot(130)))
            .findFirst()
            .orElseThrow();
    String ask = "\"" + later.blockHash() + "\",false";
    assertThat(result("eth_getBlockByHash", ask).isNull()).isTrue();

    clock.advanceTo(recording.startOf(new Slot(131)));

    assertThat(result("eth_getBlockByHash", ask).path("hash").asString())
        .isEqualTo(later.blockHash().toHex());
  }

  @Test
  void answersABatchOneByOneWithFailuresInTheirPlace() throws Exception {
    List<String> calls =
        List.of(
            call(7, "eth_chainId", ""),
            call(8, "eth_nonsense", ""),
            call(9, "eth_getBlockByHash", "5"),
            call(10, "eth_blockNumber", ""),
            "3");

    JsonNode answers = browser.post("[" + String.join(",", calls) + "]");

    List<String> seen = new ArrayList<>();
    answers.forEach(
        answer -> seen.add(answer.path("id") + " " + answer.at("/error/code").asString("ok")));
    assertThat(seen).containsExactly("7 ok", "8 -32601", "9 -32602", "10 ok", "null -32600");
    assertThat(answers.path(0).path("result").asString()).isEqualTo("0x7a69");
  }

  @Test
  void refusesWhatIsNotJsonAndBatchesWithoutBound() throws Exception {
    assertThat(browser.post("{").at("/error/code").asInt()).isEqualTo(-32700);
    String batch = "[" + "1,".repeat(ExecutionRpc.BATCH_MAX) + "1]";
    assertThat(browser.post(batch).at("/error/code").asInt()).isEqualTo(-32600);
    assertThat(browser.post(" ".repeat(2 << 20)).path("code").asInt()).isEqualTo(413);
  }

  @Test
  void answersAboutItself() throws Exception {
    assertThat(result("web3_clientVersion", "").asString()).isEqualTo("Auriga-replay/v1");
    assertThat(result("eth_syncing", "").asBoolean(true)).isFalse();
    assertThat(result("net_version", "").asString()).isEqualTo("31337");
  }
}
