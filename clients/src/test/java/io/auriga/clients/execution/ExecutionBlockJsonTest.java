package io.auriga.clients.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.clients.NodeException;
import io.auriga.clients.Vectors;
import io.auriga.crypto.trie.WithdrawalsRoot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

class ExecutionBlockJsonTest {
  static final List<String> RECORDINGS = Vectors.RECORDINGS;

  private static ExecutionBlock block(byte[] json) {
    return (ExecutionBlock) ExecutionBlockJson.parse(Vectors.JSON, json, "test");
  }

  private static void assertVerifies(ExecutionBlock block) {
    assertThat(block.header().hash()).isEqualTo(block.claimedHash());
    assertThat(block.withdrawals()).isNotNull();
    assertThat(WithdrawalsRoot.of(List.copyOf(block.withdrawals())))
        .isEqualTo(block.header().withdrawalsRoot());
  }

  @ParameterizedTest
  @FieldSource("RECORDINGS")
  void recomputesTheHashOfEveryRecordedBlock(String recording) {
    int blocks = 0;
    TreeSet<Integer> fieldCounts = new TreeSet<>();
    for (Vectors.Exchange exchange : Vectors.exchanges(recording)) {
      if (exchange.path().equals("execution") && exchange.body().contains("eth_getBlockByHash")) {
        ExecutionBlock block = block(exchange.response());
        assertVerifies(block);
        assertThat(exchange.body()).contains(block.claimedHash().toHex());
        fieldCounts.add(block.header().fieldCount());
        blocks++;
      }
    }
    assertThat(blocks).isGreaterThan(60);
    if (recording.startsWith("chain")) {
      assertThat(fieldCounts).containsExactly(17, 20, 21);
    }
  }

  @Test
  void recomputesTheHashOfWholeMainnetBlocks() {
    List<Path> files = Vectors.files(Vectors.folder("el-withdrawals/mainnet-rpc-full"), ".json.gz");
    assertThat(files).isNotEmpty();
    files.forEach(file -> assertVerifies(block(Vectors.gunzip(file))));
  }

  @Test
  void readsTheHeadersAndWithdrawalsOfMainnetBlocks() throws IOException {
    int compared = 0;
    Path folder = Vectors.folder("el-withdrawals/mainnet-blocks");
    for (Path file : Vectors.files(folder, ".json")) {
      JsonNode vector = Vectors.MAPPER.readTree(Files.readAllBytes(file));
      JsonNode header = vector.get("header");
      boolean wholeHeader =
          vector.path("block_hash_recomputed_from_header").asBoolean()
              && header != null
              && header.has("sha3Uncles")
              && header.has("miner");
      if (!wholeHeader) {
        continue;
      }
      var json = Vectors.MAPPER.createObjectNode();
      header.properties().forEach(field -> json.set(field.getKey(), field.getValue()));
      json.set("withdrawals", vector.get("withdrawals"));
      json.set("hash", vector.get("block_hash"));
      ExecutionBlock block = block(Vectors.MAPPER.writeValueAsBytes(json));
      assertThat(block.header().hash().toHex())
          .as("%s", file.getFileName())
          .isEqualTo(vector.get("block_hash").stringValue());
      assertVerifies(block);
      compared++;
    }
    assertThat(compared).isPositive();
  }

  @Test
  void readsACorruptBlockAsItIsSoThatTheVerifierSeesTheDifference() throws IOException {
    Path folder = Vectors.folder("el-withdrawals/goerli-good-and-corrupt");
    assertVerifies(block(Files.readAllBytes(folder.resolve("post-shanghai-success_data.json"))));
    ExecutionBlock corrupt =
        block(Files.readAllBytes(folder.resolve("post-shanghai-bad-withdrawals-hash_data.json")));
    assertThat(corrupt.header().hash()).isNotEqualTo(corrupt.claimedHash());
  }

  @Test
  void refusesANullWithdrawal() {
    Path folder = Vectors.folder("el-withdrawals/goerli-good-and-corrupt");
    assertThatThrownBy(
            () ->
                block(
                    Files.readAllBytes(
                        folder.resolve("post-shanghai-bad-withdrawals-nil_data.json"))))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("withdrawals[0] is not an object");
  }

