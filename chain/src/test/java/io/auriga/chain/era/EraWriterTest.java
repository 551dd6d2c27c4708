package io.auriga.chain.era;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EraWriterTest {
  private final RecordedEras recorded = RecordedEras.open();
  private final EraChain chain = recorded.chain();
  @TempDir Path folder;

  @Test
  void givesTheFileItsNameOnlyWhenItIsWhole() throws IOException {
    try (EraWriter writer = EraWriter.create(folder, chain, recorded.state(1))) {
      List<SignedBlockView> blocks = recorded.blocks(1);
      blocks.subList(0, 20).forEach(writer::block);
      assertThat(names()).containsExactly("auriga-chain-00001.era.part");
    }
    // As after a crash: what is unfinished is begun anew, and nothing of it is left.
    Path whole = recorded.write(folder, 1);
    assertThat(names()).containsExactly(whole.getFileName().toString());
    Path other = Files.createDirectory(folder.resolve("other"));
    assertThat(recorded.write(other, 1)).hasSameBinaryContentAs(whole);
  }

  @Test
  void refusesToWriteOverAFileOrIntoOneThatIsBeingWritten() {
    recorded.write(folder, 1);
    assertThatThrownBy(() -> recorded.write(folder, 1))
        .isInstanceOfSatisfying(
            EraException.class, e -> assertThat(e.error()).isEqualTo(EraError.EXISTS));
    try (EraWriter writer = EraWriter.create(folder, chain, recorded.state(2))) {
      assertThatThrownBy(() -> EraWriter.create(folder, chain, recorded.state(2)))
          .hasMessageContaining("it is being written already");
      recorded.blocks(2).forEach(writer::block);
      writer.finish();
    }
  }

  @Test
  void refusesWhatTheStateDoesNotProve() {
    List<SignedBlockView> blocks = recorded.blocks(1);
    try (EraWriter writer = EraWriter.create(folder, chain, recorded.state(1))) {
      assertThatThrownBy(() -> writer.block(recorded.blocks(2).getFirst()))
          .hasMessageContaining("slot 64 is not in era 1");
      blocks.subList(0, 5).forEach(writer::block);
      assertThatThrownBy(() -> writer.block(blocks.get(6)))
          .hasMessageContaining("the block of slot 6 is missing");
      assertThatThrownBy(() -> writer.block(blocks.get(4)))
          .hasMessageContaining("in the order of their slots");
      assertThatThrownBy(writer::finish).hasMessageContaining("the block of slot 6 is missing");
      byte[] altered = blocks.get(5).bytes().clone();
      altered[110] ^= 1;
      SignedBlockView other = SignedBlockView.of(chain.schemas(), blocks.get(5).fork(), altered);
      assertThatThrownBy(() -> writer.block(other))
          .isInstanceOfSatisfying(
              EraException.class, e -> assertThat(e.error()).isEqualTo(EraError.MISMATCH))
          .hasMessageContaining("the era's state knows");
    }
    assertThat(names()).containsExactly("auriga-chain-00001.era.part");
  }

  @Test
  void refusesAStateThatEndsNoEraOfTheChain() {
    byte[] state = recorded.state(1);
    byte[] between = state.clone();
    between[40] = 65;
    assertThatThrownBy(() -> EraWriter.create(folder, chain, between))
        .hasMessageContaining("its state is of slot 65, which ends no era of 64 slots");
    assertThatThrownBy(() -> EraWriter.create(folder, chain, Arrays.copyOf(state, 1000)))
        .hasMessageContaining("only 1000 bytes");
    assertThat(names()).isEmpty();
  }

  @Test
  void refusesANetworkNameThatIsAPath() {
    Map<String, String> values = new HashMap<>(chain.spec().values());
    values.put("CONFIG_NAME", "../evil");
    EraChain evil = EraChain.of(ChainSpec.of(values), chain.genesisValidatorsRoot());
    assertThatThrownBy(() -> EraWriter.create(folder, evil, recorded.state(1)))
        .isInstanceOf(AurigaException.class)
        .hasMessageContaining("CONFIG_NAME");
  }

  @Test
  void saysWhereItCannotWrite() {
    assertThatThrownBy(() -> EraWriter.create(folder.resolve("none"), chain, recorded.state(1)))
        .isInstanceOf(EraException.class)
        .hasMessageContaining("write era file " + folder.resolve("none"));
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
