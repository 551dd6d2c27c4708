package io.auriga.withdrawals.expected;

import static io.auriga.withdrawals.RecordedNode.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.Validator;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.types.Gwei;
import io.auriga.types.Slot;
import io.auriga.withdrawals.RecordedNode;
import io.auriga.withdrawals.expected.ListDifference.Field;
import io.auriga.withdrawals.expected.ReplayVerdict.Confirmed;
import io.auriga.withdrawals.expected.ReplayVerdict.Differs;
import io.auriga.withdrawals.expected.ReplayVerdict.NotProvable;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;
import io.auriga.withdrawals.expected.ReplayVerdict.Reproduced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The blocks of the generated chain, each followed as it came, reorgs and all. */
class BlockReplayTest {
  /** Of 18; in the others the sweep comes by the proposer, or somebody leaves. */
  private static final int AT_THE_BEGIN_PROVEN = 11;

  private final RecordedNode node = new RecordedNode();
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
  void reproducesEveryBlockButTheFirstAndSomeAtTheBeginOfAnEpoch() {
    int reproduced = 0;
    int atTheBegin = 0;
    Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    for (RecordedBlock block : blocks()) {
      switch (replay(block)) {
        case Reproduced() -> {
          reproduced++;
          atTheBegin += isFirstOfEpoch(block) ? 1 : 0;
        }
        case Confirmed() -> throw new AssertionError(block + ": the node told nothing");
        case Differs(ListDifference difference) ->
            throw new AssertionError(block + ": " + difference.summary());
        case NotProvable(Reason reason, String detail) -> {
          reasons.merge(reason, 1, Integer::sum);
          assertThat(reason == Reason.PARENT || isFirstOfEpoch(block)).as(detail).isTrue();
        }
      }
    }
    // Slot 1 has no parent here. 18 blocks are the first of their branch in an epoch.
    assertThat(reasons).containsEntry(Reason.PARENT, 1);
    assertThat(atTheBegin).isEqualTo(AT_THE_BEGIN_PROVEN);
    assertThat(atTheBegin + reasons.getOrDefault(Reason.EPOCH, 0)).isEqualTo(18);
    assertThat(reproduced).isEqualTo(127 - 1 - 18 + atTheBegin);
  }

  private static boolean isFirstOfEpoch(RecordedBlock block) {
    Slot parent =
        blocks().stream()
            .filter(other -> other.root().equals(block.parentRoot()))
            .map(RecordedBlock::slot)
            .findFirst()
            .orElse(new Slot(0));
    return !CHAIN.spec().epochOf(parent).equals(CHAIN.spec().epochOf(block.slot()));
  }

  @Test
  void claimsNothingAtTheBeginOfAnEpochWithoutTheSyncCommittee() {
    node.hideTheCommittee();
    for (RecordedBlock block : blocks()) {
      assertThat(replay(block) instanceof NotProvable)
          .isEqualTo(isFirstOfEpoch(block) || block.slot().value() == 1);
    }
  }

  @Test
  void namesADifferenceAtTheBeginOfAnEpoch() {
    List<RecordedBlock> blocks = blocks();
    List<RecordedBlock> proven =
        blocks.stream()
            .filter(BlockReplayTest::isFirstOfEpoch)
            .filter(block -> replayedUpTo(block) instanceof Reproduced)
            .toList();
    node.lieBy(BlockReplayTest::richer);
    assertThat(proven)
        .hasSize(AT_THE_BEGIN_PROVEN)
        .allSatisfy(
            block ->
                assertThat(replayedUpTo(block))
                    .isInstanceOfSatisfying(
                        Differs.class,
                        verdict ->
                            assertThat(verdict.difference().field()).isEqualTo(Field.AMOUNT)));
  }

  /** By one who has followed all up to it. */
  private ReplayVerdict replayedUpTo(RecordedBlock wanted) {
    BlockReplay other = new BlockReplay(CHAIN.spec(), node, Duration.ofMinutes(1));
    for (RecordedBlock block : blocks()) {
      ReplayVerdict verdict = other.replay(view(block), block.root());
      if (block.root().equals(wanted.root())) {
        return verdict;
      }
    }
    throw new AssertionError(wanted);
  }

  @Test
  void letsTheNodeConfirmBlocksAtTheBeginOfAnEpoch() {
    node.compute();
    int confirmed = 0;
    int reproduced = 0;
    for (RecordedBlock block : blocks()) {
      ReplayVerdict verdict = replay(block);
      assertThat(verdict).isNotInstanceOf(Differs.class);
      confirmed += verdict instanceof Confirmed ? 1 : 0;
      reproduced += verdict instanceof Reproduced ? 1 : 0;
    }
    assertThat(confirmed + reproduced).isEqualTo(127 - 1);
    assertThat(confirmed).isEqualTo(18 - AT_THE_BEGIN_PROVEN);
  }

  @Test
  void claimsNothingWhereOnlyTheNodesOwnListSpeaksAgainstABlock() {
    node.compute();
    node.hideTheCommittee();
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