  private static String small(String extra) {
    String root = "\"0x" + "11".repeat(32) + '"';
    return """
    {"number":"0x1","hash":%1$s,"parentHash":%1$s,"sha3Uncles":%1$s,"miner":"0xAbcdefABCDEF00112233445566778899aabbccdd",
     "stateRoot":%1$s,"transactionsRoot":%1$s,"receiptsRoot":%1$s,"logsBloom":"0x%2$s","difficulty":"0x0",
     "gasLimit":"0x1","gasUsed":"0x0","timestamp":"0x5","extraData":"0x","mixHash":%1$s,
     "nonce":"0x0000000000000000","baseFeePerGas":"0x7"%3$s}
    """
        .formatted(root, "00".repeat(256), extra.replace("ROOT", root));
  }

  private static ParsedBlock parse(String json) {
    return ExecutionBlockJson.parse(Vectors.JSON, json.getBytes(StandardCharsets.UTF_8), "node B");
  }

  @Test
  void tellsABlockBeforeShanghaiFromOneWithoutWithdrawals() {
    assertThat(parse(small(""))).isInstanceOf(PreShanghaiBlock.class);
    assertThat(parse(small(",\"withdrawalsRoot\":ROOT,\"withdrawals\":[]")))
        .isInstanceOfSatisfying(
            ExecutionBlock.class, block -> assertThat(block.withdrawals()).isEmpty());
  }

  @Test
  void tellsAListLeftOutFromAnEmptyOne() {
    assertThat(parse(small(",\"withdrawalsRoot\":ROOT")))
        .isInstanceOfSatisfying(
            ExecutionBlock.class, block -> assertThat(block.withdrawals()).isNull());
    assertThat(parse(small(",\"withdrawalsRoot\":ROOT,\"withdrawals\":null")))
        .isInstanceOfSatisfying(
            ExecutionBlock.class, block -> assertThat(block.withdrawals()).isNull());
  }

  @Test
  void saysThatAHeaderOfALaterForkIsUnsupported() {
    assertThat(parse(small(",\"withdrawalsRoot\":ROOT,\"blockAccessListHash\":ROOT")))
        .isInstanceOfSatisfying(
            UnsupportedBlock.class,
            block -> assertThat(block.reason()).contains("blockAccessListHash"));
  }

  @Test
  void readsABlockOrAWholeResponse() {
    String bare = small(",\"withdrawalsRoot\":ROOT,\"withdrawals\":[]");
    assertThat(parse("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":" + bare + "}"))
        .isEqualTo(parse(bare));
  }

  @Test
  void keepsUnsignedNumbersAboveTheSignedRange() {
    String withdrawal =
        "{\"index\":\"0xffffffffffffffff\",\"validatorIndex\":\"0x8000000000000000\","
            + "\"address\":\"0x00112233445566778899AABBCCDDEEFF00112233\",\"amount\":\"0xffffffffffffffff\"}";
    ExecutionBlock block =
        (ExecutionBlock)
            parse(small(",\"withdrawalsRoot\":ROOT,\"withdrawals\":[" + withdrawal + "]"));
    assertThat(String.valueOf(block.withdrawals()))
        .contains("18446744073709551615", "9223372036854775808", "0x00112233445566778899aabb");
  }

  @Test
  void namesTheFieldThatIsWrong() {
    assertThatThrownBy(
            () ->
                parse(
                    small(
                        ",\"withdrawalsRoot\":ROOT,\"withdrawals\":[{\"index\":\"0x01\",\"validatorIndex\":\"0x1\"}]")))
        .isInstanceOf(NodeException.class)
        .hasMessageContaining("node B")
        .hasMessageContaining("withdrawals[0].index")
        .hasMessageContaining("leading zeros");
    assertThatThrownBy(
            () -> parse(small(",\"withdrawalsRoot\":ROOT").replace("\"gasUsed\":\"0x0\",", "")))
        .hasMessageContaining("gasUsed is missing");
  }
}
