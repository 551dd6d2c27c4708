package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.Follower;
import io.auriga.chain.StartPoint;
import io.auriga.chain.UnmatchedBlock;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.testkit.simulation.SimulatedBlock;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulationPlan;
import io.auriga.types.Slot;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asking the execution node again about blocks that it did not have at first. */
class ConfirmationTest {
  private static final SimulatedChain CHAIN =
      SimulatedChain.of(SimulationPlan.ofSeed(2).withoutTrouble().withSlots(150));
  private static final int IN_A_ROUND = 64;

  @TempDir private Path folder;
  private WithholdingNodes nodes;
  private Follower follower;

  /** A hundred blocks that the execution node has not. */
  @BeforeEach
  void follow() {
    nodes = new WithholdingNodes(CHAIN, folder);
    nodes.execution.change(_ -> Optional.empty());
    follower = nodes.follow(new StartPoint.AtSlot(new Slot(1)));
    nodes.at(100);
    assertThat(follower.step()).isTrue();
    assertThat(open()).hasSize(100);
  }

  @AfterEach
  void close() {
    nodes.close();
  }

  private List<Long> open() {
    return nodes.ledger.unmatched(new Slot(1_000), 1_000).stream()
        .map(UnmatchedBlock::block)
        .map(block -> block.slot().value())
        .toList();
  }

  /** Only blocks of such slots are there. */
  private static UnaryOperator<Optional<ExecutionBlock>> only(LongPredicate slots) {
    return answer -> answer.filter(block -> slots.test(slot(block)));
  }

  private static long slot(ExecutionBlock block) {
    return CHAIN.block(block.claimedHash()).map(SimulatedBlock::slot).orElseThrow().value();
  }

  @Test
  void confirmsNewBlocksAlthoughOldOnesNeverAre() {
    nodes.at(110);
    assertThat(follower.step()).isTrue();
    nodes.execution.change(only(slot -> slot > 100));
    assertThat(follower.step()).isTrue();
    assertThat(open()).hasSize(100).allMatch(slot -> slot <= 100);
  }

  @Test
  void asksAboutEachOldBlockInItsTurnAndAboutFewInARound() {
    nodes.execution.change(only(slot -> slot == 37));
    for (int round = 0; round < 4; round++) {
      int before = nodes.execution.blocksAsked();
      assertThat(follower.step()).isTrue();
      assertThat(nodes.execution.blocksAsked() - before).isLessThanOrEqualTo(IN_A_ROUND);
    }
    assertThat(open()).hasSize(99).doesNotContain(37L);
  }

  @Test
  void blocksAboutWhichTheNodeFailsKeepNoOthersWaiting() {
    LongPredicate poisoned = slot -> slot >= 96 || (slot >= 40 && slot < 44);
    nodes.execution.change(
        answer -> {
          if (answer.filter(block -> poisoned.test(slot(block))).isPresent()) {
            throw new NodeException(ClientError.RPC_ERROR, "execution", "read it", "pruned");
          }
          return answer;
        });
    for (int round = 0; round < 12; round++) {
      assertThat(follower.step()).isFalse();
    }
    assertThat(open()).hasSize(9).allMatch(poisoned::test);
    assertThat(follower.snapshot().problem().orElseThrow().message()).contains("pruned");
  }

  @Test
  void takesFinalityAlthoughAnExecutionNodeShowsOtherContent() {
    nodes.execution.change(
        answer ->
            answer.map(
                block ->
                    slot(block) == 1
                        ? new ExecutionBlock(block.header(), block.claimedHash(), List.of())
                        : block));
    nodes.at(149);
    boolean done = true;
    for (int round = 0; round < 4; round++) {
      done &= follower.step();
    }
    assertThat(done).isFalse();
    assertThat(nodes.refusals)
        .anyMatch(refusal -> refusal.code().equals("AUR-CHAIN-EXECUTION-MISMATCH"));
    assertThat(nodes.ledger.position().orElseThrow().finalizedEpoch().value()).isGreaterThan(14);
  }
}
