package io.auriga.clients.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.Vectors;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class BeaconBlockJsonTest {
  private static final String BLOCK_PATH = "/eth/v2/beacon/blocks/";
  private static final String CHAIN = "chain-minimal-capella-to-fulu";

  static final List<String> RECORDINGS = Vectors.RECORDINGS;

  private static BeaconBlockJson reader(ChainSpec spec) {
    return new BeaconBlockJson(spec, BlockSchemas.of(spec));
  }

  @ParameterizedTest
  @FieldSource("RECORDINGS")
  void transcodesEveryRecordedBlockToTheRecordedBytes(String recording) throws IOException {
    BeaconBlockJson reader = reader(Vectors.spec(recording));
    Path blocks = Vectors.recording(recording).resolve("blocks");
    TreeSet<ForkName> forks = new TreeSet<>();
    int compared = 0;
    for (Vectors.Exchange exchange : Vectors.exchanges(recording)) {
      if (exchange.path().matches(BLOCK_PATH + "\\d+")) {
        BeaconBlock block =
            reader.parse(Vectors.JSON, exchange.response(), "recording", Optional.empty());
        String slot = exchange.path().substring(BLOCK_PATH.length());
        Path file = blocks.resolve(slot + "_" + block.fork().lowerName() + ".ssz");
        assertThat(block.ssz()).as("block of slot %s", slot).isEqualTo(Files.readAllBytes(file));
        forks.add(block.fork());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(Vectors.files(blocks, ".ssz").size()).isGreaterThan(60);
    assertThat(forks).hasSize(recording.equals(CHAIN) ? 4 : 1);
  }

  @Test
  void transcodesMainnetBlocksToTheirKnownRoots() {
    Path folder = Vectors.folder("beacon-blocks/mainnet");
    BlockSchemas schemas = BlockSchemas.of(ChainSpec.builtIn("mainnet"));
    BeaconBlockJson reader = reader(schemas.spec());
    int compared = 0;
    for (Path file : Vectors.files(folder, ".json.gz")) {
      JsonNode expected = expectedOf(file);
      byte[] json = Vectors.gunzip(file);
      if (!expected.get("signed").booleanValue()) {
        json = signed(json);
      }
      BeaconBlock block = reader.parse(Vectors.JSON, json, "vector", Optional.empty());
      SignedBlockView view = SignedBlockView.of(schemas, block.fork(), block.ssz());
      assertThat(view.blockRoot().toHex())
          .as("%s", file.getFileName())
          .isEqualTo(expected.get("beacon_block_root").stringValue());
      compared++;
    }
    assertThat(compared).isEqualTo(3);
  }

  @Test
  void transcodesElectraBlocksWithRequestsToTheirKnownRoots() {
    Path folder = Vectors.folder("beacon-blocks/devnet");
    // The devnet's own schedule is not published; all that matters here is that Electra is active.
    ChainSpec spec =
        ChainSpec.of(
            Map.ofEntries(
                Map.entry("PRESET_BASE", "mainnet"),
                Map.entry("ALTAIR_FORK_EPOCH", "0"),
                Map.entry("ALTAIR_FORK_VERSION", "0x01000000"),
                Map.entry("BELLATRIX_FORK_EPOCH", "0"),
                Map.entry("BELLATRIX_FORK_VERSION", "0x02000000"),
                Map.entry("CAPELLA_FORK_EPOCH", "0"),
                Map.entry("CAPELLA_FORK_VERSION", "0x03000000"),
                Map.entry("DENEB_FORK_EPOCH", "0"),
                Map.entry("DENEB_FORK_VERSION", "0x04000000"),
                Map.entry("ELECTRA_FORK_EPOCH", "0"),
                Map.entry("ELECTRA_FORK_VERSION", "0x05000000"),
                Map.entry("SECONDS_PER_SLOT", "12")));
    BlockSchemas schemas = BlockSchemas.of(spec);
    int compared = 0;
    for (Path file : Vectors.files(folder, ".json.gz")) {
      byte[] json = signed(Vectors.gunzip(file));
      BeaconBlock block = reader(spec).parse(Vectors.JSON, json, "vector", Optional.of("electra"));
      SignedBlockView view = SignedBlockView.of(schemas, block.fork(), block.ssz());
      assertThat(view.blockRoot().toHex())
          .isEqualTo(expectedOf(file).get("beacon_block_root").stringValue());
      compared++;
    }
    assertThat(compared).isEqualTo(2);
  }

  private static JsonNode expectedOf(Path file) {
    String name = file.getFileName().toString().replace(".json.gz", ".expected.json");
    try {
      return Vectors.MAPPER.readTree(Files.readAllBytes(file.resolveSibling(name)));
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }

  /** Some vectors are blocks without a signature, which does not count for the root. */
  private static byte[] signed(byte[] message) {
    ObjectNode block = Vectors.MAPPER.createObjectNode();
    block.set("message", Vectors.MAPPER.readTree(message));
    block.put("signature", "0x" + "00".repeat(96));
    return Vectors.MAPPER.writeValueAsBytes(block);
  }

  @Test
  void takesFieldsInAnyOrderAndSkipsUnknownOnes() {
    BeaconBlockJson reader = reader(Vectors.spec(CHAIN));
    byte[] original = Vectors.response(CHAIN, BLOCK_PATH + "104");
    JsonNode shuffled = reversed(Vectors.MAPPER.readTree(original));
    byte[] reordered = Vectors.MAPPER.writeValueAsBytes(shuffled);

    assertThat(new String(reordered, StandardCharsets.UTF_8)).contains("\"zz_unknown\"");
    assertThat(reader.parse(Vectors.JSON, reordered, "test", Optional.empty()).ssz())
        .isEqualTo(reader.parse(Vectors.JSON, original, "test", Optional.empty()).ssz());
  }

  private static JsonNode reversed(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode result = Vectors.MAPPER.createObjectNode();
      result.put("zz_unknown", "value").putArray("zz_unknown_list").addObject().put("deep", 1);
      List<String> names = List.copyOf(object.propertyNames());
      names.reversed().forEach(name -> result.set(name, reversed(object.get(name))));
      return result;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode result = Vectors.MAPPER.createArrayNode();
      array.forEach(element -> result.add(reversed(element)));
      return result;
    }
    return node;
  }

  private static NodeException failureOf(String from, String to) {
    String json = new String(Vectors.response(CHAIN, BLOCK_PATH + "104"), StandardCharsets.UTF_8);
    assertThat(json).containsPattern(from);
    byte[] changed = json.replaceFirst(from, to).getBytes(StandardCharsets.UTF_8);
    try {
      reader(Vectors.spec(CHAIN)).parse(Vectors.JSON, changed, "node A", Optional.empty());
    } catch (NodeException failure) {
      assertThat(failure).hasMessageContaining("node A");
      return failure;
    }
    throw new AssertionError("the changed block was taken");
  }

  @Test
  void namesThePathOfAMissingField() {
    assertThat(failureOf("\"proposer_index\":\"\\d+\",", ""))
        .hasMessageContaining("/data/message lacks the field proposer_index");
  }

  @Test
  void namesThePathOfAMissingFieldWithinAList() {
    assertThat(failureOf("\"validator_index\":\"\\d+\",\"address\"", "\"address\""))
        .hasMessageContaining("/data/message/body/execution_payload/withdrawals/0 lacks the field")
        .hasMessageContaining("validator_index");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "18446744073709551616", "0x10", "1e3", "", " 1"})
  void refusesWhatIsNoDecimalUint64(String number) {
    assertThat(failureOf("\"proposer_index\":\"\\d+\"", "\"proposer_index\":\"" + number + "\""))
        .hasMessageContaining("/data/message/proposer_index")
        .extracting(NodeException::error)
        .isEqualTo(ClientError.MALFORMED);
  }

  @Test
  void refusesANumberWhereAStringBelongs() {
    assertThat(failureOf("\"proposer_index\":\"(\\d+)\"", "\"proposer_index\":$1"))
        .hasMessageContaining("/data/message/proposer_index is not a decimal string");
  }

  @Test
  void refusesHexOfAnotherLength() {
    assertThat(failureOf("\"parent_root\":\"0x..", "\"parent_root\":\"0x"))
        .hasMessageContaining("/data/message/parent_root is not 0x and 32 bytes in hex");
  }

  @Test
  void refusesTheSameFieldTwice() {
    assertThat(failureOf("\"slot\":\"104\"", "\"slot\":\"104\",\"slot\":\"104\""))
        .hasMessageContaining("/data/message/slot is there twice");
  }

  @Test
  void refusesMoreWithdrawalsThanThePresetAllows() {
    String withdrawal =
        "{\"index\":\"1\",\"validator_index\":\"1\",\"address\":\"0x"
            + "11".repeat(20)
            + "\",\"amount\":\"1\"},";
    assertThat(failureOf("\"withdrawals\":\\[", "\"withdrawals\":[" + withdrawal.repeat(5)))
        .hasMessageContaining("execution_payload/withdrawals")
        .hasMessageContaining("limit of 4");
  }

  @Test
  void refusesAVersionThatContradictsTheSchedule() {
    assertThat(failureOf("\"version\":\"fulu\"", "\"version\":\"deneb\""))
        .hasMessageContaining("the block of slot 104 is said to be of the fork deneb")
        .hasMessageContaining("puts it in fulu")
        .extracting(NodeException::error)
        .isEqualTo(ClientError.WRONG_VERSION);
  }

  @Test
  void refusesAForkThatItDoesNotKnow() {
    assertThat(failureOf("\"version\":\"fulu\"", "\"version\":\"zzz\""))
        .hasMessageContaining("\"zzz\"")
        .extracting(NodeException::error)
        .isEqualTo(ClientError.UNSUPPORTED_FORK);
  }

  @Test
  void refusesAHeaderThatContradictsTheBody() {
    byte[] json = Vectors.response(CHAIN, BLOCK_PATH + "104");
    assertThatThrownBy(
            () ->
                reader(Vectors.spec(CHAIN))
                    .parse(Vectors.JSON, json, "node A", Optional.of("electra")))
        .hasMessageContaining("its header names the fork \"electra\", its body \"fulu\"");
  }

  @Test
  void decidesByTheSlotWhereNoForkIsNamed() {
    String json = new String(Vectors.response(CHAIN, BLOCK_PATH + "104"), StandardCharsets.UTF_8);
    byte[] unnamed =
        json.replaceFirst("\"version\":\"fulu\",", "").getBytes(StandardCharsets.UTF_8);
    assertThat(
            reader(Vectors.spec(CHAIN))
                .parse(Vectors.JSON, unnamed, "node", Optional.empty())
                .fork())
        .isEqualTo(ForkName.FULU);
  }

  @Test
  void keepsTheFlagsAroundTheBlock() {
    String json = new String(Vectors.response(CHAIN, BLOCK_PATH + "104"), StandardCharsets.UTF_8);
    byte[] flagged =
        json.replaceFirst("\"execution_optimistic\":false", "\"execution_optimistic\":true")
            .replaceFirst("\"finalized\":false", "\"finalized\":true")
            .getBytes(StandardCharsets.UTF_8);
    BeaconBlock block =
        reader(Vectors.spec(CHAIN)).parse(Vectors.JSON, flagged, "node", Optional.empty());
    assertThat(block.optimistic()).isTrue();
    assertThat(block.finalized()).isTrue();
  }

  @Test
  void refusesWhatFollowsTheAnswer() {
    assertThat(failureOf("}\\s*$", "}} ")).hasMessageContaining("not the JSON expected");
  }
}
