package io.auriga.validators.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.consensus.HttpBeaconDuties;
import io.auriga.clients.consensus.HttpBeaconNode;
import io.auriga.clients.consensus.HttpBeaconRewards;
import io.auriga.clients.consensus.HttpBeaconStates;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.crypto.committee.Proposers;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.replay.ReplayBeaconNode;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.validators.accounting.DutyAccounting;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.accounting.RecordedChain;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Duties counted from the blocks of the generated chain beside the rewards of a replayed node. That
 * node computes rewards by a second, naive implementation from the states of another client's state
 * transition; a proposer's reward is what that transition did to its balance.
 */
class RecordedRewardsTest {
  /** The last epoch that the chain closes. */
  private static final int LAST = 15;

  private final RecordedChain chain = new RecordedChain();
  private final DutyAccounting accounting = new DutyAccounting(chain.genesis(), _ -> {});
  private final ReplayBeaconNode node =
      new ReplayBeaconNode(
          chain.recording, new SteppedClock(chain.recording.end()), BeaconQuirks.NONE, 0);
  private final HttpEndpoint endpoint = new HttpEndpoint(EndpointConfig.of(node.uri()));
  private final RewardSource source =
      new RewardSource(
          new HttpBeaconNode(endpoint),
          new HttpBeaconRewards(endpoint),
          new HttpBeaconStates(endpoint),
          new HttpBeaconDuties(endpoint));
  private final RewardCollector collector = new RewardCollector(chain.spec);

  @AfterEach
  void close() {
    endpoint.close();
    node.close();
  }

  private void follow() {
    for (Root head : chain.heads()) {
      chain.lead(accounting, head);
      BeaconStateView state = chain.stateAfter(head);
      Epoch epoch = chain.spec.epochOf(state.slot());
      accounting.proposers(epoch, Proposers.ofState(chain.spec, state, epoch));
    }
  }

  private EpochDuties duties(long epoch) {
    return accounting.duties(new Epoch(epoch)).orElseThrow();
  }

  private RewardCollector.Outcome.Collected collected(EpochOutline outline) {
    return (RewardCollector.Outcome.Collected) collector.collect(source, outline);
  }

  @Test
  void everyPartOfEveryValidatorIsPaidAsItsDutyWasCounted() {
    follow();
    long equal = 0;
    for (long epoch = 0; epoch <= LAST; epoch++) {
      EpochDuties duties = duties(epoch);
      int[] all = IntStream.range(0, duties.validatorCount()).toArray();
      RewardCollector.Outcome.Collected found = collected(EpochOutline.of(duties, all));
      EpochRewards.Comparison comparison = found.rewards().comparison();
      assertThat(comparison.difference()).as("epoch " + epoch).isEmpty();
      assertThat(comparison.different()).isZero();
      Epoch of = new Epoch(epoch);
      long slashed =
          found.standings().values().stream()
              .filter(Validator::slashed)
              .filter(one -> found.rewards().of((int) one.index().value()).epochs() > 0)
              .count();
      assertThat(comparison.explained()).as("slashed in epoch " + of).isEqualTo(3 * slashed);
      assertThat(comparison.equal())
          .isGreaterThanOrEqualTo(3 * (duties.network().assigned() - slashed));
      assertThat(found.rewards().of(all).isWhole()).isTrue();
      equal += comparison.equal();
    }
    assertThat(equal).isGreaterThan(1_500);
  }

  @Test
  void knowsWhatIsMissing() {
    follow();
    EpochRewards rewards = collected(EpochOutline.of(duties(9), new int[] {3, 29})).rewards();
    assertThat(rewards.of(29).earned(RewardPart.SOURCE)).isNegative();
    assertThat(rewards.of(29).earned(RewardPart.TARGET)).isNegative();
    assertThat(rewards.of(29).earned(RewardPart.HEAD)).isZero();
    assertThat(rewards.of(29).ideal(RewardPart.HEAD))
        .isEqualTo(rewards.of(3).ideal(RewardPart.HEAD))
        .isPositive();
    assertThat(rewards.of(3, 29).missed())
        .isEqualTo(rewards.of(3).missed() + rewards.of(29).missed());
  }

  @Test
  void paysProposersAndSeatsAndPricesABlockThatIsMissingByTheOneBefore() {
    follow();
    long proposals = 0;
    long seats = 0;
    long lost = 0;
    for (long epoch = 0; epoch <= LAST; epoch++) {
      EpochDuties duties = duties(epoch);
      int[] all = IntStream.range(0, duties.validatorCount()).toArray();
      RewardTotals totals = collected(EpochOutline.of(duties, all)).rewards().of(all);
      proposals += totals.earned(RewardPart.PROPOSAL);
      seats += totals.earned(RewardPart.SYNC);
      lost += totals.missed(RewardPart.PROPOSAL);
    }
    assertThat(proposals).isPositive();
    assertThat(seats).isPositive();
    assertThat(lost).as("nine slots are empty, seven blocks orphaned").isPositive();
  }

  @Test
  void findsTheSameOfAnEpochThatWasNotCounted() {
    follow();
    int[] all = IntStream.range(0, duties(9).validatorCount()).toArray();
    EpochRewards counted = collected(EpochOutline.of(duties(9), all)).rewards();
    EpochOutline read = new OutlineReader(chain.spec).read(source, new Epoch(9), all).orElseThrow();
    EpochRewards asked = collected(read).rewards();
    assertThat(asked.of(all)).isEqualTo(counted.of(all));
    assertThat(asked.comparison().equal()).as("nothing was counted").isZero();
  }

  @Test
  void isUnavailableWhereTheEpochIsNotOverOrTheNodeHasNoStates() {
    follow();
    EpochOutline sixteen = EpochOutline.of(duties(16), new int[] {3});
    assertThat(collector.collect(source, sixteen))
        .isInstanceOf(RewardCollector.Outcome.Unavailable.class);
    assertThat(new OutlineReader(chain.spec).read(source, new Epoch(16), new int[] {3}))
        .isEqualTo(Optional.empty());
  }
}
