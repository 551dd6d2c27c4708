package io.auriga.validators;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.validators.RecentDuties.Look;
import io.auriga.validators.RecentDuties.Vote;
import io.auriga.validators.accounting.EpochDuties.Stage;
import io.auriga.validators.accounting.Proposal;
import io.auriga.validators.watched.Watched;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RecentDutiesTest {
  private final RecentDuties recent = new RecentDuties();
  private final Watched ten = SampleEpoch.watched(10, _ -> new TreeSet<>());

  private List<Vote> votes(int validator) {
    return recent.of(validator).stream().map(Look::vote).toList();
  }

  @Test
  void tellsHowEachAttestationWent() {
    recent.take(new SampleEpoch(5, 40).missed(1).late(2, 3).idle(3).duties(Stage.CLOSED), ten);
    assertThat(votes(0)).containsExactly(Vote.PERFECT);
    assertThat(votes(1)).containsExactly(Vote.MISSED);
    assertThat(votes(2)).containsExactly(Vote.PART);
    assertThat(recent.of(2).getFirst().lateness()).isEqualTo(2);
    assertThat(votes(3)).containsExactly(Vote.NONE);
    assertThat(votes(20)).as("not watched").containsExactly(Vote.NONE);
  }

  @Test
  void tellsOfBlocksThatWereProposedAndThoseThatAreMissing() {
    recent.take(
        new SampleEpoch(5, 40).proposal(4, Proposal.Outcome.MISSED).duties(Stage.CLOSED), ten);
    assertThat(recent.of(3).getFirst().turns()).isEqualTo(new RecentDuties.Turns(1, 0));
    assertThat(recent.of(4).getFirst().turns()).isEqualTo(new RecentDuties.Turns(0, 1));
  }

  @Test
  void keepsTheNewestEpochsAndReplacesOneThatComesAgain() {
    for (long epoch = 0; epoch < 40; epoch++) {
      recent.take(new SampleEpoch(epoch, 40).missed(1).duties(Stage.CLOSED), ten);
    }
    recent.take(new SampleEpoch(39, 40).duties(Stage.CLOSED), ten);
    assertThat(recent.epochs()).hasSize(RecentDuties.EPOCHS).startsWith(new Epoch(16));
    assertThat(votes(1).getLast()).isEqualTo(Vote.PERFECT);
    assertThat(recent.missed(new int[] {0, 1, 7, 30})).containsExactly(0, 23, 0, 0);
    assertThat(recent.of(Watched.ALL).assigned()).isEqualTo(240);
    assertThat(recent.of(Watched.NETWORK).missed()).isEqualTo(23);
    assertThat(recent.of("group:nobody").assigned()).isZero();
  }

  @Test
  void findsTheNextTurnAndTheSeatsOfThisPeriodAndTheNext() {
    int[] proposers = new int[32];
    Arrays.fill(proposers, -1);
    proposers[3] = 7;
    proposers[30] = 7;
    Upcoming upcoming =
        new Upcoming(
            ChainSpec.builtIn("mainnet"),
            new Epoch(512),
            Map.of(512L, proposers),
            Map.of(2L, new int[] {7, 8, 7}, 3L, new int[] {9}));
    long first = 512 * 32;
    assertThat(upcoming.proposal(7, new Slot(first))).contains(new Slot(first + 3));
    assertThat(upcoming.proposal(7, new Slot(first + 4))).contains(new Slot(first + 30));
    assertThat(upcoming.proposal(7, new Slot(first + 31))).isEmpty();
    assertThat(upcoming.proposal(8, new Slot(first))).isEmpty();
    assertThat(upcoming.seatsNow(7)).isEqualTo(2);
    assertThat(upcoming.seatsNext(7)).isZero();
    assertThat(upcoming.seatsNext(9)).isEqualTo(1);
    assertThat(upcoming.nextPeriod()).isEqualTo(new Epoch(768));
  }
}
