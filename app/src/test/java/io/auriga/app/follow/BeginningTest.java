package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.Follower;
import io.auriga.chain.Problem;
import io.auriga.chain.StartPoint;
import io.auriga.clients.consensus.BlockId;
import io.auriga.testkit.simulation.SimulatedBlock;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulationPlan;
import io.auriga.testkit.simulation.SimulationPlan.Stall;
import io.auriga.types.Slot;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where an empty store begins: never later than it was told because a node did not serve a block.
 */
class BeginningTest {
  private static final SimulatedChain FULL =
      SimulatedChain.of(SimulationPlan.ofSeed(2).withoutTrouble().withSlots(150));
  private static final SimulatedChain SPARSE =
      SimulatedChain.of(
          SimulationPlan.ofSeed(4).withoutTrouble().withShares(0.5, 0).withSlots(150));

  @TempDir private Path folder;
  private Optional<WithholdingNodes> opened = Optional.empty();

  @AfterEach
  void close() {
    opened.ifPresent(WithholdingNodes::close);
  }

  private WithholdingNodes nodes(SimulatedChain chain) {
    WithholdingNodes nodes = new WithholdingNodes(chain, folder);
    opened = Optional.of(nodes);
    return nodes;
  }

  private static StartPoint at(long slot) {
    return new StartPoint.AtSlot(new Slot(slot));
  }

  private static Problem problem(Follower follower) {
    return follower.snapshot().problem().orElseThrow();
  }

  /** Near the head blocks are read by parent root, far from it by slot. */
  @ParameterizedTest
  @ValueSource(longs = {40, 140})
  void beginsAtItsSlotAlthoughTheNodeSaysTheSlotIsEmpty(long head) {
    WithholdingNodes nodes = nodes(FULL);
    nodes.beacon.withhold(id -> id instanceof BlockId.BySlot(var slot) && slot.value() <= 9);
    nodes.at(head);
    Follower follower = nodes.follow(at(5));
    assertThat(follower.step()).as("%s", follower.snapshot()).isTrue();
    assertThat(nodes.ledger.firstSlot()).hasValue(new Slot(5));
    assertThat(nodes.queries.gaps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {60, 140})
  void doesNotBeginLaterWhereTheNodeHasNoBlocksThatOldAndSaysSo(long head) {
    WithholdingNodes nodes = nodes(FULL);
    nodes.beacon.withhold(nodes.ofSlots(slot -> slot <= 40));
    nodes.at(head);
    Follower follower = nodes.follow(at(5));
    assertThat(follower.step()).isFalse();
    assertThat(nodes.ledger.position()).isEmpty();
    assertThat(problem(follower).code()).isEqualTo("AUR-CHAIN-NO-START");
    assertThat(problem(follower).message())
        .startsWith("Cannot begin at slot 5:")
        .contains("slot 41");
    assertThat(problem(follower).remedy()).contains("chain.start");

    nodes.beacon.withhold(_ -> false);
    assertThat(follower.step()).isTrue();
    assertThat(nodes.ledger.firstSlot()).hasValue(new Slot(5));
  }

  @Test
  void beginsLaterWhereTheParentProvesThatTheSlotWasMissed() {
    Set<Long> slots =
        SPARSE.blocks().stream()
            .map(SimulatedBlock::slot)
            .map(Slot::value)
            .collect(Collectors.toSet());
    LongPredicate missed = slot -> !slots.contains(slot) && !slots.contains(slot + 1);
    long start = LongStream.range(10, 40).filter(missed).findFirst().orElseThrow();
    long first = LongStream.range(start, 60).filter(slots::contains).findFirst().orElseThrow();
    for (long head : new long[] {first + 3, 149}) {
      try (WithholdingNodes nodes = new WithholdingNodes(SPARSE, folder.resolve("at" + head))) {
        nodes.at(head);
        Follower follower = nodes.follow(at(start));
        assertThat(follower.step()).as("%s", follower.snapshot()).isTrue();
        assertThat(nodes.ledger.firstSlot()).hasValue(new Slot(first));
      }
    }
  }

  /** Near the head, and far from it. */
  @ParameterizedTest
  @ValueSource(longs = {40, 149})
  void beginsWithTheBlockOfTheFirstPayloadAlthoughGenesisIsNotServed(long head) {
    SimulatedChain late =
        IntStream.iterate(4, seed -> seed + 4)
            .mapToObj(SimulationPlan::ofSeed)
            .map(plan -> plan.withoutTrouble().withShares(0.5, 0).withSlots(150))
            .map(SimulatedChain::of)
            .filter(chain -> first(chain).slot().value() > 1)
            .findFirst()
            .orElseThrow();
    assertThat(first(late).header().number().value()).isEqualTo(1);
    WithholdingNodes nodes = nodes(late);
    nodes.beacon.withhold(BlockId.of(first(late).parentRoot())::equals);
    nodes.at(head);
    Follower follower = nodes.follow(at(1));
    assertThat(follower.step()).as("%s", follower.snapshot()).isTrue();
    assertThat(nodes.ledger.firstSlot()).hasValue(first(late).slot());
  }

  private static SimulatedBlock first(SimulatedChain chain) {
    return chain.blocks().iterator().next();
  }

  /** Without finality for long, so that the finalized block is read by its slot. */
  @Test
  void beginsAtTheFinalizedBlockAlthoughItsSlotIsSaidToBeEmpty() {
    SimulatedChain stalled =
        SimulatedChain.of(
            SimulationPlan.ofSeed(2).withoutTrouble().with(new Stall(4, 10)).withSlots(150));
    WithholdingNodes nodes = nodes(stalled);
    nodes.at(111);
    Slot finalized = nodes.beacon.header(BlockId.finalized()).orElseThrow().slot();
    assertThat(finalized.value()).isLessThan(40);
    nodes.beacon.withhold(
        id -> id instanceof BlockId.BySlot(var slot) && slot.compareTo(finalized) <= 0);
    Follower follower = nodes.follow(new StartPoint.Finalized());
    assertThat(follower.step()).as("%s", follower.snapshot()).isTrue();
    assertThat(nodes.ledger.firstSlot()).hasValue(finalized);
  }

  @Test
  void doesNotBeginWithTheWholeHistoryBecauseTheFinalizedBlockIsNotServed() {
    WithholdingNodes nodes = nodes(FULL);
    nodes.at(140);
    nodes.beacon.withhold(id -> id instanceof BlockId.Finalized);
    Follower follower = nodes.follow(new StartPoint.Finalized());
    assertThat(follower.step()).isFalse();
    assertThat(nodes.ledger.position()).isEmpty();
    assertThat(problem(follower).message()).contains("finalized block of beacon");

    nodes.beacon.withhold(_ -> false);
    assertThat(follower.step()).isTrue();
    assertThat(nodes.ledger.firstSlot().orElseThrow().value()).isGreaterThan(100);
  }

  @Test
  void givesUpAfterThousandsOfEmptySlotsInsteadOfAskingForAll() {
    WithholdingNodes nodes =
        nodes(
            SimulatedChain.of(
                SimulationPlan.ofSeed(6).withoutTrouble().withShares(0.97, 0).withSlots(4_600)));
    nodes.beacon.withhold(nodes.ofSlots(slot -> slot < 4_500));
    nodes.at(4_600);
    Follower follower = nodes.follow(at(3));
    assertThat(follower.step()).isFalse();
    assertThat(problem(follower).code()).isEqualTo("AUR-CHAIN-NO-START");
    assertThat(problem(follower).message()).contains("no block from there to slot 4098");
    assertThat(nodes.beacon.blocksAsked()).isEqualTo(4_096);
  }
}
