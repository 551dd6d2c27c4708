package io.auriga.validators.slo;

import static io.auriga.validators.slo.SloReportsTest.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Epoch;
import io.auriga.validators.StoreFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(StoreFixture.Database.class)
class SloKeeperTest extends StoreFixture {
  private static final Duration EPOCH = Duration.ofSeconds(384);
  private static final Objectives OBJECTIVES =
      Objectives.of(1e-4, Objective.parse(Indicator.INCLUSION, "99.5%"));
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

  SloKeeperTest(Database database) {
    super(database, SloStore.MIGRATIONS);
  }

  private SloKeeper keeper() {
    return new SloKeeper(new SloStore(store), OBJECTIVES, EPOCH, () -> NOW);
  }

  private static Count hour(SloKeeper keeper) {
    return keeper.report().lines().getFirst().window(Window.HOUR_1).count();
  }

  private List<EpochCounts> kept() {
    List<EpochCounts> all = new ArrayList<>();
    new SloStore(store).read(10_000, all::add);
    return all;
  }

  @Test
  void saysTheSameAfterARestart() {
    SloKeeper before = keeper();
    for (long epoch = 100; epoch < 130; epoch++) {
      before.take(
          List.of(counts(epoch, "watched", 10, epoch % 3, 0), counts(epoch, "network", 99, 1, 1)));
    }
    reopen();
    assertThat(keeper().report()).isEqualTo(before.report());
    assertThat(keeper().report().epoch()).hasValue(new Epoch(129));
    assertThat(
            SloKeeper.readOnly(new SloStore(store), OBJECTIVES, () -> NOW).orElseThrow().report())
        .isEqualTo(before.report());
  }

  @Test
  void anEpochThatComesAgainReplacesWhatItWas() {
    SloKeeper keeper = keeper();
    keeper.take(List.of(counts(7, "watched", 10, 4, 0), counts(7, "group:old", 5, 0, 0)));
    keeper.take(List.of(counts(8, "watched", 10, 1, 0)));
    keeper.take(List.of(counts(7, "watched", 10, 2, 0)));
    keeper.take(List.of(counts(7, "watched", 10, 2, 0)));
    assertThat(hour(keeper)).isEqualTo(new Count(20, 3, 0));
    reopen();
    assertThat(hour(keeper())).isEqualTo(new Count(20, 3, 0));
    assertThat(kept()).hasSize(2);
  }

  @Test
  void keepsEveryKindOfDuty() {
    Map<Indicator, Count> counts = new EnumMap<>(Indicator.class);
    for (Indicator one : Indicator.values()) {
      int i = one.column();
      counts.put(one, new Count(100 + i, 10 + i, i));
    }
    EpochCounts given = new EpochCounts(new Epoch(3), "group:ünï north", counts);
    keeper().take(List.of(given));
    assertThat(kept()).containsExactly(given);
  }

  @Test
  void takesAnEpochThatIsMadeAnotherOneDaysLater() {
    SloKeeper keeper = keeper();
    for (long epoch = 0; epoch < 1_500; epoch++) {
      keeper.take(List.of(counts(epoch, "watched", 10, 0, 0)));
    }
    keeper.take(List.of(counts(3, "watched", 10, 10, 0)));
    assertThat(keeper.report().lines().getFirst().budget().spent()).isEqualTo(10);
    assertThat(keeper.report().epoch()).hasValue(new Epoch(1_499));
    reopen();
    assertThat(keeper().report()).isEqualTo(keeper.report());
  }

  @Test
  void forgetsWhatNoWindowReaches() {
    SloKeeper keeper = keeper();
    keeper.take(List.of(counts(10, "watched", 10, 0, 0)));
    keeper.take(List.of(counts(6_759, "watched", 10, 0, 0)));
    assertThat(kept()).hasSize(2);
    keeper.take(List.of(counts(6_760, "watched", 10, 0, 0)));
    assertThat(kept()).extracting(one -> one.epoch().value()).containsExactly(6_759L, 6_760L);
  }

  @Test
  void saysNothingBeforeTheFirstEpoch() {
    assertThat(keeper().report().lines()).isEmpty();
    assertThat(keeper().report().epoch()).isEmpty();
    assertThat(SloKeeper.readOnly(new SloStore(store), OBJECTIVES, () -> NOW)).isEmpty();
  }

  @Test
  void drawsTheMonthFromTheOldestToTheNewest() {
    SloKeeper keeper = keeper();
    keeper.take(List.of(counts(6_749, "watched", 10, 1, 0)));
    keeper.take(List.of(counts(0, "watched", 10, 2, 0)));
    List<Count> history = keeper.history("watched", Indicator.INCLUSION, 90);
    assertThat(history).hasSize(90);
    assertThat(history.getFirst()).isEqualTo(new Count(10, 2, 0));
    assertThat(history.getLast()).isEqualTo(new Count(10, 1, 0));
    assertThat(keeper.history("nobody", Indicator.INCLUSION, 3))
        .containsExactly(Count.NONE, Count.NONE, Count.NONE);
  }
}
