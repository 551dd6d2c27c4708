package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.auriga.app.follow.LyingProxy.Answer;
import io.auriga.app.follow.LyingProxy.Lie;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.FollowerConfig;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.Problem;
import io.auriga.chain.StartPoint;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.testkit.fault.Fault;
import io.auriga.testkit.fault.FaultProxy;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.simulation.SimulatedBlock;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulationPlan;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.UInt64;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What nodes may say wrong, over HTTP, and what the operator is told. */
class BadInputTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Eight slots an epoch; a block with withdrawals in each slot. */
  private static final SimulatedChain CHAIN =
      SimulatedChain.of(SimulationPlan.ofSeed(4).withoutTrouble().withSlots(48));

  /** Where the lies are told: the block has several withdrawals. */
  private static final int LIE = 19;

  private static final SimulatedBlock BLOCK =
      CHAIN.blocks().stream().filter(b -> b.slot().value() == LIE).findFirst().orElseThrow();

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

  private static Arguments of(String name, UnaryOperator<Answer> lie, String code, String... says) {
    return Arguments.of(name, lie, code, List.of(says));
  }

  static Stream<Arguments> liesOfABeaconNode() {
    String mismatch = "AUR-CHAIN-BLOCK-MISMATCH";
    String malformed = "AUR-CLIENT-MALFORMED";
    String root = BLOCK.root().toHex();
    return Stream.of(
        of("index", Lies.withdrawalByte(BLOCK, 0, 0), mismatch, "hashes to", root),
        of("validator", Lies.withdrawalByte(BLOCK, 1, 8), mismatch, "hashes to", root),
        of("address", Lies.withdrawalByte(BLOCK, 0, 16), mismatch, "hashes to", root),
        of("amount", Lies.withdrawalByte(BLOCK, 1, 36), mismatch, "hashes to", root),
        of("order", Lies.withdrawalsSwapped(BLOCK), mismatch, "hashes to", root),
        of("payload hash", Lies.payloadField(BLOCK, "block_hash"), mismatch, "hashes to", root),
        of("payload state", Lies.payloadField(BLOCK, "state_root"), mismatch, "hashes to", root),
        // 100 bytes in, the message: slot, proposer, parent root, state root.
        of("parent", Lies.flipped(100 + 16), mismatch, "hashes to", root),
        of("state root", Lies.flipped(100 + 48), mismatch, "hashes to", root),
        of("truncated", Lies.truncated(), malformed, "not the SSZ of a", "byte"),
        of("oversized", Lies.oversized(), "AUR-CLIENT-TOO-LARGE", "1048576 bytes"),
        of("deep", Lies.nestedDeeply(), "AUR-CLIENT-TOO-DEEP", "nested deeper"),
        of("not JSON", Lies.notJson(), malformed, "not the JSON expected at byte 0", "'upstream'"),
        of("error page", Lies.errorPage(), malformed, "text/html", "502 Bad Gateway"),
        of("first offset", Lies.flipped(0), malformed, "first offset is not 100"),
        // The body's offset, after the message's four fixed fields of 80 bytes.
        of("body offset", Lies.flipped(100 + 80), malformed, "not the SSZ of a", "offset"),
        of(
            "version",
            answer -> answer.withVersion("bellatrix"),
            "AUR-CLIENT-WRONG-VERSION",
            "said to be of the fork bellatrix",
            "schedule"),
        of(
            "unknown version",
            answer -> answer.withVersion("heze"),
            "AUR-CLIENT-UNSUPPORTED-FORK",
            "\"heze\"",
            "does not know"),
        of("empty", answer -> answer.withText(""), malformed, "0 bytes"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("liesOfABeaconNode")
  void storesNothingOfABlockThatABeaconNodeAlters(
      String name, UnaryOperator<Answer> lie, String code, List<String> says) {
    nodes.follow().stepTo(LIE - 1);
    nodes.beacon.tell(Lies.ofBlocks(lie));
    requireRefused(code, says);
    assertThat(nodes.refusals).extracting(AurigaException::code).contains(code);

    nodes.beacon.tell(LyingProxy.TRUTH);
    nodes.stepTo(LIE);
    assertThat(nodes.headSlot()).isEqualTo(LIE);
    assertThat(nodes.follower().snapshot().problem()).isEmpty();
  }

  private void requireRefused(String code, List<String> says) {
    ChainPosition before = nodes.position();
    long held = nodes.queries().summary().withdrawals();

    assertThat(nodes.at(LIE).step()).isFalse();

    assertThat(nodes.position()).isEqualTo(before);
    assertThat(nodes.queries().summary().withdrawals()).isEqualTo(held);
    assertThat(nodes.queries().block(BLOCK.root())).isEmpty();
    Problem problem = nodes.problem();
    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.message()).startsWith("Cannot ").contains(says);
    assertThat(problem.message()).hasSizeLessThan(600).doesNotContain("Exception", "null", "()");
    assertThat(problem.remedy()).isNotBlank();
    assertThat(nodes.follower().snapshot().state()).isEqualTo(FollowerSnapshot.State.STALLED);
  }

  static Stream<Arguments> liesAboutTheHead() {
    return Stream.of(
        of("truncated", Lies.truncated(), "AUR-CLIENT-MALFORMED", "read the header of block head"),
        of("oversized", Lies.oversized(), "AUR-CLIENT-TOO-LARGE", "read the header of block head"),
        of("deep", Lies.nestedDeeply(), "AUR-CLIENT-TOO-DEEP", "nested deeper"),
        of("not JSON", Lies.notJson(), "AUR-CLIENT-MALFORMED", "upstream connect error"),
        of("error page", Lies.errorPage(), "AUR-CLIENT-MALFORMED", "502 Bad Gateway"),
        of(
            "negative slot",
            answer -> answer.replacing("\"slot\":\"" + LIE + "\"", "\"slot\":\"-1\""),
            "AUR-CLIENT-MALFORMED",
            "slot"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("liesAboutTheHead")
  void staysWhereItIsWhenTheHeadCannotBeRead(
      String name, UnaryOperator<Answer> lie, String code, List<String> says) {
    nodes.follow().stepTo(LIE - 1);
    nodes.beacon.tell(Lies.at(Lies.HEADERS, lie));
    requireRefused(code, says);
  }

  @Test
  void refusesAHeaderThatNamesAnotherSlotThanItsBlock() {
    nodes.follow().stepTo(LIE - 1);
    // A low slot would let the whole chain above it be undone.
    nodes.beacon.tell(
        Lies.at(Lies.HEADERS, a -> a.replacing("\"slot\":\"" + LIE + "\"", "\"slot\":\"1\"")));
    requireRefused(
        "AUR-CHAIN-BLOCK-MISMATCH",
        List.of("its header was served with slot 1", "the block is of slot " + LIE));
  }

  static Stream<Arguments> liesOfAnExecutionNode() {
    Withdrawal first = BLOCK.withdrawals().getFirst();
    String mismatch = "AUR-CHAIN-EXECUTION-MISMATCH";
    String index = quantity(first.index().value());
    String hash = BLOCK.blockHash().toHex();
    return Stream.of(
        of(
            "index",
            answer -> answer.replacing("\"index\":\"" + index, "\"index\":\"0x7777"),
            mismatch,
            "entry 0: index",
            hash),
        of(
            "validator",
            answer ->
                answer.replacing(
                    "\"validatorIndex\":\"" + quantity(first.validatorIndex().value()) + "\"",
                    "\"validatorIndex\":\"0x7777\""),
            mismatch,
            "validator index",
            "30583"),
        of(
            "address",
            answer -> answer.replacing(first.address().toHex(), "0x" + "22".repeat(20)),
            mismatch,
            "address",
            "0x" + "22".repeat(20)),
        of(
            "amount",
            answer ->
                answer.replacing(
                    "\"amount\":\"" + quantity(first.amount().value()) + "\"",
                    "\"amount\":\"0x1\""),
            mismatch,
            "amount " + first.amount().value() + " in the beacon block, 1 in the execution block"),
        of("none", answer -> answer.withText(withoutWithdrawals(answer)), mismatch, "withdrawals"),
        of(
            "null",
            answer -> answer.withText(nullWithdrawals(answer)),
            mismatch,
            "withdrawals list"),
        of(
            "root",
            answer -> answer.replacing(BLOCK.header().withdrawalsRoot().toHex(), Root.ZERO.toHex()),
            mismatch,
            "its header hashes to"),
        of(
            "header",
            answer -> answer.replacing(BLOCK.header().stateRoot().toHex(), Root.ZERO.toHex()),
            mismatch,
            "its header hashes to"));
  }

  private static String quantity(long value) {
    return UInt64.toQuantity(value);
  }

  private static String withoutWithdrawals(Answer answer) {
    return answer.text().replaceAll("\"withdrawals\":\\[[^]]*]", "\"withdrawals\":[]");
  }

  private static String nullWithdrawals(Answer answer) {
    return answer.text().replaceAll("\"withdrawals\":\\[[^]]*]", "\"withdrawals\":null");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("liesOfAnExecutionNode")
  void storesNothingOfABlockThatAnExecutionNodeAlters(
      String name, UnaryOperator<Answer> lie, String code, List<String> says) {
    nodes.follow().stepTo(LIE - 1);
    nodes.execution.tell(Lies.ofExecutionBlocks(lie));
    requireRefused(code, says);
    assertThat(nodes.refusals).hasSize(1);

    nodes.execution.tell(LyingProxy.TRUTH);
    nodes.stepTo(LIE);
    assertThat(nodes.queries().block(BLOCK.root()).orElseThrow().stage())
        .isEqualTo(Stage.EXECUTION);
  }

  static Stream<Arguments> noAnswersOfAnExecutionNode() {
    return Stream.of(
        of("truncated", Lies.truncated(), "AUR-CLIENT-MALFORMED", "read execution block"),
        of("oversized", Lies.oversized(), "AUR-CLIENT-TOO-LARGE", "read execution block"),
        of("deep", Lies.nestedDeeply(), "AUR-CLIENT-TOO-DEEP", "nested deeper"),
        of("not JSON", Lies.notJson(), "AUR-CLIENT-MALFORMED", "upstream connect error"),
        of("error page", Lies.errorPage(), "AUR-CLIENT-MALFORMED", "502 Bad Gateway"));
  }

  /** The beacon block proves itself; it only does not get further than its first stage. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("noAnswersOfAnExecutionNode")
  void confirmsNothingThatAnExecutionNodeDoesNotSay(
      String name, UnaryOperator<Answer> lie, String code, List<String> says) {
    nodes.follow().stepTo(LIE - 1);
    nodes.execution.tell(Lies.ofExecutionBlocks(lie));

    assertThat(nodes.at(LIE).step()).isFalse();

    assertThat(nodes.queries().block(BLOCK.root()).orElseThrow().stage())
        .isEqualTo(Stage.CONSENSUS);
    assertThat(nodes.problem().code()).isEqualTo(code);
    assertThat(nodes.problem().message()).startsWith("Cannot ").contains(says);
    nodes.execution.tell(LyingProxy.TRUTH);
    nodes.stepTo(LIE);
    assertThat(nodes.queries().block(BLOCK.root()).orElseThrow().stage())
        .isEqualTo(Stage.EXECUTION);
  }

  @Test
  void survivesConnectionsThatBreakInTheMidst() throws IOException {
    try (FaultProxy cable = FaultProxy.before(nodes.beacon.uri())) {
      nodes.follow(FollowedNodes.CONFIG, List.of(cable.uri()), List.of(nodes.execution.uri()));
      nodes.stepTo(LIE - 1);
      for (Fault fault :
          List.of(
              new Fault.Refuse(),
              new Fault.CutAfter(100),
              new Fault.TruncateAfter(300),
              new Fault.GarbageAfter(0, 64, 1))) {
        cable.always(fault);
        cable.cutAll();
        assertThat(nodes.at(LIE).step()).as("%s", fault).isFalse();
        assertThat(nodes.headSlot()).isEqualTo(LIE - 1);
        assertThat(nodes.problem().code()).startsWith("AUR-CLIENT-");
      }
      cable.always(new Fault.None());
      cable.cutAll();
      nodes.stepTo(LIE);
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
    nodes.follow().stepTo(LIE);
    ChainPosition before = nodes.position();
    SteppedClock past = new SteppedClock(CHAIN.startOf(new Slot(LIE - 5)));
    nodes.beacon.standBefore(nodes.beaconNode(past, BeaconQuirks.NONE));

    assertThat(nodes.step()).isTrue();
    assertThat(nodes.step()).isTrue();

    assertThat(nodes.position()).isEqualTo(before);
    assertThat(nodes.wentBackTo).hasSize(1);
    assertThat(nodes.wentBackTo.getFirst().slot().value()).isLessThan(LIE - 4);
  }

  /** Found by the simulation: the whole ledger was undone for it. */
  @Test
  void keepsItsPlaceWhenANodesHeadGoesBackBeforeTheFirstBlockHeld() {
    nodes.follow(
        new FollowerConfig(
            new StartPoint.AtSlot(new Slot(16)), 4, 8, Duration.ZERO, Duration.ofHours(1)),
        List.of(nodes.beacon.uri()),
        List.of(nodes.execution.uri()));
    nodes.stepTo(LIE);
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
  void followsTheSecondBeaconNodeWhenTheFirstLies() {
    nodes.followBoth().stepTo(LIE - 1);
    nodes.beacon.tell(Lies.ofBlocks(Lies.withdrawalByte(BLOCK, 0, 36)));

    nodes.stepTo(LIE);

    assertThat(nodes.queries().block(BLOCK.root())).isPresent();
    assertThat(nodes.follower().snapshot().problem()).isEmpty();
    assertThat(nodes.refusals)
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo("AUR-CHAIN-BLOCK-MISMATCH");
              assertThat(refusal.getMessage()).contains(nodes.beacon.uri().toString());
            });
  }

  @Test
  void reportsTheFirstBeaconNodeWhoseAnswerIsNoBlock() {
    nodes.followBoth().stepTo(LIE - 1);
    nodes.beacon.tell(Lies.ofBlocks(Lies.errorPage()));

    nodes.stepTo(LIE);

    assertThat(nodes.refusals)
        .singleElement()
        .satisfies(
            refusal ->
                assertThat(refusal.getMessage())
                    .contains(nodes.beacon.uri().toString(), "502 Bad Gateway"));
  }

  @Test
  void confirmsByTheSecondExecutionNodeWhenTheFirstLies() {
    nodes.followBoth().stepTo(LIE - 1);
    nodes.execution.tell(Lies.ofExecutionBlocks(a -> a.withText(withoutWithdrawals(a))));

    nodes.stepTo(LIE);

    assertThat(nodes.queries().block(BLOCK.root()).orElseThrow().stage())
        .isEqualTo(Stage.EXECUTION);
    assertThat(nodes.refusals)
        .singleElement()
        .satisfies(
            refusal -> assertThat(refusal.getMessage()).contains(nodes.execution.uri().toString()));
  }

  @Test
  void storesNothingWhenBothExecutionNodesDiffer() {
    nodes.followBoth().stepTo(LIE - 1);
    nodes.execution.tell(Lies.ofExecutionBlocks(a -> a.withText(withoutWithdrawals(a))));
    nodes.secondExecution.tell(Lies.ofExecutionBlocks(a -> a.withText(nullWithdrawals(a))));

    requireRefused("AUR-CHAIN-EXECUTION-MISMATCH", List.of("execution block"));

    assertThat(nodes.refusals).hasSize(2);
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
