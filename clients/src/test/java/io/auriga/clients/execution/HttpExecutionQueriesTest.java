package io.auriga.clients.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.NodeServer;
import io.auriga.clients.execution.ExecutionBalances.Answer;
import io.auriga.clients.execution.ExecutionBalances.Question;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Wei;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HttpExecutionQueriesTest {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final Address CONTRACT =
      Address.fromHex("0x00000961ef480eb55e80d19ad83579a64c007002");
  private static final String LOG =
      """
      {"address":"0x00000961ef480eb55e80d19ad83579a64c007002","topics":[],"removed":false,
       "blockNumber":"0x2b","logIndex":"0x0","transactionIndex":"0x1","data":"0x0102",
       "blockHash":"0x%s","transactionHash":"0x%s"}
      """
          .formatted("ab".repeat(32), "cd".repeat(32));

  private final NodeServer server = new NodeServer();
  private final HttpEndpoint endpoint = server.endpoint();
  private final HttpExecutionQueries queries = new HttpExecutionQueries(endpoint);
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    endpoint.close();
    server.close();
  }

  private void answer(Function<JsonNode, String> answers) {
    server.on(
        "/",
        exchange -> {
          JsonNode request = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
          asked.add(request);
          NodeServer.send(exchange, 200, "application/json", answers.apply(request));
        });
  }

  private static String result(JsonNode request, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + ",\"result\":" + result + "}";
  }

  private static String error(JsonNode request, int code, String message) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"%s\"}}"
        .formatted(request.get("id"), code, message);
  }

  private static BlockHash hash(int number) {
    byte[] bytes = new byte[32];
    bytes[31] = (byte) number;
    return BlockHash.of(bytes);
  }

  private static Question question(int block) {
    return new Question(CONTRACT, hash(block));
  }

  @Test
  void asksForLogsOfAContractInABlockByItsHash() {
    answer(request -> result(request, "[" + LOG + "]"));
    List<ExecutionLog> logs = queries.logs(hash(7), CONTRACT);
    assertThat(logs).hasSize(1);
    assertThat(logs.getFirst().blockNumber()).isEqualTo(new BlockNumber(43));
    assertThat(logs.getFirst().index()).isZero();
    assertThat(logs.getFirst().data().toHex()).isEqualTo("0x0102");
    assertThat(logs.getFirst().transaction().toHex()).isEqualTo("0x" + "cd".repeat(32));
    JsonNode filter = asked.getFirst().get("params").get(0);
    assertThat(filter.get("blockHash").stringValue()).isEqualTo(hash(7).toHex());
    assertThat(filter.get("address").stringValue()).isEqualTo(CONTRACT.toHex());
    assertThat(filter.has("topics")).as("the contract's logs have none").isFalse();
  }

  @Test
  void asksForLogsOfARangeByNumbers() {
    answer(request -> result(request, "[]"));
    assertThat(queries.logs(new BlockNumber(1), new BlockNumber(26), CONTRACT)).isEmpty();
    JsonNode filter = asked.getFirst().get("params").get(0);
    assertThat(filter.get("fromBlock").stringValue()).isEqualTo("0x1");
    assertThat(filter.get("toBlock").stringValue()).isEqualTo("0x1a");
  }

  @Test
  void namesWhatIsWrongWithALog() {
    answer(request -> result(request, "[" + LOG.replace("\"0x0102\"", "\"0x012\"") + "]"));
    NodeException failure =
        catchThrowableOfType(NodeException.class, () -> queries.logs(hash(7), CONTRACT));
    assertThat(failure.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(failure).hasMessageContaining("data");
    answer(request -> result(request, "null"));
    assertThat(catchThrowableOfType(NodeException.class, () -> queries.logs(hash(7), CONTRACT)))
        .hasMessageContaining("not a list of logs");
  }

  @Test
  void asksForManyBalancesInOneExchangeAndLetsEachFailAlone() {
    answer(
        request -> {
          List<String> answers = new ArrayList<>();
          request.forEach(
              one ->
                  answers.add(
                      one.get("id").intValue() == 1
                          ? error(one, -32000, "missing trie node 01ab")
                          : result(one, "\"0xde0b6b3a7640000\"")));
          return answers.reversed().toString();
        });
    List<Answer> answers = queries.balances(List.of(question(1), question(2), question(3)));
    Answer ether = new Answer.Known(new Wei(BigInteger.TEN.pow(18)));
    assertThat(answers.get(0)).isEqualTo(ether);
    assertThat(answers.get(2)).isEqualTo(ether);
    assertThat(answers.get(1)).isInstanceOf(Answer.Untold.class);
    assertThat(((Answer.Untold) answers.get(1)).reason()).hasMessageContaining("missing trie node");
    assertThat(asked).hasSize(1);
  }

  @Test
  void asksOneByOneWhereANodeKnowsNoBatches() {
    answer(
        request ->
            request.isArray()
                ? "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32600,\"message\":\"no\"}}"
                : result(request, "\"0x5\""));
    assertThat(queries.balances(List.of(question(1), question(2))))
        .containsOnly(new Answer.Known(new Wei(BigInteger.valueOf(5))));
    assertThat(asked).hasSize(3);
  }

  @Test
  void asksNothingForNothing() {
    assertThat(queries.balances(List.of())).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void failsAsAWholeWhereTheNodeIsGone() {
    server.close();
    assertThat(
            catchThrowableOfType(
                    NodeException.class, () -> queries.balances(List.of(question(1), question(2))))
                .error())
        .isEqualTo(ClientError.UNREACHABLE);
  }
}
