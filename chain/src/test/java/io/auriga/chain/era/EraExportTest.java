package io.auriga.chain.era;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.chain.ChainError;
import io.auriga.chain.ChainException;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EraExportTest {
  private final RecordedEras recorded = RecordedEras.open();
  private final EraChain chain = recorded.chain();
  private final RecordedNode node = new RecordedNode(recorded, 16);
  @TempDir Path folder;

  private EraExport export() {
    return new EraExport(node, node, chain, folder);
  }

  @Test
  void writesWhatTheNodeHasAndWhatAnImportReads() throws IOException {
    Path reference = Files.createDirectory(folder.resolve("reference"));
    assertThat(export().lastFinalEra()).isEqualTo(2);
    for (long era = 0; era <= 2; era++) {
      List<Integer> done = new ArrayList<>();
      int blocks = recorded.blocks(era).size();
      Path file =
          export()
              .write(
                  era,
                  (written, total) -> {
                    assertThat(total).isEqualTo(blocks);
                    done.add(written);
                  });
      assertThat(done).hasSize(blocks).isSorted();
      assertThat(file)
          .hasSameBinaryContentAs(recorded.write(reference, era, RecordedEras.trueState(era)));
      assertThat(export().present(era)).contains(file);
    }
  }

  @Test
  void leavesOutTheBlockBeforeAnEraThatBeginsEmpty() {
    SignedBlockView first = recorded.blocks(2).getFirst();
    byte[] state = RecordedEras.trueState(2);
    recorded.rootAt(new Slot(63)).copyTo(state, 176);
    node.states.put(128L, state);
    // Without it nothing says what the state's root must be.
    node.blocks.values().removeIf(block -> block.slot().value() == 128);
    Path file = export().write(2, (done, total) -> {});
    try (EraFile opened = EraFile.open(file, chain)) {
      EraGroup group = opened.groups().getFirst();
      assertThat(group.startsEmpty()).isTrue();
      assertThat(group.slots()).doesNotContain(first.slot()).hasSize(recorded.blocks(2).size() - 1);
      assertThat(group.firstRoot()).isEqualTo(recorded.rootAt(new Slot(63)));
    }
  }

  @Test
  void exportsOnlyWhatIsFinal() {
    EraExport early = new EraExport(new RecordedNode(recorded, 15), node, chain, folder);
    assertThat(early.lastFinalEra()).isEqualTo(1);
    assertError(() -> early.write(2, (done, total) -> {}), EraError.NOT_FINAL.code());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysWhatTheNodeLacks() {
    node.states.remove(64L);
    assertError(() -> export().write(1, (done, total) -> {}), EraError.NO_STATE.code());
    SignedBlockView lost = recorded.blocks(2).get(20);
    node.blocks.remove(lost.blockRoot());
    assertThatThrownBy(() -> export().write(2, (done, total) -> {}))
        .isInstanceOfSatisfying(
            ChainException.class, e -> assertThat(e.error()).isEqualTo(ChainError.MISSING_BLOCK))
        .hasMessageContaining(lost.blockRoot().toHex());
    assertThat(folder.resolve("auriga-chain-00002.era.part")).exists();
    assertThat(export().present(2)).isEmpty();
    node.blocks.put(lost.blockRoot(), lost);
    assertThat(export().write(2, (done, total) -> {})).exists();
    assertThat(folder.resolve("auriga-chain-00002.era.part")).doesNotExist();
  }

  @Test
  void refusesANodeThatServesAnotherBlock() {
    List<SignedBlockView> blocks = recorded.blocks(1);
    node.blocks.put(blocks.get(10).blockRoot(), blocks.get(11));
    assertError(() -> export().write(1, (done, total) -> {}), EraError.MISMATCH.code());
    assertThat(export().present(1)).isEmpty();
  }

  @Test
  void refusesAStateThatTheBlockOfItsSlotDoesNotName() {
    byte[] state = RecordedEras.trueState(1);
    state[state.length - 1] ^= 1;
    node.states.put(64L, state);
    assertError(() -> export().write(1, (done, total) -> {}), EraError.MISMATCH.code());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void namesADamagedFileThatStandsWhereTheEraShouldBe() throws IOException {
    Path file = export().write(1, (done, total) -> {});
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
    assertError(() -> export().present(1), EraError.TRUNCATED.code());
  }

  private static void assertError(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AurigaException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
