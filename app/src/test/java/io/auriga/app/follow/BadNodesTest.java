package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.auriga.app.follow.LyingProxy.Answer;
import io.auriga.app.follow.LyingProxy.Lie;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.FollowerConfig;
import io.auriga.chain.Problem;
import io.auriga.chain.StartPoint;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.testkit.fault.Fault;
import io.auriga.testkit.fault.FaultProxy;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulationPlan;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.Stage;
import io.auriga.withdrawals.WithdrawalFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that are lost, reset, of another network, unverified or of a later fork, over HTTP. */
class BadNodesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Eight slots an epoch; a block with withdrawals in each slot. */
  private static final SimulatedChain CHAIN =
      SimulatedChain.of(SimulationPlan.ofSeed(4).withoutTrouble().withSlots(48));

  private static final int HERE = 19;

  @TempDir private Path folder;
  private FollowedNodes nodes;

  @BeforeEach
  void startNodes() throws IOException {
    nodes = new FollowedNodes(CHAIN, BeaconQuirks.NONE, folder.resolve("store"));
  }

  @AfterEach
  void stopNodes() {
    nodes.close();
  }

  @Test
  void survivesConnectionsThatBreakInTheMidst() throws IOException {
    try (FaultProxy cable = FaultProxy.before(nodes.beacon.uri())) {
      nodes.follow(FollowedNodes.CONFIG, List.of(cable.uri()), List.of(nodes.execution.uri()));
      nodes.stepTo(HERE - 1);
      for (Fault fault :
          List.of(
              new Fault.Refuse(),
              new Fault.CutAfter(100),
              new Fault.TruncateAfter(300),
              new Fault.GarbageAfter(0, 64, 1))) {
        cable.always(fault);
        cable.cutAll();
        assertThat(nodes.at(HERE).step()).as("%s", fault).isFalse();
        assertThat(nodes.headSlot()).isEqualTo(HERE - 1);
        assertThat(nodes.problem().code()).startsWith("AUR-CLIENT-");
      }
      cable.always(new Fault.None());
      cable.cutAll();
      nodes.stepTo(HERE);
    }
  }

  @Test
  void refusesToStartWithNodesOfTwoNetworks() {
    nodes.secondBeacon.tell(
        Lies.at(
            Lies.GENESIS,
            a -> a.replacing(CHAIN.genesis().validatorsRoot().toHex(), Root.ZERO.toHex())));
    requireWrongNetwork("genesis", nodes.beacon.uri() + "", nodes.secondBeacon.uri() + "");

    nodes.secondBeacon.tell(LyingProxy.TRUTH);
    nodes.secondExecution.tell((path, a) -> a.replacing("\"0x7a69\"", "\"0x1\""));
    requireWrongNetwork("chain id", "31337", nodes.secondExecution.uri() + "");
  }

  private void requireWrongNetwork(String... says) {
    assertThatExceptionOfType(NodeException.class)
        .isThrownBy(() -> nodes.followBoth())
        .satisfies(
            refusal -> {
              assertThat(refusal.error()).isEqualTo(ClientError.WRONG_NETWORK);
              assertThat(refusal.getMessage()).contains(says);
            });
    assertThat(nodes.ledger().position()).isEmpty();
  }

  @Test
  void leavesWhatIsFinalWhenANodeIsResetToAnotherChain() throws Exception {
    nodes.follow().stepTo(40);
    ChainPosition before = nodes.position();
    assertThat(before.finalized()).isPresent();
    SimulatedChain other =
        SimulatedChain.of(SimulationPlan.ofSeed(5).withoutTrouble().withSlots(48));
    try (FollowedNodes strangers =
        new FollowedNodes(other, BeaconQuirks.NONE, folder.resolve("strangers"))) {
      strangers.at(45);
      nodes.beacon.standBefore(strangers.beacon.uri());

      assertThat(nodes.at(45).step()).isFalse();

      assertThat(nodes.position()).isEqualTo(before);
      assertThat(nodes.problem().code()).isEqualTo("AUR-CHAIN-FINALITY-CONFLICT");
      assertThat(nodes.problem().message())
          .contains("does not contain the finalized block", nodes.beacon.uri().toString());
      assertThat(nodes.refusals)
          .extracting(AurigaException::code)
          .contains("AUR-CHAIN-FINALITY-CONFLICT");
    }
  }

  @Test
  void keepsItsPlaceWhenANodesHeadGoesBack() {
    nodes.follow().stepTo(HERE);
    ChainPosition before = nodes.position();
    SteppedClock past = new SteppedClock(CHAIN.startOf(new Slot(HERE - 5)));
    nodes.beacon.standBefore(nodes.beaconNode(past, BeaconQuirks.NONE));

    assertThat(nodes.step()).isTrue();
    assertThat(nodes.step()).isTrue();

    assertThat(nodes.position()).isEqualTo(before);
    assertThat(nodes.wentBackTo).hasSize(1);
    assertThat(nodes.wentBackTo.getFirst().slot().value()).isLessThan(HERE - 4);
  }

  /** Found by the simulation: the whole ledger was undone for it. */
  @Test
  void keepsItsPlaceWhenANodesHeadGoesBackBeforeTheFirstBlockHeld() {
    nodes.follow(
        new FollowerConfig(
            new StartPoint.AtSlot(new Slot(16)), 4, 8, Duration.ZERO, Duration.ofHours(1)),
        List.of(nodes.beacon.uri()),
        List.of(nodes.execution.uri()));
    nodes.stepTo(HERE);
    ChainPosition before = nodes.position();
    SteppedClock past = new SteppedClock(CHAIN.startOf(new Slot(12)));
    nodes.beacon.standBefore(nodes.beaconNode(past, BeaconQuirks.NONE));

    assertThat(nodes.step()).isTrue();

    assertThat(nodes.position()).isEqualTo(before);
    assertThat(nodes.queries().summary().byStage().get(Stage.ORPHANED)).isZero();
    assertThat(nodes.wentBackTo).hasSize(1);
  }

  @Test
  void nothingOptimisticBecomesSafe() throws IOException {
    BeaconQuirks json =
        new BeaconQuirks("Replay/v1", BeaconQuirks.Ssz.IGNORED, true, false, Set.of(), Set.of());
    try (FollowedNodes optimistic = new FollowedNodes(CHAIN, json, folder.resolve("json"))) {
      Lie lie =
          (path, a) ->
              a.replacing("\"execution_optimistic\":false", "\"execution_optimistic\":true");
      optimistic.beacon.tell(lie);
      optimistic.execution.tell((path, a) -> a.text().contains("withdrawals") ? none(a) : a);
      optimistic.follow();
      for (long slot = 4; slot <= 44; slot += 4) {
        optimistic.stepTo(slot);
        Map<Stage, Long> stages = optimistic.queries().summary().byStage();
        assertThat(stages.get(Stage.CONSENSUS)).isPositive();
        assertThat(stages.get(Stage.SAFE)).isZero();
        assertThat(stages.get(Stage.FINALIZED)).isZero();
      }

      // The beacon node has had its head verified, our execution node still has none of the blocks.
      optimistic.beacon.tell(LyingProxy.TRUTH);
      optimistic.stepTo(45);
      Map<Stage, Long> waiting = optimistic.queries().summary().byStage();
      assertThat(waiting.get(Stage.SAFE)).isZero();
      assertThat(waiting.get(Stage.FINALIZED)).isZero();

      optimistic.execution.tell(LyingProxy.TRUTH);
      optimistic.stepTo(46);
      assertThat(optimistic.queries().summary().byStage().get(Stage.FINALIZED)).isPositive();
    }
  }

  private static Answer none(Answer block) {
    return block.withText("{\"jsonrpc\":\"2.0\",\"id\":" + id(block) + ",\"result\":null}");
  }

  private static String id(Answer answer) {
    return answer.text().replaceAll("(?s).*\"id\":(\\d+).*", "$1");
  }

  @Test
  void eventsMayComeTwiceInAnyOrderOrNever() {
    // A poll would hide what events do not bring.
    String late = head(12);
    nodes.beacon.tell(
        Lies.at(
            "/eth/v1/events",
            a -> a.as("text/event-stream").withText(late + head(15) + late + head(14) + head(15))));
    nodes.follow().at(15);
    nodes.follower().start();

    await().atMost(PATIENCE).until(() -> nodes.headSlot() == 15);

    List<Withdrawal> stored =
        nodes
            .queries()
            .list(
                WithdrawalFilter.ALL.withOrder(WithdrawalFilter.Order.OLDEST_FIRST),
                1_000,
                Optional.empty())
            .records()
            .stream()
            .map(record -> record.withdrawal())
            .toList();
    assertThat(stored)
        .isEqualTo(
            CHAIN.blocks().stream()
                .filter(block -> block.slot().value() <= 15)
                .flatMap(block -> block.withdrawals().stream())
                .toList());
    assertThat(nodes.refusals).isEmpty();
  }

  private static String head(long slot) {
    return "event: head\ndata: {\"slot\":\"%d\",\"block\":\"%s\",\"state\":\"%s\",\"epoch_transition\":false,\"execution_optimistic\":false}\n\n"
        .formatted(slot, Root.ZERO, Root.ZERO);
  }

  static Stream<Arguments> forksThatCannotBeVerified() {
    return Stream.of(Arguments.of("HEZE"), Arguments.of("GLOAS"));
  }

  @ParameterizedTest
  @MethodSource("forksThatCannotBeVerified")
  void stopsBeforeAForkThatItCannotVerify(String fork) {
    // Epoch 3 begins with slot 24.
    Function<Answer, Answer> scheduled =
        a ->
            a.replacing(
                "\"PRESET_BASE\"",
                "\"%s_FORK_EPOCH\":\"3\",\"%s_FORK_VERSION\":\"0x09000001\",\"PRESET_BASE\""
                    .formatted(fork, fork));
    nodes.beacon.tell(Lies.at(Lies.SPEC, scheduled::apply));
    nodes.follow().stepTo(10);

    for (long slot : new long[] {23, 30, 47}) {
      boolean done = nodes.at(slot).step();
      assertThat(done).isEqualTo(slot < 24);
      assertThat(nodes.headSlot()).isEqualTo(23);
    }

    Problem problem = nodes.problem();
    assertThat(problem.code()).isEqualTo("AUR-SPEC-UNSUPPORTED-FORK");
    assertThat(problem.message())
        .contains("slot 24", "\"" + fork.toLowerCase(java.util.Locale.ROOT) + "\"", "epoch 3");
    assertThat(problem.remedy()).contains("Upgrade Auriga");
    assertThat(nodes.queries().summary().gaps()).isZero();
    assertThat(nodes.refusals).isEmpty();
  }
}
