package io.auriga.clients.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.NodeServer;
import io.auriga.clients.http.Backoff;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Wei;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpExecutionNodeTest {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final NodeServer server = new NodeServer();
  private final HttpEndpoint endpoint = server.endpoint();
  private final HttpExecutionNode node =
      new HttpExecutionNode(
          endpoint,
          null,
          new ExecutionNodeOptions(
              4, Duration.ofMillis(10), Duration.ofSeconds(20), Backoff.Bounds.DEFAULT),
          RandomGenerator.getDefault());
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    endpoint.close();
    server.close();
  }

  /** Answers each POST by what the function makes of it. */
  private void answer(Function<JsonNode, String> answers) {
    server.on(
        "/",
        exchange -> {
          JsonNode request = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
          asked.add(request);
          NodeServer.send(exchange, 200, "application/json", answers.apply(request));
        });
  }

  private void result(String result) {
    answer(
        request ->
            "{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + ",\"result\":" + result + "}");
  }

  private static BlockHash hash(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    return BlockHash.of(bytes);
  }

  private static String block(String hash) {
    String root = "\"0x" + "11".repeat(32) + '"';
    return ("{\"number\":\"0x1\",\"hash\":\""
            + hash
            + "\",\"parentHash\":R,\"sha3Uncles\":R,\"miner\":\"0x"
            + "22".repeat(20)
            + "\",\"stateRoot\":R,\"transactionsRoot\":R,\"receiptsRoot\":R,\"logsBloom\":\"0x"
            + "00".repeat(256)
            + "\",\"difficulty\":\"0x0\",\"gasLimit\":\"0x1\",\"gasUsed\":\"0x0\",\"timestamp\":\"0x5\","
            + "\"extraData\":\"0x\",\"mixHash\":R,\"nonce\":\"0x0000000000000000\",\"baseFeePerGas\":\"0x7\","
            + "\"transactions\":[{\"hash\":R}],\"withdrawalsRoot\":R,\"withdrawals\":[]}")
        .replace("R,", root + ",")
        .replace("R}", root + "}");
  }

  private static String itemOf(JsonNode call) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + call.get("id")
        + ",\"result\":"
        + block(call.get("params").get(0).stringValue())
        + "}";
  }

  private static List<String> itemsOf(JsonNode batch) {
    List<String> items = new ArrayList<>();
    batch.forEach(call -> items.add(itemOf(call)));
    return items;
  }

  private static List<BlockHash> hashes(int count) {
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(HttpExecutionNodeTest::hash)
        .toList();
  }

  private static BlockHash claimed(BlockAnswer answer) {
    return ((BlockAnswer.Found) answer).block().claimedHash();
  }

  @Test
  void asksInBatchesAndAnswersInTheOrderAsked() {
    answer(
        batch -> {
          List<String> items = itemsOf(batch);
          Collections.reverse(items);
          return items.toString();
        });
    List<BlockAnswer> answers = node.blocks(hashes(10));
    assertThat(answers.stream().map(HttpExecutionNodeTest::claimed)).isEqualTo(hashes(10));
    assertThat(asked.stream().map(JsonNode::size)).containsExactly(4, 4, 2);
    assertThat(asked.getFirst().get(0).toString())
        .contains("\"method\":\"eth_getBlockByHash\"", "false");
  }

  @Test
  void letsOneItemOfABatchFailAlone() {
    answer(
        batch -> {
          List<String> items = itemsOf(batch);
          items.set(0, "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":null}");
          items.set(1, "{\"id\":1,\"error\":{\"code\":4444,\"message\":\"pruned history\"}}");
          items.set(2, "{\"result\":{\"hash\":[[1]],\"number\":7},\"id\":2}");
          return items.toString();
        });
    List<BlockAnswer> answers = node.blocks(hashes(4));
    assertThat(answers.get(0)).isEqualTo(new BlockAnswer.Unknown(hash(0)));
    assertThat(((BlockAnswer.Failed) answers.get(1)).failure())
        .hasMessageContaining("read execution block " + hash(1))
        .hasMessageContaining("error 4444: pruned history");
    assertThat(((BlockAnswer.Failed) answers.get(2)).failure())
        .hasMessageContaining("read execution block " + hash(2))
        .hasMessageContaining("hash is missing");
    assertThat(claimed(answers.get(3))).isEqualTo(hash(3));
  }

  @Test
  void countsAMissingAndADoubleItemAsFailures() {
    answer(
        batch -> {
          List<String> items = itemsOf(batch);
          items.set(2, items.get(1));
          return items.toString();
        });
    List<BlockAnswer> answers = node.blocks(hashes(4));
    assertThat(claimed(answers.get(0))).isEqualTo(hash(0));
    assertThat(((BlockAnswer.Failed) answers.get(1)).failure()).hasMessageContaining("twice");
    assertThat(((BlockAnswer.Failed) answers.get(2)).failure())
        .hasMessageContaining("leaves it out");
    assertThat(claimed(answers.get(3))).isEqualTo(hash(3));
  }

  @Test
  void asksOneByOneWhereBatchesAreRefusedAndRemembers() {
    answer(
        request ->
            request.isArray()
                ? "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"no"
                    + " batches\"}}"
                : itemOf(request));
    assertThat(node.blocks(hashes(4)).stream().map(HttpExecutionNodeTest::claimed))
        .isEqualTo(hashes(4));
    assertThat(node.blocks(hashes(3)).stream().map(HttpExecutionNodeTest::claimed))
        .isEqualTo(hashes(3));
    assertThat(asked.stream().filter(JsonNode::isArray)).hasSize(1);
  }

  @Test
  void keepsWhatCameBeforeTheNodeFellSilent() {
    answer(
        batch -> {
          if (asked.size() > 1) {
            throw new IllegalStateException("the test's node dies here");
          }
          return itemsOf(batch).toString();
        });
    List<BlockAnswer> answers = node.blocks(hashes(10));
    assertThat(answers.subList(0, 4)).allMatch(BlockAnswer.Found.class::isInstance);
    assertThat(answers.subList(4, 10)).allMatch(BlockAnswer.Failed.class::isInstance);
  }

  private NodeException failureOf(Runnable call) {
    NodeException failure = catchThrowableOfType(NodeException.class, call::run);
    assertThat(failure).isNotNull();
    assertThat(failure).hasMessageContaining(endpoint.name());
    return failure;
  }

  @Test
  void readsTheSmallAnswers() {
    result("\"0x7a69\"");
    assertThat(node.chainId()).isEqualTo(31337);
    result("false");
    assertThat(node.syncing()).isFalse();
    result("{\"startingBlock\":\"0x0\",\"currentBlock\":\"0x1\"}");
    assertThat(node.syncing()).isTrue();
    result("\"Geth/v1.17.5\"");
    assertThat(node.clientVersion()).isEqualTo("Geth/v1.17.5");
    result("\"0xffffffffffffffffffff\"");
    assertThat(node.balance(Address.fromHex("0x" + "ab".repeat(20)), BlockTag.latest()))
        .isEqualTo(new Wei(BigInteger.ONE.shiftLeft(80).subtract(BigInteger.ONE)));
    assertThat(asked.getLast().get("params").toString())
        .isEqualTo("[\"0x" + "ab".repeat(20) + "\",\"latest\"]");
  }

  @Test
  void asksForTagsAndNumbers() {
    result("null");
    assertThat(node.block(BlockTag.finalized())).isEmpty();
    assertThat(node.block(BlockTag.of(new BlockNumber(436)))).isEmpty();
    assertThat(asked.stream().map(request -> request.get("params").toString()))
        .containsExactly("[\"finalized\",false]", "[\"0x1b4\",false]");
  }

  @Test
  void saysThatAMethodIsUnknown() {
    answer(_ -> "{\"id\":1,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}");
    NodeException failure = failureOf(node::chainId);
    assertThat(failure.error()).isEqualTo(ClientError.UNSUPPORTED_ROUTE);
    assertThat(failure).hasMessageContaining("eth_chainId");
  }

  @Test
  void refusesTheAnswerToAnotherRequest() {
    answer(_ -> "{\"jsonrpc\":\"2.0\",\"id\":99,\"result\":\"0x1\"}");
    assertThat(failureOf(node::chainId)).hasMessageContaining("for another request");
  }

  @Test
  void refusesAnAnswerWithNeitherResultNorError() {
    answer(_ -> "{\"jsonrpc\":\"2.0\",\"id\":1}");
    assertThat(failureOf(node::chainId)).hasMessageContaining("neither result nor error");
  }

  @Test
  void saysThatAnErrorPageCame() {
    answer(_ -> "<html>nothing to see</html>");
    NodeException failure = failureOf(node::chainId);
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(failure).hasMessageContaining("<html>nothing to see");
  }

  @Test
  void refusesDeepNestingEvenInWhatItSkips() {
    result("{\"transactions\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
    assertThat(failureOf(() -> node.block(hash(1))).error()).isEqualTo(ClientError.TOO_DEEP);
  }

  @Test
  void saysThatABlockIsFromBeforeShanghai() {
    result(block(hash(1).toHex()).replace("withdrawalsRoot", "other"));
    NodeException failure = failureOf(() -> node.block(hash(1)));
    assertThat(failure.error()).isEqualTo(ClientError.NOT_SHANGHAI);
  }

  @Test
  void takesAStatusWithoutRpcForAFailure() {
    server.on(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          NodeServer.send(exchange, 400, "text/plain", "bad".getBytes(StandardCharsets.UTF_8));
        });
    assertThat(failureOf(node::chainId)).hasMessageContaining("status 400, \"bad\"");
  }

  @Test
  void givesUpOneByOneWhereTheNodeItselfFails() {
    answer(
        request -> {
          if (request.isArray()) {
            return "{\"id\":null,\"error\":{\"code\":-32600,\"message\":\"no batches\"}}";
          }
          if (asked.size() > 2) {
            throw new IllegalStateException("the test's node dies here");
          }
          return itemOf(request);
        });
    List<BlockAnswer> answers = node.blocks(hashes(4));
    assertThat(claimed(answers.get(0))).isEqualTo(hash(0));
    assertThat(answers.subList(1, 4)).allMatch(BlockAnswer.Failed.class::isInstance);
    // The batch, the first block and the second: nobody waits for the third and the fourth.
    assertThat(asked).hasSize(3);
  }

  @Test
  void showsAnErrorWithoutItsExcessAndWhateverItsNumber() {
    answer(
        _ ->
            "{\"id\":1,\"error\":{\"code\":99999999999,\"message\":\"bad\\u001b[2J"
                + "x".repeat(5000)
                + "\"}}");
    assertThat(failureOf(node::chainId).getMessage())
        .contains("error 99999999999: bad?[2Jxxx")
        .hasSizeLessThan(400);
  }
}
