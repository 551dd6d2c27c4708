package io.auriga.validators.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Gwei;
import io.auriga.validators.SampleEpoch;
import io.auriga.validators.accounting.EpochDuties.Stage;
import io.auriga.validators.accounting.Proposal;
import io.auriga.validators.rewards.EpochRewards.Comparison;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A hundred validators of which 40 to 79 are watched, or 0 to 9 where it is about proposals. */
class RewardCollectorTest {
  private static final int[] WATCHED = java.util.stream.IntStream.range(40, 80).toArray();
  private static final int[] PROPOSERS = java.util.stream.IntStream.range(0, 10).toArray();

  private final FakeRewardNode node = new FakeRewardNode();
  private final SampleEpoch epoch = new SampleEpoch(10, 100).on(node::block);
  private final RewardCollector collector = new RewardCollector(ChainSpec.builtIn("mainnet"));

  private EpochRewards rewards(int[] watched) {
    EpochOutline outline = EpochOutline.of(epoch.duties(Stage.CLOSED), watched);
    return ((RewardCollector.Outcome.Collected) collector.collect(node.source(), outline))
        .rewards();
  }

  @Test
  void addsUpWhatCameAndWhatCouldHaveCome() {
    node.missed.add(50);
    epoch.missed(50);
    EpochRewards rewards = rewards(WATCHED);
    assertThat(rewards.of(50).earned()).isEqualTo(-40);
    assertThat(rewards.of(50).ideal()).isEqualTo(54);
    assertThat(rewards.of(50).missed(RewardPart.TARGET)).isEqualTo(52);
    assertThat(rewards.of(WATCHED).earned()).isEqualTo(39 * 54 - 40);
    assertThat(rewards.of(WATCHED).missed()).isEqualTo(94);
    assertThat(rewards.comparison()).isEqualTo(new Comparison(120, 0, 0, Optional.empty()));
  }

  @Test
  void asksThreeQuestionsForManyValidatorsAndLooksAtTheBranchAtTheEnd() {
    assertThat(rewards(WATCHED).count()).isEqualTo(40);
    assertThat(node.asked)
        .containsExactly("validators of 383", "attestations 10", "sync", "header 384");
  }

  @Test
  void whoIsLeftOutIsUnknownAndNotPoor() {
    node.leftOut.add(41);
    RewardTotals totals = rewards(WATCHED).of(41);
    assertThat(totals.epochs()).isEqualTo(1);
    assertThat(totals.unknown(RewardPart.SOURCE)).isEqualTo(1);
    assertThat(totals.unknown(RewardPart.PROPOSAL)).isZero();
    assertThat(totals.isWhole()).isFalse();
    assertThat(totals.earned()).isZero();
  }

  @Test
  void namesTheFirstThatIsPaidForWhatNoBlockHas() {
    epoch.missed(55).late(56, 2);
    Comparison comparison = rewards(WATCHED).comparison();
    assertThat(comparison.different()).isEqualTo(4);
    assertThat(comparison.difference().orElseThrow())
        .isEqualTo("validator 55 missed its source, and the node has 14 Gwei for it, of 14");
  }

  @Test
  void namesWhoWasSeenAndIsNotPaid() {
    node.missed.add(60);
    Comparison comparison = rewards(WATCHED).comparison();
    assertThat(comparison.different()).isEqualTo(3);
    assertThat(comparison.difference().orElseThrow())
        .contains("validator 60 has its source, and the node has -14 Gwei");
  }

  @Test
  void explainsWhoIsSlashedAndWhoHasNoWeight() {
    node.slashed.add(42);
    assertThat(rewards(WATCHED).comparison())
        .isEqualTo(new Comparison(117, 3, 0, Optional.empty()));
    node.slashed.clear();
    node.effectiveBalance = Gwei.ZERO;
    assertThat(rewards(WATCHED).comparison())
        .isEqualTo(new Comparison(0, 120, 0, Optional.empty()));
  }

  @Test
  void inALeakOnlyPenaltiesTellSomething() {
    node.leaks = true;
    node.missed.add(43);
    epoch.missed(43);
    EpochRewards rewards = rewards(WATCHED);
    assertThat(rewards.comparison()).isEqualTo(new Comparison(80, 40, 0, Optional.empty()));
    assertThat(rewards.of(43).earned(RewardPart.INACTIVITY)).isEqualTo(-3);
    node.missed.add(44);
    assertThat(rewards(WATCHED).comparison().different()).isEqualTo(2);
  }

  @Test
  void paysForBlocksAndTakesAMissingOneForTheOneBefore() {
    epoch.proposal(3, Proposal.Outcome.MISSED).proposal(4, Proposal.Outcome.ORPHANED);
    EpochRewards rewards = rewards(PROPOSERS);
    assertThat(rewards.of(2).earned(RewardPart.PROPOSAL)).isEqualTo(100);
    assertThat(rewards.of(2).missed(RewardPart.PROPOSAL)).isZero();
    assertThat(rewards.of(3).earned(RewardPart.PROPOSAL)).isZero();
    assertThat(rewards.of(3, 4).missed(RewardPart.PROPOSAL)).isEqualTo(200);
    assertThat(node.asked)
        .as("the one before is asked for once")
        .filteredOn("block"::equals)
        .hasSize(8);
  }

  @Test
  void doesNotKnowWhatABlockBroughtWhereTheNodeDoesNotSay() {
    node.hasBlocks = false;
    EpochRewards rewards = rewards(PROPOSERS);
    assertThat(rewards.of(PROPOSERS).unknown(RewardPart.PROPOSAL)).isEqualTo(10);
    assertThat(rewards.of(PROPOSERS).unknown(RewardPart.HEAD)).isZero();
  }

  @Test
  void aSeatEarnsInEveryBlockWhatItLosesWithoutASignature() {
    node.members = Set.of(45, 46);
    node.missed.add(46);
    epoch.missed(46);
    EpochRewards rewards = rewards(WATCHED);
    assertThat(rewards.of(45).earned(RewardPart.SYNC)).isEqualTo(32 * 5);
    assertThat(rewards.of(46).earned(RewardPart.SYNC)).isEqualTo(-32 * 5);
    assertThat(rewards.of(46).missed(RewardPart.SYNC)).isEqualTo(2 * 32 * 5);
    assertThat(rewards.of(47).ideal(RewardPart.SYNC)).isZero();
  }

  @Test
  void nobodyMayHaveASeatOfWhichNobodySays() {
    node.hasSync = false;
    assertThat(rewards(WATCHED).of(WATCHED).unknown(RewardPart.SYNC)).isEqualTo(40);
  }

  @Test
  void doesNotTakeWhatIsOfAnotherBranch() {
    EpochOutline outline = EpochOutline.of(epoch.duties(Stage.CLOSED), WATCHED);
    node.branch = 1;
    AurigaException refused =
        catchThrowableOfType(
            AurigaException.class, () -> collector.collect(node.source(), outline));
    assertThat(refused.errorCode()).isEqualTo(RewardError.OTHER_BRANCH);
  }

  @Test
  void doesNotTakeWhatNobodyCanEarn() {
    node.huge = Long.MIN_VALUE;
    AurigaException refused = catchThrowableOfType(AurigaException.class, () -> rewards(WATCHED));
    assertThat(refused.errorCode()).isEqualTo(RewardError.IMPOSSIBLE);
    node.huge = RewardColumns.GWEI_MAX + 1;
    assertThat(catchThrowableOfType(AurigaException.class, () -> rewards(WATCHED))).isNotNull();
  }
}
