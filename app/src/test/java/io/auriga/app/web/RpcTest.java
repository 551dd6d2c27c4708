package io.auriga.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.types.UInt64;
import io.auriga.types.Withdrawal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RpcTest {
  @TempDir Path folder;
  private SampleChain chain;
  private SampleSurface surface;
  private Client client;

  @BeforeEach
  void serve() {
    chain = new SampleChain(folder);
    chain.grow(10, 4);
    chain.finality(3, 6);
    surface = new SampleSurface(chain, Optional.empty());
    client = new Client(surface.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    surface.close();
  }

  @Test
  void givesTheFieldsOfAnExecutionBlockAndWhereTheyStand() {
    ChainBlock head = chain.head().orElseThrow();
    Withdrawal first = head.withdrawals().getFirst();
    JsonNode result = result("eth_getWithdrawals", "\"latest\"");
    JsonNode item = result.at("/withdrawals/0");
    assertThat(item.get("index").stringValue()).isEqualTo(hex(first.index().value()));
    assertThat(item.get("validatorIndex").stringValue())
        .isEqualTo(hex(first.validatorIndex().value()));
    assertThat(item.get("address").stringValue()).isEqualTo(first.address().toHex());
    assertThat(item.get("amount").stringValue()).isEqualTo(hex(first.amount().value()));
    assertThat(item.get("blockNumber").stringValue()).isEqualTo(hex(head.blockNumber().value()));
    assertThat(item.get("blockHash").stringValue()).isEqualTo(head.blockHash().toHex());
    assertThat(item.get("slot").stringValue()).isEqualTo(hex(head.ref().slot().value()));
    assertThat(item.get("finality").stringValue()).isEqualTo("head");
    assertThat(item.get("kind").stringValue()).isEqualTo("unknown");
    assertThat(result.at("/resolvedTo/toBlock").stringValue())
        .isEqualTo(hex(head.blockNumber().value()));
    assertThat(result.at("/resolvedTo/toBlockHash").stringValue())
        .isEqualTo(head.blockHash().toHex());
  }

  @Test
  void resolvesTagsAndSaysHowFinalEachIs() {
    JsonNode range =
        result("ewp_getWithdrawals", "{\"fromBlock\":\"finalized\",\"toBlock\":\"latest\"}");
    assertThat(range.at("/resolvedTo/fromBlock").stringValue())
        .isEqualTo(hex(SampleChain.FIRST_NUMBER + 3));
    assertThat(
            range
                .get("withdrawals")
                .valueStream()
                .map(item -> item.get("finality").stringValue())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting())))
        .isEqualTo(java.util.Map.of("finalized", 4L, "safe", 12L, "head", 12L));
  }

  @Test
  void givesConsecutiveIndicesPageByPage() {
    String from = "\"fromBlock\":\"" + hex(SampleChain.FIRST_NUMBER) + "\",\"limit\":\"0x19\"";
    JsonNode first = result("eth_getWithdrawals", "{" + from + "}");
    assertThat(first.get("withdrawals")).hasSize(25);
    String cursor = first.get("nextCursor").stringValue();
    JsonNode second = result("eth_getWithdrawals", "{" + from + ",\"cursor\":\"" + cursor + "\"}");
    assertThat(second.get("withdrawals")).hasSize(15);
    assertThat(second.get("nextCursor").isNull()).isTrue();
    assertThat(second.at("/withdrawals/0/index").stringValue())
        .isEqualTo(hex(SampleChain.FIRST_INDEX + 25));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'fromBlock':'0x103ee76','toBlock':'0x103ee77'} | 8",
        "{'fromBlock':'0x103ee76','validatorIndex':'0x61f31'} | 1",
        "{'fromBlock':'0x103ee76','index':'0x3d264c3'} | 1",
        "{'fromBlock':'0x103ee76','index':'0x1'} | 0",
      })
  void filters(String param, int count) {
    JsonNode result = result("eth_getWithdrawals", param.replace('\'', '"'));
    assertThat(result.get("withdrawals")).as(result::toString).hasSize(count);
  }

  @Test
  void answersAHashOnlyWhileItsBlockIsCanonical() {
    ChainBlock head = chain.head().orElseThrow();
    String byHash = "{\"blockHash\":\"" + head.blockHash() + "\"}";
    assertThat(result("eth_getWithdrawals", byHash).get("withdrawals")).hasSize(4);
    assertThat(result("eth_getWithdrawals", "\"" + head.blockHash() + "\"").get("withdrawals"))
        .hasSize(4);
    String unknown = "\"0x" + "ab".repeat(32) + "\"";
    assertThat(result("eth_getWithdrawals", unknown).isNull()).isTrue();
    chain.reorg(1, 4);
    JsonNode error = error("eth_getWithdrawals", byHash);
    assertThat(error.get("code").intValue()).isEqualTo(-32602);
    assertThat(error.at("/data/code").stringValue()).isEqualTo("AUR-WEB-ORPHANED");
  }

  @Test
  void refusesARangeBeyondTheHeadInsteadOfShorteningIt() {
    JsonNode error = error("eth_getWithdrawals", "{\"toBlock\":\"0x103ee80\"}");
    assertThat(error.get("code").intValue()).isEqualTo(-32602);
    assertThat(error.at("/data/code").stringValue()).isEqualTo("AUR-WEB-BEYOND-HEAD");
    assertThat(error.get("message").stringValue()).contains("0x103ee80", "0x103ee7f");
  }

  @Test
  void answersLikeAPrunedClientBeforeTheFirstBlockKept() {
    for (String from : new String[] {"0x103ee75", "earliest"}) {
      JsonNode error = error("eth_getWithdrawals", "{\"fromBlock\":\"" + from + "\"}");
      assertThat(error.get("code").intValue()).isEqualTo(4444);
      assertThat(error.get("message").stringValue()).contains("0x103ee76");
    }
  }

  @Test
  void findsOneByItsIndex() {
    String index = "\"" + hex(SampleChain.FIRST_INDEX + 3) + "\"";
    JsonNode item = result("ewp_getWithdrawalByIndex", index);
    assertThat(item.get("index").stringValue()).isEqualTo(hex(SampleChain.FIRST_INDEX + 3));
    assertThat(item.get("finality").stringValue()).isEqualTo("finalized");
    assertThat(result("ewp_getWithdrawalByIndex", "\"0x1\"").isNull()).isTrue();
  }

  @Test
  void sumsUp() {
    JsonNode summary = call("ewp_withdrawalSummary", "").get("result");
    assertThat(summary.get("count").stringValue()).isEqualTo("0x28");
    assertThat(summary.get("firstIndex").stringValue()).isEqualTo(hex(SampleChain.FIRST_INDEX));
    assertThat(summary.at("/finalized/blockNumber").stringValue())
        .isEqualTo(hex(SampleChain.FIRST_NUMBER + 3));
    assertThat(summary.get("gaps").stringValue()).isEqualTo("0x0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'pending'",
        "'0x'",
        "'0x01'",
        "'17'",
        "5",
        "null",
        "{'fromBlock':17}",
        "{'fromBlock':'0x103ee77','toBlock':'0x103ee76'}",
        "{'blockHash':'0x12'}",
        "{'blockHash':'0x12','toBlock':'latest'}",
        "{'limit':0}",
        "{'limit':1001}",
        "{'limit':1.5}",
        "{'cursor':5}",
        "{'cursor':'zz'}",
        "{'address':'0x12'}",
        "{'adress':'0x12'}",
        "{'index':'0x10000000000000000'}",
        "'latest','latest'",
        "",
      })
  void refusesParametersThatAreNotOfTheForm(String params) {
    JsonNode error = error("eth_getWithdrawals", params.replace('\'', '"'));
    assertThat(error.get("code").intValue()).as(error.toString()).isEqualTo(-32602);
    assertThat(error.get("message").stringValue()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | -32700",
        "[] | -32600",
        "5 | -32600",
        "{'method':'x','id':1} | -32600",
        "{'jsonrpc':'2.0','id':1} | -32600",
        "{'jsonrpc':'2.0','method':5,'id':1} | -32600",
        "{'jsonrpc':'2.0','method':'x','id':{}} | -32600",
        "{'jsonrpc':'2.0','method':'x','id':1,'params':5} | -32600",
        "{'jsonrpc':'2.0','method':'eth_blockNumber','id':1} | -32601",
      })
  void answersWithTheCodeOfTheStandard(String body, int code) {
    Client.Answer answer = client.post("/rpc", body.replace('\'', '"'));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/error/code").intValue()).isEqualTo(code);
    assertThat(answer.json().has("id")).isTrue();
  }

  @Test
  void answersABatchInOrderWithoutItsNotifications() {
    String batch =
        "["
            + body("7", "ewp_getWithdrawalByIndex", "\"0x1\"")
            + ",{\"jsonrpc\":\"2.0\",\"method\":\"ewp_withdrawalSummary\"},4,"
            + body("\"b\"", "nothing", "")
            + "]";
    JsonNode answers = client.post("/rpc", batch).json();
    assertThat(answers).hasSize(3);
    assertThat(answers.at("/0/id").intValue()).isEqualTo(7);
    assertThat(answers.at("/0/result").isNull()).isTrue();
    assertThat(answers.at("/1/error/code").intValue()).isEqualTo(-32600);
    assertThat(answers.at("/2/id").stringValue()).isEqualTo("b");
    assertThat(answers.at("/2/error/code").intValue()).isEqualTo(-32601);
  }

  @Test
  void answersNothingToNotificationsAlone() {
    String one = "{\"jsonrpc\":\"2.0\",\"method\":\"nothing\"}";
    assertThat(client.post("/rpc", one).status()).isEqualTo(204);
    assertThat(client.post("/rpc", "[" + one + "," + one + "]").status()).isEqualTo(204);
  }

  @Test
  void refusesABatchThatIsTooLarge() {
    String batch =
        IntStream.range(0, 51)
            .mapToObj(id -> body("" + id, "ewp_withdrawalSummary", ""))
            .collect(Collectors.joining(",", "[", "]"));
    JsonNode answer = client.post("/rpc", batch).json();
    assertThat(answer.at("/error/code").intValue()).isEqualTo(-32600);
  }

  @Test
  void writesABatchAnswerByAnswerSoThatItIsNeverInMemoryAsAWhole() {
    String batch =
        IntStream.range(0, 50)
            .mapToObj(id -> body("" + id, "eth_getWithdrawals", "\"latest\""))
            .collect(Collectors.joining(",", "[", "]"));
    Client.Answer answer = client.post("/rpc", batch);
    assertThat(answer.json()).hasSize(50);
    assertThat(answer.json().at("/49/result/withdrawals")).hasSize(4);
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
  }

  private JsonNode result(String method, String param) {
    JsonNode answer = call(method, param);
    assertThat(answer.has("error")).as(answer::toString).isFalse();
    return answer.get("result");
  }

  private JsonNode error(String method, String param) {
    JsonNode answer = call(method, param);
    assertThat(answer.has("result")).as(answer::toString).isFalse();
    return answer.get("error");
  }

  private JsonNode call(String method, String params) {
    return client.post("/rpc", body("1", method, params)).json();
  }

  private static String body(String id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":[%s]}"
        .formatted(id, method, params);
  }

  private static String hex(long value) {
    return UInt64.toQuantity(value);
  }
}
