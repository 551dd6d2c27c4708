package io.auriga.withdrawals.expected;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.Validator;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.Recording;
import io.auriga.types.Gwei;
import io.auriga.withdrawals.expected.ListDifference.Field;
import io.auriga.withdrawals.expected.ReplayVerdict.Confirmed;
import io.auriga.withdrawals.expected.ReplayVerdict.Differs;
import io.auriga.withdrawals.expected.ReplayVerdict.NotProvable;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;
import io.auriga.withdrawals.expected.ReplayVerdict.Reproduced;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The blocks of the generated chain, each followed as it came, reorgs and all. */
class BlockReplayTest {
  private static final Recording CHAIN =
      Recording.open(
          Path.of(System.getProperty("auriga.root", ".."), "recordings/minimal-capella-to-fulu"));

  private final RecordedStatesNode node = new RecordedStatesNode(CHAIN);
  private final BlockReplay replay = new BlockReplay(CHAIN.spec(), node, Duration.ofMinutes(1));

  private static List<RecordedBlock> blocks() {
    return CHAIN.timeline().blocks().stream()
        .sorted(Comparator.comparing(RecordedBlock::slot))
        .toList();
  }

  private ReplayVerdict replay(RecordedBlock block) {
    return replay.replay(view(block), block.root());
  }

  private static SignedBlockView view(RecordedBlock block) {
    return SignedBlockView.of(BlockSchemas.of(CHAIN.spec()), block.fork(), block.ssz());
  }

  @Test
  void reproducesEveryBlockButTheFirstAndThoseAtTheBeginOfAnEpoch() {
    int reproduced = 0;
    Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    for (RecordedBlock block : blocks()) {
      switch (replay(block)) {
        case Reproduced() -> reproduced++;
        case Confirmed() -> throw new AssertionError(block + ": the node told nothing");
        case Differs(ListDifference difference) ->
            throw new AssertionError(block + ": " + difference.summary());
        case NotProvable(Reason reason, String _) -> reasons.merge(reason, 1, Integer::sum);
      }
    }
    // Slot 1 has no parent here. 18 blocks are the first of their branch in an epoch.
    assertThat(reasons)
        .containsExactlyInAnyOrderEntriesOf(Map.of(Reason.PARENT, 1, Reason.EPOCH, 18));
    assertThat(reproduced).isEqualTo(127 - 1 - 18);
  }

  @Test
  void letsTheNodeConfirmBlocksAtTheBeginOfAnEpoch() {
    node.compute();
    int confirmed = 0;
    for (RecordedBlock block : blocks()) {
      ReplayVerdict verdict = replay(block);
      assertThat(verdict).isNotInstanceOf(Differs.class);
      confirmed += verdict instanceof Confirmed ? 1 : 0;
    }
    assertThat(confirmed).isEqualTo(18);
  }

  @Test
  void claimsNothingWhereOnlyTheNodesOwnListSpeaksAgainstABlock() {
    node.compute();
    node.lieBy(BlockReplayTest::richer);
    List<RecordedBlock> blocks = blocks();
    blocks.subList(0, 7).forEach(this::replay);
    // Slot 8 is the first of epoch 1.
    assertThat(replay(blocks.get(7)))
        .isInstanceOfSatisfying(
            NotProvable.class,
            verdict -> {
              assertThat(verdict.reason()).isEqualTo(Reason.EPOCH);
              assertThat(verdict.detail())
                  .contains("epoch 1 begins", "the beacon node's own list: entry 0: amount");
            });
  }

  @Test
  void asksForTheValidatorsThatTheSweepComesTo() {
    for (RecordedBlock block : blocks()) {
      ReplayVerdict _ = replay(block);
    }
    // 32 validators, some 110 blocks; counting them anew takes a request for each epoch.
    assertThat(node.validatorsAsked()).isLessThan(127 * 64);
  }

  @Test
  void namesTheFieldAndTheEntryWhereTheNodeSaysSomethingElse() {
    List<ReplayVerdict> verdicts = new ArrayList<>();
    node.lieBy(BlockReplayTest::richer);
    for (RecordedBlock block : blocks().subList(0, 7)) {
      verdicts.add(replay(block));
    }
    assertThat(verdicts.getFirst()).isInstanceOf(NotProvable.class);
    assertThat(verdicts.subList(1, 7))
        .allSatisfy(
            verdict -> {
              assertThat(verdict).isInstanceOf(Differs.class);
              ListDifference difference = ((Differs) verdict).difference();
              assertThat(difference.field()).isEqualTo(Field.AMOUNT);
              assertThat(difference.entry()).isZero();
              assertThat(Long.parseLong(difference.expected()))
                  .isEqualTo(Long.parseLong(difference.found()) + 1);
            });
  }

  private static Validator richer(Validator validator) {
    return new Validator(
        validator.index(),
        validator.publicKey(),
        validator.credentials(),
        validator.balance().plus(new Gwei(1)),
        validator.effectiveBalance(),
        validator.slashed(),
        validator.life());
  }

  @Test
  void claimsNothingWhereTheNodeHasNoStates() {
    node.forgetAllStates();
    for (RecordedBlock block : blocks()) {
      assertThat(replay(block))
          .isInstanceOfSatisfying(
              NotProvable.class,
              verdict ->
                  assertThat(verdict.reason())
                      .isIn(Reason.PARENT, Reason.EPOCH, Reason.SWEEP, Reason.STATE));
    }
  }

  @Test
  void findsTheSweepAgainAfterBlocksThatWereOnlyPassed() {
    List<RecordedBlock> blocks = blocks();
    for (RecordedBlock block : blocks.subList(0, 50)) {
      replay.pass(view(block), block.root());
    }
    int reproduced = 0;
    for (RecordedBlock block : blocks.subList(50, 70)) {
      ReplayVerdict verdict = replay(block);
      assertThat(verdict).isNotInstanceOf(Differs.class);
      reproduced += verdict instanceof Reproduced ? 1 : 0;
    }
    assertThat(reproduced).isGreaterThan(12);
  }

  @Test
  void endsInTimeWhenAnswersAreSlow() {
    BlockReplay hurried = new BlockReplay(CHAIN.spec(), node, Duration.ofNanos(-1));
    List<RecordedBlock> blocks = blocks();
    for (RecordedBlock block : blocks.subList(0, 5)) {
      ReplayVerdict verdict = hurried.replay(view(block), block.root());
      assertThat(verdict).isInstanceOf(NotProvable.class);
    }
  }
}
