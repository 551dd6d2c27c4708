package io.auriga.crypto.ssz;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.Vectors;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.types.BlockHash;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Blocks of the main network and of recorded chains. */
class RealBlocksTest {
  static final BlockSchemas MAINNET = BlockSchemas.of(ChainSpec.builtIn("mainnet"));
  static final BlockSchemas MINIMAL = BlockSchemas.of(ChainSpec.builtIn("minimal"));

  @Test
  void computesEveryRootOfMainnetBlocks() {
    for (Path file : Vectors.files(Vectors.path("beacon-blocks/mainnet"), ".ssz.gz")) {
      String name = file.getFileName().toString();
      JsonNode expected =
          Vectors.json(file.resolveSibling(name.replace(".ssz.gz", ".expected.json")));
      SignedBlockView view = mainnetBlock(file, expected);
      assertThat(view.slot().value()).isEqualTo(expected.get("slot").asLong());
      assertThat(view.proposerIndex().value()).isEqualTo(expected.get("proposer_index").asLong());
      assertThat(view.parentRoot()).isEqualTo(root(expected, "parent_root"));
      assertThat(view.stateRoot()).isEqualTo(root(expected, "state_root"));
      assertThat(view.bodyRoot()).isEqualTo(root(expected, "body_root"));
      assertThat(view.blockRoot()).isEqualTo(root(expected, "beacon_block_root"));
      PayloadView payload = view.payload();
      assertThat(payload.payloadRoot()).isEqualTo(root(expected, "execution_payload_root"));
      assertThat(payload.withdrawalsSszRoot()).isEqualTo(root(expected, "withdrawals_ssz_root"));
      assertThat(payload.withdrawalsMptRoot()).isEqualTo(root(expected, "withdrawals_mpt_root"));
      assertThat(payload.blockNumber().value()).isEqualTo(expected.get("el_block_number").asLong());
      assertThat(payload.timestamp()).isEqualTo(expected.get("timestamp").asLong());
      JsonNode counts = expected.get("counts");
      assertThat(payload.withdrawalCount()).isEqualTo(counts.get("withdrawals").asInt());
      assertThat(payload.transactionCount()).isEqualTo(counts.get("transactions").asInt());
      assertThat(view.body().field("attestations").count())
          .isEqualTo(counts.get("attestations").asInt());
      BlockHash hash = BlockHash.fromHex(expected.get("el_block_hash").asString());
      assertThat(payload.blockHash()).isEqualTo(hash);
      assertThat(PayloadHeader.of(view).hash()).isEqualTo(hash);
    }
  }

  @Test
  void linksARecordedChainThroughFourForks() {
    assertLinked(
        Vectors.files(Vectors.recording("chain-minimal-capella-to-fulu/blocks"), ".ssz"), 128);
  }

  @Test
  void linksARecordedDevnetWithOrphans() {
    assertLinked(Vectors.files(Vectors.recording("lodestar-1.5.1-capella/blocks"), ".ssz"), 30);
  }

  private static void assertLinked(List<Path> files, int blocksMin) {
    Map<Root, SignedBlockView> byRoot = new HashMap<>();
    for (Path file : files) {
      SignedBlockView view = recordedBlock(file);
      byRoot.put(view.blockRoot(), view);
      assertThat(PayloadHeader.of(view).hash())
          .as("%s", file)
          .isEqualTo(view.payload().blockHash());
    }
    assertThat(byRoot).hasSizeGreaterThanOrEqualTo(blocksMin);
    int withoutParent = 0;
    for (SignedBlockView view : byRoot.values()) {
      SignedBlockView parent = byRoot.get(view.parentRoot());
      if (parent == null) {
        withoutParent++;
      } else {
        assertThat(parent.slot()).isLessThan(view.slot());
        assertThat(view.payload().parentHash()).isEqualTo(parent.payload().blockHash());
      }
    }
    assertThat(withoutParent).as("blocks whose parent is not recorded").isLessThanOrEqualTo(3);
  }

  @Test
  void rebuildsHeadersWithTheFieldsOfTheirFork() {
    Path folder = Vectors.recording("chain-minimal-capella-to-fulu/blocks");
    ExecutionHeader capella = PayloadHeader.of(recordedBlock(folder.resolve("15_capella.ssz")));
    ExecutionHeader deneb = PayloadHeader.of(recordedBlock(folder.resolve("16_deneb.ssz")));
    ExecutionHeader fulu = PayloadHeader.of(recordedBlock(folder.resolve("100_fulu.ssz")));
    assertThat(capella.fieldCount()).isEqualTo(17);
    assertThat(deneb.fieldCount()).isEqualTo(20);
    assertThat(fulu.fieldCount()).isEqualTo(21);
    for (ExecutionHeader header : List.of(capella, deneb, fulu)) {
      assertThat(ExecutionHeader.decode(header.encode())).isEqualTo(header);
    }
  }

  @Test
  void readsRequestsOfTheExecutionLayerWithTheirTypes() {
    Path folder = Vectors.recording("chain-minimal-capella-to-fulu/blocks");
    SignedBlockView view = recordedBlock(folder.resolve("35_electra.ssz"));
    List<byte[]> requests = view.executionRequests();
    assertThat(requests).hasSize(2);
    assertThat(requests.get(0)).startsWith(0x01).hasSize(1 + 76);
    assertThat(requests.get(1)).startsWith(0x02).hasSize(1 + 116);
    assertThat(view.payload().blobGasUsed()).isEqualTo(OptionalLong.of(0));
    SignedBlockView before = recordedBlock(folder.resolve("15_capella.ssz"));
    assertThat(before.executionRequests()).isEmpty();
    assertThat(before.payload().blobGasUsed()).isEmpty();
  }

  static SignedBlockView recordedBlock(Path file) {
    String name = file.getFileName().toString();
    String fork = name.substring(name.indexOf('_') + 1, name.indexOf('.'));
    return SignedBlockView.of(MINIMAL, ForkName.find(fork).orElseThrow(), Vectors.read(file));
  }

  static SignedBlockView mainnetBlock(Path file, JsonNode expected) {
    byte[] ssz = Vectors.read(file);
    ForkName fork = ForkName.find(expected.get("fork").asString()).orElseThrow();
    if (!expected.get("signed").asBoolean()) {
      ssz = SszWriter.ofDefaults(MAINNET.signedBlock(fork)).set("message", ssz).toBytes();
    }
    return SignedBlockView.of(MAINNET, fork, ssz);
  }

  /** The schemas that a block of this test was read with. */
  static BlockSchemas schemasOf(SignedBlockView view) {
    return view.body().field("sync_aggregate").length() > 100 ? MAINNET : MINIMAL;
  }

  private static Root root(JsonNode expected, String field) {
    return Root.fromHex(expected.get(field).asString());
  }
}
