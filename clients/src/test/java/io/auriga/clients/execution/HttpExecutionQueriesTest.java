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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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

  /**
   * A node that takes block numbers only. Its chain is of blocks {@code hash(0)} to {@code
   * hash(9)}, and the balance after a block is the last byte of its hash.
   */
  private final class NumbersOnly {
    private final Map<Integer, BlockHash> chain = new ConcurrentHashMap<>();
    private final Map<BlockHash, Integer> numbers = new ConcurrentHashMap<>();
    private Runnable beforeBalances = () -> {};

    NumbersOnly() {
      for (int i = 0; i < 10; i++) {
        chain.put(i, hash(i));
        numbers.put(hash(i), i);
      }
      HttpExecutionQueriesTest.this.answer(this::answer);
    }

    private String answer(JsonNode request) {
      if (request.isArray()) {
        return request.valueStream().map(this::answer).toList().toString();
      }
      JsonNode first = request.get("params").get(0);
      return switch (request.get("method").stringValue()) {
        case "eth_getBalance" -> balance(request, request.get("params").get(1));
        case "eth_getBlockByHash" -> {
          BlockHash asked = BlockHash.fromHex(first.stringValue());
          Integer number = numbers.get(asked);
          yield result(request, number == null ? "null" : head(number, asked));
        }
        case "eth_getBlockByNumber" -> {
          int number = Integer.decode(first.stringValue());
          BlockHash named = chain.get(number);
          yield result(request, named == null ? "null" : head(number, named));
        }
        default -> throw new AssertionError(request);
      };
    }

    private String balance(JsonNode request, JsonNode at) {
      if (!at.isString()) {
        return error(request, -32602, "invalid argument 1: argument must be a string");
      }
      beforeBalances.run();
      BlockHash block = chain.get(Integer.decode(at.stringValue()));
      return block == null
          ? error(request, -32000, "missing trie node")
          : result(request, "\"0x%x\"".formatted(block.toBytes()[31]));
    }

    private static String head(int number, BlockHash hash) {
      return "{\"number\":\"0x%x\",\"hash\":\"%s\",\"parentHash\":\"%s\"}"
          .formatted(number, hash.toHex(), hash.toHex());
    }
  }

  private static Answer wei(long value) {
    return new Answer.Known(new Wei(BigInteger.valueOf(value)));
  }

  private static NodeException reason(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Untold.class);
    return ((Answer.Untold) answer).reason();
  }

  @Test
  void asksByNumberWhereANodeRefusesHashesAndRemembersIt() {
    NumbersOnly _ = new NumbersOnly();
    assertThat(queries.balances(List.of(question(1), question(2), question(1))))
        .containsExactly(wei(1), wei(2), wei(1));
    assertThat(asked).as("refused, numbers, confirmed, balances, confirmed").hasSize(5);
    asked.clear();
    assertThat(queries.balances(List.of(question(3)))).containsExactly(wei(3));
    assertThat(asked.stream().map(one -> one.get("method").stringValue()))
        .containsExactly(
            "eth_getBlockByHash", "eth_getBlockByNumber", "eth_getBalance", "eth_getBlockByNumber");
  }

  @Test
  void answersNothingOfABlockThatAReorgReplacesWhileItIsAsked() {
    NumbersOnly node = new NumbersOnly();
    node.beforeBalances = () -> node.chain.put(2, hash(102));
    List<Answer> answers = queries.balances(List.of(question(1), question(2)));
    assertThat(answers.getFirst()).isEqualTo(wei(1));
    assertThat(reason(answers.getLast()))
        .hasMessageContaining("it is block " + hash(102).toHex())
        .hasMessageContaining("not " + hash(2).toHex());
  }

  @Test
  void answersNothingOfABlockOffTheChainOrUnknownOrBeyondItsEnd() {
    NumbersOnly node = new NumbersOnly();
    node.numbers.put(hash(102), 2);
    node.numbers.put(hash(50), 50);
    List<Answer> answers =
        queries.balances(List.of(question(102), question(77), question(50), question(4)));
    assertThat(reason(answers.get(0))).hasMessageContaining("it is block " + hash(2).toHex());
    assertThat(reason(answers.get(1))).hasMessageContaining("does not have this block");
    assertThat(reason(answers.get(2))).hasMessageContaining("it is no block");
    assertThat(reason(answers.get(2)).remedy()).contains("EIP-1898");
    assertThat(answers.get(3)).isEqualTo(wei(4));
    assertThat(asked.get(3).get("params").toString())
        .as("the only balance that it is asked for by number")
        .isEqualTo("[\"" + CONTRACT.toHex() + "\",\"0x4\"]");
  }

  @Test
  void doesNotBelieveANodeThatAnswersWithAnotherBlock() {
    answer(
        request ->
            switch (request.get("method").stringValue()) {
              case "eth_getBalance" -> error(request, -32602, "no");
              default -> result(request, NumbersOnly.head(5, hash(6)));
            });
    NodeException reason = reason(queries.balances(List.of(question(5))).getFirst());
    assertThat(reason.error()).isEqualTo(ClientError.MALFORMED);
    assertThat(reason).hasMessageContaining(hash(6).toHex());
    assertThat(asked).as("no balance by number").hasSize(2);
  }

  @Test
  void asksByNumberOnlyWhereAllIsRefused() {
    answer(request -> error(request, -32000, "missing trie node"));
    assertThat(reason(queries.balances(List.of(question(1))).getFirst()))
        .hasMessageContaining("missing trie node");
    assertThat(asked).hasSize(1);
  }

  @Test
  void failsAsAWholeWhereTheNodeGoesBetweenTwoQuestions() {
    NumbersOnly node = new NumbersOnly();
    node.beforeBalances =
        () -> {
          throw new IllegalStateException("the node ends here");
        };
    assertThat(
            catchThrowableOfType(NodeException.class, () -> queries.balances(List.of(question(1))))
                .error())
        .isEqualTo(ClientError.UNREACHABLE);
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
