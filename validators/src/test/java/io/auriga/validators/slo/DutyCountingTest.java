package io.auriga.validators.slo;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Epoch;
import io.auriga.validators.SampleEpoch;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.accounting.Proposal;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.Watched;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DutyCountingTest {
  /** Validators 0 to 9, the even ones in the group even. */
  private static final Watched WATCHED =
      SampleEpoch.watched(
          10, i -> new TreeSet<>(i % 2 == 0 ? List.of(Label.ofGroup("even")) : List.of()));

  private static Map<String, EpochCounts> counts(SampleEpoch epoch) {
    return DutyCounting.of(epoch.duties(EpochDuties.Stage.CLOSED), WATCHED).stream()
        .collect(Collectors.toMap(EpochCounts::scope, Function.identity()));
  }

  private static Count of(Map<String, EpochCounts> counts, String scope, Indicator indicator) {
    return java.util.Objects.requireNonNull(counts.get(scope)).of(indicator);
  }

  @Test
  void countsForTheNetworkForAllWhoAreWatchedAndForEachLabel() {
    Map<String, EpochCounts> counts =
        counts(new SampleEpoch(7, 640).missed(2, 3, 500).late(4, 5).idle(6));
    assertThat(counts).containsOnlyKeys("network", "watched", "group:even");
    assertThat(of(counts, "network", Indicator.INCLUSION)).isEqualTo(new Count(639, 3, 0));
    assertThat(of(counts, "network", Indicator.HEAD)).isEqualTo(new Count(639, 4, 0));
    assertThat(of(counts, "watched", Indicator.INCLUSION)).isEqualTo(new Count(9, 2, 0));
    assertThat(of(counts, "group:even", Indicator.INCLUSION)).isEqualTo(new Count(4, 1, 0));
    assertThat(of(counts, "group:even", Indicator.HEAD)).isEqualTo(new Count(4, 2, 0));
    assertThat(of(counts, "group:even", Indicator.TARGET)).isEqualTo(new Count(4, 1, 0));
    assertThat(counts.values()).allMatch(one -> one.epoch().equals(new Epoch(7)));
  }

  @Test
  void whatAThirdOfASlotMissedIsSharedAndWhatFewerMissedIsNot() {
    SampleEpoch epoch = new SampleEpoch(7, 640).missed(3);
    // Slot 2 has the validators 2, 34, 66 …: twenty of them, of which seven are a third.
    for (int i = 0; i < 7; i++) {
      epoch.missed(2 + 32 * i);
    }
    Map<String, EpochCounts> counts = counts(epoch);
    assertThat(of(counts, "network", Indicator.INCLUSION)).isEqualTo(new Count(640, 8, 7));
    assertThat(of(counts, "watched", Indicator.INCLUSION)).isEqualTo(new Count(10, 2, 1));
    assertThat(of(counts, "group:even", Indicator.INCLUSION)).isEqualTo(new Count(5, 1, 1));
    SampleEpoch fewer = new SampleEpoch(7, 640);
    for (int i = 0; i < 6; i++) {
      fewer.missed(2 + 32 * i);
    }
    assertThat(of(counts(fewer), "watched", Indicator.INCLUSION)).isEqualTo(new Count(10, 1, 0));
  }

  @Test
  void aHeadThatNobodySawInTimeIsShared() {
    SampleEpoch epoch = new SampleEpoch(7, 640);
    for (int i = 0; i < 20; i++) {
      epoch.late(4 + 32 * i, 2);
    }
    assertThat(of(counts(epoch), "group:even", Indicator.HEAD)).isEqualTo(new Count(5, 1, 1));
    assertThat(of(counts(epoch), "group:even", Indicator.INCLUSION)).isEqualTo(new Count(5, 0, 0));
  }

  @Test
  void countsTheTurnsToProposeOfWhoIsMeant() {
    Map<String, EpochCounts> counts =
        counts(
            new SampleEpoch(7, 640)
                .proposal(2, Proposal.Outcome.MISSED)
                .proposal(4, Proposal.Outcome.ORPHANED)
                .proposal(5, Proposal.Outcome.PENDING)
                .proposal(30, Proposal.Outcome.MISSED));
    assertThat(of(counts, "network", Indicator.PROPOSALS)).isEqualTo(new Count(31, 3, 0));
    assertThat(of(counts, "watched", Indicator.PROPOSALS)).isEqualTo(new Count(9, 2, 0));
    assertThat(of(counts, "group:even", Indicator.PROPOSALS)).isEqualTo(new Count(5, 2, 0));
  }

  @Test
  void whereNobodyKnowsWhoseAnEmptySlotWasOnlyTheNetworkIsCounted() {
    Map<String, EpochCounts> counts = counts(new SampleEpoch(7, 640).unknownProposer(9));
    assertThat(of(counts, "network", Indicator.PROPOSALS)).isEqualTo(new Count(32, 1, 0));
    assertThat(of(counts, "watched", Indicator.PROPOSALS)).isEqualTo(Count.NONE);
  }
}
