package io.auriga.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconBlock;
import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.Topic;
import io.auriga.clients.execution.BlockAnswer;
import io.auriga.clients.execution.BlockTag;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.crypto.trie.WithdrawalsRoot;
import io.auriga.crypto.verify.BlockVerdict;
import io.auriga.crypto.verify.BlockVerifier;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Address;
import io.auriga.types.Slot;
import io.auriga.types.Wei;
import io.auriga.types.Withdrawal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedNodesTest {
  private final SimulatedChain chain =
      SimulatedChain.of(SimulationPlan.ofSeed(4).withoutTrouble().withSlots(60));
  private final SteppedClock clock = new SteppedClock(chain.end());

  private SimulatedBeaconNode beacon(FaultPlan faults) {
    return new SimulatedBeaconNode("beacon", chain, clock, new Trouble(1, faults));
  }

  private SimulatedExecutionNode execution(FaultPlan faults) {
    return new SimulatedExecutionNode("execution", chain, clock, new Trouble(1, faults));
  }

  @Test
  void faithfulNodesTellTheTruth() {
    SimulatedBeaconNode beacon = beacon(FaultPlan.NONE);
    SimulatedExecutionNode execution = execution(FaultPlan.NONE);

    for (SimulatedBlock block : chain.blocks()) {
      assertThat(beacon.block(BlockId.of(block.root())).orElseThrow().ssz())
          .isEqualTo(block.view().bytes());
      assertThat(beacon.header(BlockId.of(block.slot())).map(BlockHeader::root))
          .contains(block.root());
      ExecutionBlock served = execution.block(block.blockHash()).orElseThrow();
      assertThat(served.header().hash()).isEqualTo(block.blockHash());
      assertThat(served.withdrawals()).isEqualTo(block.withdrawals());
    }
    assertThat(beacon.syncing().headSlot()).isEqualTo(new Slot(60));
    assertThat(beacon.finality().finalized())
        .isEqualTo(chain.at(clock.instant()).checkpoints().finalized());
  }

  @Test
  void nodesKnowNothingOfTheFuture() {
    SteppedClock early = new SteppedClock(chain.startOf(new Slot(10)));
    SimulatedBlock later = List.copyOf(chain.blocks()).getLast();

    assertThat(
            new SimulatedBeaconNode("beacon", chain, early, Trouble.none())
                .block(BlockId.of(later.root())))
        .isEmpty();
    assertThat(
            new SimulatedExecutionNode("execution", chain, early, Trouble.none())
                .block(later.blockHash()))
        .isEmpty();
  }

  @Test
  void everyLieOfABeaconNodeIsOneThatVerificationFinds() {
    SimulatedBeaconNode liar = beacon(FaultPlan.NONE.with(new FaultPlan.Beacon(0, 0, 0, 1)));
    BlockSchemas schemas = BlockSchemas.of(chain.spec());
    int lies = 0;
    for (SimulatedBlock block : chain.blocks()) {
      BeaconBlock served = liar.block(BlockId.of(block.root())).orElseThrow();
      BlockVerdict verdict =
          BlockVerifier.verify(
              SignedBlockView.of(schemas, served.fork(), served.ssz()), block.root());
      if (verdict instanceof BlockVerdict.Mismatch) {
        lies++;
      }
    }
    assertThat(lies).isEqualTo(chain.blocks().size());
  }

  @Test
  void everyLieOfAnExecutionNodeIsOneThatVerificationFinds() {
    SimulatedExecutionNode liar = execution(FaultPlan.NONE.with(new FaultPlan.Execution(0, 0, 1)));

    for (SimulatedBlock block : chain.blocks()) {
      ExecutionBlock served = liar.block(block.blockHash()).orElseThrow();
      List<Withdrawal> withdrawals = Optional.ofNullable(served.withdrawals()).orElseThrow();
      boolean holds =
          served.header().hash().equals(block.blockHash())
              && WithdrawalsRoot.of(withdrawals).equals(served.header().withdrawalsRoot());
      assertThat(holds).isFalse();
    }
  }

  @Test
  void failuresAreOfSeveralKinds() {
    SimulatedBeaconNode failing = beacon(FaultPlan.NONE.withFailures(1));
    Set<ClientError> kinds = EnumSet.noneOf(ClientError.class);

    for (long slot = 1; slot < 40; slot++) {
      BlockId id = BlockId.of(new Slot(slot));
      assertThatExceptionOfType(NodeException.class)
          .isThrownBy(() -> failing.block(id))
          .satisfies(failure -> kinds.add(failure.error()));
    }

    assertThat(kinds).contains(ClientError.TIMEOUT, ClientError.UNREACHABLE, ClientError.STATUS);
  }

  @Test
  void aStaleNodeGoesBackAndCatchesUpAgain() {
    Trouble trouble = new Trouble(1, FaultPlan.NONE.with(new FaultPlan.Beacon(0, 1, 0, 0)));
    SimulatedBeaconNode stale = new SimulatedBeaconNode("beacon", chain, clock, trouble);

    assertThat(stale.syncing().headSlot()).isLessThan(new Slot(60));
    trouble.calm();
    assertThat(stale.syncing().headSlot()).isEqualTo(new Slot(60));
  }

  @Test
  void blocksThatExistMayBeSaidNotTo() {
    SimulatedBeaconNode forgetful = beacon(FaultPlan.NONE.with(new FaultPlan.Beacon(1, 0, 0, 0)));

    assertThat(forgetful.block(BlockId.head())).isEmpty();
    assertThat(forgetful.header(BlockId.head())).isEmpty();
  }

  @Test
  void anOptimisticNodeSaysSo() {
    SimulatedBeaconNode optimistic = beacon(FaultPlan.NONE.with(new FaultPlan.Beacon(0, 0, 1, 0)));

    assertThat(optimistic.block(BlockId.head()).orElseThrow().optimistic()).isTrue();
    assertThat(optimistic.header(BlockId.head()).orElseThrow().optimistic()).isTrue();
    assertThat(optimistic.finality().optimistic()).isTrue();
    assertThat(optimistic.syncing().optimistic()).isTrue();
  }

  @Test
  void anExecutionNodeMayBeAbsentOrBehind() {
    SimulatedExecutionNode absent =
        execution(FaultPlan.NONE.with(new FaultPlan.Execution(1, 0, 0)));
    SimulatedExecutionNode behind =
        execution(FaultPlan.NONE.with(new FaultPlan.Execution(0, 1, 0)));
    SimulatedBlock head = List.copyOf(chain.blocks()).getLast();

    assertThatExceptionOfType(NodeException.class)
        .isThrownBy(() -> absent.block(BlockTag.latest()));
    assertThat(behind.block(head.blockHash())).isEmpty();
    assertThat(behind.blocks(List.of(head.blockHash())))
        .containsExactly(new BlockAnswer.Unknown(head.blockHash()));
    assertThat(behind.block(BlockTag.latest()).orElseThrow().header().number())
        .isLessThan(head.header().number());
  }

  @Test
  void nodesMayBeOfAnotherNetwork() {
    assertThat(beacon(FaultPlan.NONE).onAnotherNetwork().genesis()).isNotEqualTo(chain.genesis());
    assertThat(execution(FaultPlan.NONE).onAnotherNetwork().chainId())
        .isNotEqualTo(chain.spec().chainId());
  }

  @Test
  void balancesAreTheSumsOfWithdrawals() {
    SimulatedExecutionNode execution = execution(FaultPlan.NONE);
    Address address = chain.blocks().iterator().next().withdrawals().getFirst().address();
    Wei expected =
        chain.blocks().stream()
            .flatMap(block -> block.withdrawals().stream())
            .filter(withdrawal -> withdrawal.address().equals(address))
            .map(withdrawal -> withdrawal.amount().toWei())
            .reduce(Wei.ZERO, Wei::plus);

    assertThat(execution.balance(address, BlockTag.latest())).isEqualTo(expected);
  }

  private List<BeaconEvent> eventsWith(FaultPlan.Events faults) {
    SteppedClock time = new SteppedClock(chain.startOf(new Slot(0)));
    Trouble trouble = new Trouble(9, FaultPlan.NONE.with(faults));
    SimulatedBeaconNode node = new SimulatedBeaconNode("beacon", chain, time, trouble);
    List<BeaconEvent> seen = new ArrayList<>();
    try (var _ = node.events(Topic.CHAIN, seen::add)) {
      while (time.instant().isBefore(chain.end())) {
        time.advance(chain.spec().slotDuration());
        trouble.nextStep();
        node.deliverEvents();
      }
    }
    return seen;
  }

  @Test
  void eventsAreDeliveredLostRepeatedSwappedAndCut() {
    List<BeaconEvent> all = eventsWith(FaultPlan.Events.NONE);
    assertThat(all.getFirst()).isInstanceOf(BeaconEvent.Connected.class);
    assertThat(all).filteredOn(BeaconEvent.Block.class::isInstance).hasSize(60);
    assertThat(all).hasAtLeastOneElementOfType(BeaconEvent.FinalizedCheckpoint.class);

    assertThat(eventsWith(new FaultPlan.Events(0.5, 0, 0, 0)))
        .hasSizeBetween(20, all.size() - 20)
        .isSubsetOf(all);
    assertThat(eventsWith(new FaultPlan.Events(0, 0.5, 0, 0)))
        .hasSizeGreaterThan(all.size() + 20)
        .isSubsetOf(all);
    assertThat(eventsWith(new FaultPlan.Events(0, 0, 0.5, 0)))
        .containsExactlyInAnyOrderElementsOf(all)
        .isNotEqualTo(all);
    assertThat(eventsWith(new FaultPlan.Events(0, 0, 0, 0.5)))
        .hasAtLeastOneElementOfType(BeaconEvent.Disconnected.class);
  }

  @Test
  void faultsDoNotDependOnTheOrderOfCalls() {
    FaultPlan faults = FaultPlan.NONE.withFailures(0.5);
    List<String> forward = new ArrayList<>();
    List<String> backward = new ArrayList<>();
    SimulatedBeaconNode one = beacon(faults);
    SimulatedBeaconNode other = beacon(faults);
    for (long slot = 1; slot <= 60; slot++) {
      forward.add(outcome(one, slot));
      backward.addFirst(outcome(other, 61 - slot));
    }

    assertThat(forward).isEqualTo(backward).contains("failed", "served");
  }

  private static String outcome(SimulatedBeaconNode node, long slot) {
    try {
      return node.block(BlockId.of(new Slot(slot))).isPresent() ? "served" : "missing";
    } catch (NodeException failure) {
      return "failed";
    }
  }
}
