package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.follow.LyingProxy.Answer;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.Problem;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.simulation.SimulatedBlock;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulationPlan;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.UInt64;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
}
