package io.auriga.crypto.ssz;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.crypto.Vectors;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The official generator's ssz_static and sanity cases, both presets, Capella to Fulu. */
class SpecVectorsTest {
  @ParameterizedTest
  @CsvSource({
    "mainnet-capella, 11",
    "mainnet-electra, 8",
    "minimal-capella, 282",
    "minimal-deneb, 45",
    "minimal-electra, 191",
    "minimal-fulu, 83"
  })
  void computesTheRootOfEveryValue(String archive, int casesMin) {
    Path zip = Vectors.path("consensus-spec/" + archive + "-ssz_static.zip");
    ForkName fork = ForkName.find(archive.substring(archive.indexOf('-') + 1)).orElseThrow();
    StateSchemas schemas =
        StateSchemas.of(ChainSpec.builtIn(archive.substring(0, archive.indexOf('-'))));
    int checked = 0;
    TreeSet<String> seen = new TreeSet<>();
    for (Map.Entry<String, Map<String, byte[]>> one : Vectors.cases(zip).entrySet()) {
      String typeName = one.getKey().split("/", -1)[3];
      Optional<SszContainer> type = schemas.find(fork, typeName);
      if (type.isEmpty()) {
        continue;
      }
      byte[] ssz = content(one.getValue(), "serialized.ssz_snappy");
      String roots = new String(content(one.getValue(), "roots.yaml"), StandardCharsets.UTF_8);
      assertThat(roots).contains("root: '" + SszView.of(type.get(), ssz).hashTreeRoot() + "'");
      seen.add(typeName);
      checked++;
    }
    assertThat(checked).isGreaterThanOrEqualTo(casesMin);
    assertThat(seen).contains("BeaconBlockBody", "ExecutionPayload", "Withdrawal");
    if (archive.startsWith("minimal") && fork != ForkName.DENEB) {
      assertThat(seen).contains("Validator");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"capella", "electra"})
  void readsBlocksOfTheStateTransitionTests(String archive) {
    Path zip = Vectors.path("consensus-spec/minimal-" + archive + "-sanity-blocks.zip");
    ForkName fork = ForkName.find(archive).orElseThrow();
    BlockSchemas schemas = BlockSchemas.of(ChainSpec.builtIn("minimal"));
    int blocks = 0;
    for (Map<String, byte[]> files : Vectors.cases(zip).values()) {
      long stateSlot = LittleEndian.int64(content(files, "pre.ssz_snappy"), 40);
      for (int i = 0; files.containsKey("blocks_" + i + ".ssz_snappy"); i++) {
        byte[] ssz = content(files, "blocks_" + i + ".ssz_snappy");
        SignedBlockView view = SignedBlockView.of(schemas, fork, ssz);
        assertThat(view.slot().value()).isGreaterThanOrEqualTo(stateSlot);
        SszView block = SszView.of(schemas.signedBlock(fork), ssz).field("message");
        assertThat(view.blockRoot()).isEqualTo(block.hashTreeRoot());
        stateSlot = view.slot().value();
        blocks++;
      }
    }
    assertThat(blocks).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"capella", "electra"})
  void computesTheStateRootsThatBlocksOfTheStateTransitionTestsClaim(String archive) {
    Path zip = Vectors.path("consensus-spec/minimal-" + archive + "-sanity-blocks.zip");
    ForkName fork = ForkName.find(archive).orElseThrow();
    ChainSpec spec = ChainSpec.builtIn("minimal");
    StateSchemas states = StateSchemas.of(spec);
    int checked = 0;
    for (Map<String, byte[]> files : Vectors.cases(zip).values()) {
      int blocks = 0;
      while (files.containsKey("blocks_" + blocks + ".ssz_snappy")) {
        blocks++;
      }
      if (blocks == 0 || !files.containsKey("post.ssz_snappy")) {
        continue;
      }
      byte[] last = content(files, "blocks_" + (blocks - 1) + ".ssz_snappy");
      SignedBlockView block = SignedBlockView.of(BlockSchemas.of(spec), fork, last);
      BeaconStateView post = BeaconStateView.of(states, fork, content(files, "post.ssz_snappy"));
      assertThat(post.slot()).isEqualTo(block.slot());
      assertThat(post.hashTreeRoot()).isEqualTo(block.stateRoot());
      checked++;
    }
    assertThat(checked).isGreaterThanOrEqualTo(8);
  }

  private static byte[] content(Map<String, byte[]> files, String name) {
    return Optional.ofNullable(files.get(name)).orElseThrow();
  }
}
