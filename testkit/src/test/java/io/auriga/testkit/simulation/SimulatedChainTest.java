package io.auriga.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.clients.execution.ExecutionBlockJson;
import io.auriga.clients.http.NodeJson;
import io.auriga.crypto.verify.BlockVerdict;
import io.auriga.crypto.verify.BlockVerifier;
import io.auriga.testkit.replay.NodeState;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.RecordingWriter;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedChainTest {
  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() {
    SimulatedChain chain = SimulatedChain.ofSeed(5);

    assertThat(SimulatedChain.ofSeed(5).blocks())
        .map(block -> block.view().bytes())
        .containsExactlyElementsOf(
            chain.blocks().stream().map(block -> block.view().bytes()).toList());
    assertThat(SimulatedChain.ofSeed(5).timeline().events()).isEqualTo(chain.timeline().events());
    assertThat(SimulatedChain.ofSeed(6).timeline().events())
        .isNotEqualTo(chain.timeline().events());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  void everyBlockProvesWhatItSays(long seed) {
    SimulatedChain chain = SimulatedChain.ofSeed(seed);

    assertThat(chain.blocks())
        .isNotEmpty()
        .allSatisfy(
            block ->
                assertThat(BlockVerifier.verify(block.view(), block.root()))
                    .isInstanceOf(BlockVerdict.Verified.class));
  }

  @Test
  void blocksAreOfAllSupportedForks() {
    Set<ForkName> forks = EnumSet.noneOf(ForkName.class);
    for (long seed = 0; seed < 8; seed++) {
      SimulatedChain.ofSeed(seed).blocks().forEach(block -> forks.add(block.view().fork()));
    }

    assertThat(forks)
        .containsExactly(ForkName.CAPELLA, ForkName.DENEB, ForkName.ELECTRA, ForkName.FULU);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  void indicesHaveNoGapOnAnyBranch(long seed) {
    SimulatedChain chain = SimulatedChain.ofSeed(seed);

    for (SimulatedBlock block : chain.blocks()) {
      Optional<SimulatedBlock> parent = chain.block(block.parentRoot());
      long next =
          parent
              .map(SimulatedBlock::nextIndex)
              .orElse(block.nextIndex() - block.withdrawals().size());
      for (int i = 0; i < block.withdrawals().size(); i++) {
        assertThat(block.withdrawals().get(i).index()).isEqualTo(new WithdrawalIndex(next + i));
      }
      assertThat(block.nextIndex()).isEqualTo(next + block.withdrawals().size());
      parent.ifPresent(
          p -> {
            assertThat(block.slot()).isGreaterThan(p.slot());
            assertThat(block.header().parentHash()).isEqualTo(p.blockHash());
            assertThat(block.header().number().value()).isEqualTo(p.header().number().value() + 1);
          });
    }
  }

  @Test
  void reorgsAreShallowAndDeep() {
    TreeSet<Long> depths = new TreeSet<>();
    for (long seed = 0; seed < 60; seed++) {
      SimulatedChain.ofSeed(seed).announcements().stream()
          .flatMap(Optional::stream)
          .filter(BeaconEvent.ChainReorg.class::isInstance)
          .map(BeaconEvent.ChainReorg.class::cast)
          .forEach(reorg -> depths.add(reorg.depth()));
    }

    assertThat(depths).contains(1L, 2L, 3L, 4L, 5L);
    assertThat(depths.last()).isBetween(60L, 64L);
    assertThat(depths.first()).isEqualTo(1L);
  }

  @Test
  void aJustifiedBlockMayBeUndoneWhereThePlanSaysSo() {
    int undone = 0;
    for (long seed = 2; seed < 60; seed += 5) {
      SimulatedChain chain = SimulatedChain.ofSeed(seed);
      Set<RecordedBlock> wereJustified = new HashSet<>();
      for (int count = 1; count <= chain.timeline().events().size(); count++) {
        NodeState now = chain.timeline().after(count);
        now.justified().filter(now::isCanonical).ifPresent(wereJustified::add);
        if (!wereJustified.stream().allMatch(now::isCanonical)) {
          undone++;
          break;
        }
      }
    }
    assertThat(undone).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 7, 11, 12, 22})
  void nothingFinalIsEverUndone(long seed) {
    SimulatedChain chain = SimulatedChain.ofSeed(seed);
    Set<Root> wereFinal = new HashSet<>();
    for (int count = 0; count <= chain.timeline().events().size(); count++) {
      NodeState state = chain.timeline().after(count);
      Set<Root> canonical = new HashSet<>();
      state.canonical().forEach(block -> canonical.add(block.root()));
      assertThat(canonical).containsAll(wereFinal);
      state.canonical().stream()
          .filter(state::isFinal)
          .forEach(block -> wereFinal.add(block.root()));
    }
    assertThat(wereFinal).isNotEmpty();
  }

  @Test
  void finalityWaitsDuringAStall() {
    SimulationPlan plan = SimulationPlan.ofSeed(0).withoutTrouble().withSlots(120);
    SimulatedChain smooth = SimulatedChain.of(plan);
    SimulatedChain stalled = SimulatedChain.of(plan.with(new SimulationPlan.Stall(4, 5)));
    Slot during = new Slot(8 * 9 - 1);

    assertThat(finalEpoch(smooth, during)).isEqualTo(6);
    assertThat(finalEpoch(stalled, during)).isEqualTo(1);
    assertThat(finalEpoch(stalled, new Slot(119))).isGreaterThan(6);
  }

  private static long finalEpoch(SimulatedChain chain, Slot slot) {
    return chain.at(chain.startOf(slot.next())).checkpoints().finalized().epoch().value();
  }

  @Test
  void aChainWithoutTroubleHasABlockInEverySlot() {
    SimulatedChain chain =
        SimulatedChain.of(SimulationPlan.ofSeed(1).withoutTrouble().withSlots(40));

    assertThat(chain.blocks()).hasSize(40);
    assertThat(chain.blocks()).noneMatch(block -> block.withdrawals().isEmpty());
    assertThat(chain.at(chain.end()).canonical())
        .map(RecordedBlock::slot)
        .startsWith(new Slot(1))
        .endsWith(new Slot(40));
  }

  @Test
  void missesSlotsAndWithdrawals() {
    SimulatedChain chain =
        SimulatedChain.of(SimulationPlan.ofSeed(1).withSlots(100).withShares(0.3, 0.3));

    List<RecordedBlock> canonical = chain.at(chain.end()).canonical();

    assertThat(canonical.size()).isBetween(40, 95);
    assertThat(chain.blocks()).anyMatch(block -> block.withdrawals().isEmpty());
  }

  @Test
  void becomesARecordingThatCanBeReadAgain(@TempDir Path folder) throws IOException {
    SimulatedChain chain = SimulatedChain.ofSeed(2);

    RecordingWriter.write(chain.toRecording(), folder);
    Recording recording = Recording.open(folder);

    assertThat(recording.timeline().blocks()).hasSameSizeAs(chain.blocks());
    assertThat(recording.timeline().at(chain.end()).head().map(RecordedBlock::root))
        .isEqualTo(chain.at(chain.end()).head().map(RecordedBlock::root));
    assertThat(recording.timeline().at(chain.end()).checkpoints())
        .isEqualTo(chain.at(chain.end()).checkpoints());
  }

  @Test
  void itsExecutionBlocksInJsonAreTheOnesItHas() {
    SimulatedChain chain = SimulatedChain.ofSeed(3);
    NodeJson json = new NodeJson(64, 1 << 20);

    assertThat(chain.toRecording().executionBlocks())
        .allSatisfy(
            recorded -> {
              SimulatedBlock truth = chain.block(recorded.hash()).orElseThrow();
              assertThat(
                      ExecutionBlockJson.parse(
                          json, recorded.json().getBytes(StandardCharsets.UTF_8), "the recording"))
                  .isEqualTo(
                      new ExecutionBlock(truth.header(), truth.blockHash(), truth.withdrawals()));
              assertThat(truth.header().hash()).isEqualTo(recorded.hash());
            });
  }
}
