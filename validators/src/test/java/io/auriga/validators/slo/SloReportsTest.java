package io.auriga.validators.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.auriga.types.Epoch;
import io.auriga.validators.slo.BurnRule.Severity;
import io.auriga.validators.slo.SloReport.Line;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SloReportsTest {
  private static final Duration EPOCH = Duration.ofSeconds(384);
  private static final int MONTH = 6_750;
  private static final Objective INCLUSION = Objective.parse(Indicator.INCLUSION, "99.5%");

  private final SloReports reports = new SloReports(Objectives.of(1e-4, INCLUSION), EPOCH);

  static EpochCounts counts(long epoch, String scope, long total, long missed, long shared) {
    return new EpochCounts(
        new Epoch(epoch), scope, Map.of(Indicator.INCLUSION, new Count(total, missed, shared)));
  }

  private Line only() {
    return reports.report(Optional.empty()).lines().getFirst();
  }

  /** Whole epochs of a scope, one after the other. */
  private void run(String scope, long from, int epochs, long total, long missed) {
    for (int i = 0; i < epochs; i++) {
      reports.put(counts(from + i, scope, total, missed, 0));
    }
  }

  @Test
  void addsUpExactlyWhatEachWindowHolds() {
    Random random = new Random(5);
    long[] missed = new long[7_000];
    for (int epoch = 0; epoch < missed.length; epoch++) {
      missed[epoch] = random.nextInt(4);
      reports.put(counts(epoch, "watched", 100, missed[epoch], missed[epoch] / 2));
    }
    Map.of(
            Window.HOUR_1, 10,
            Window.HOURS_6, 57,
            Window.DAY_1, 225,
            Window.DAYS_3, 675,
            Window.DAYS_7, 1_575,
            Window.DAYS_30, MONTH)
        .forEach(
            (window, epochs) -> {
              long sum = 0;
              for (int i = 0; i < epochs; i++) {
                sum += missed[missed.length - 1 - i];
              }
              assertThat(only().window(window).count().missed()).as(window.text()).isEqualTo(sum);
              assertThat(only().window(window).count().total()).isEqualTo(100L * epochs);
              assertThat(only().window(window).covered()).isEqualTo(epochs);
            });
  }

  @Test
  void tellsTheBudgetOfAMonth() {
    run("watched", 0, MONTH, 10, 0);
    run("watched", MONTH - 100, 100, 10, 1);
    SloReport.Budget budget = only().budget();
    assertThat(budget.allowed()).isCloseTo(67_500 * 0.005, within(1e-9));
    assertThat(budget.spent()).isEqualTo(100);
    assertThat(budget.left().orElseThrow()).isCloseTo(1 - 100 / 337.5, within(1e-12));
    assertThat(budget.goneIn()).hasValue(EPOCH.multipliedBy(238));
  }

  @Test
  void aBudgetIsBackWhenItsMissesAreAMonthOld() {
    run("watched", 0, 100, 10, 10);
    assertThat(only().budget().goneIn()).hasValue(Duration.ZERO);
    run("watched", 100, MONTH - 100, 10, 0);
    assertThat(only().budget().left().orElseThrow()).isNegative();
    run("watched", MONTH, 100, 10, 0);
    assertThat(only().budget().left()).hasValue(1.0);
    assertThat(only().budget().goneIn()).isEmpty();
  }

  @Test
  void ofAMonthThatWasNotSeenWholeTheRestIsTakenToBeLikeIt() {
    run("watched", 1_000, 225, 10, 0);
    reports.put(counts(1_225, "watched", 10, 10, 0));
    assertThat(only().budget().allowed()).isCloseTo(337.5, within(1e-9));
    assertThat(only().budget().left().orElseThrow()).isCloseTo(1 - 10 / 337.5, within(1e-12));
    assertThat(only().window(Window.DAYS_30).covered()).isEqualTo(226);
  }

  @Test
  void oneMissOfOneValidatorIsNoAlertAlthoughItBurnsTwentyfold() {
    run("watched", 0, 225, 1, 0);
    reports.put(counts(224, "watched", 1, 1, 0));
    assertThat(only().window(Window.HOUR_1).burn().orElseThrow()).isCloseTo(20, within(1e-9));
    assertThat(only().alerts()).isEmpty();
    run("watched", 222, 3, 1, 1);
    assertThat(only().window(Window.HOUR_1).chance()).isLessThan(1e-4);
    assertThat(only().severity()).hasValue(Severity.PAGE);
  }

  @Test
  void aFleetAtItsObjectiveIsSilentAndOneAtTwentyTimesTheRatePages() {
    run("watched", 0, 225, 10_000, 50);
    assertThat(only().alerts()).isEmpty();
    run("watched", 225, 10, 10_000, 1_000);
    assertThat(only().alerts()).extracting(alert -> alert.rule()).contains(BurnRule.FAST);
    run("watched", 235, 1, 10_000, 0);
    assertThat(only().alerts())
        .as("it does not go on")
        .extracting(alert -> alert.rule())
        .doesNotContain(BurnRule.FAST);
  }

  @Test
  void aSlowBurnIsATicket() {
    run("watched", 0, 900, 10_000, 100);
    assertThat(only().alerts())
        .extracting(alert -> alert.rule())
        .containsExactly(BurnRule.CREEPING);
    assertThat(only().severity()).hasValue(Severity.TICKET);
  }

  @Test
  void whatTheWholeNetworkMissedSpendsTheBudgetAndAlertsNobody() {
    run("watched", 0, 225, 100, 0);
    run("network", 0, 225, 1_000_000, 2_000);
    reports.put(counts(224, "watched", 100, 40, 40));
    reports.put(counts(224, "network", 1_000_000, 400_000, 400_000));
    assertThat(only().alerts()).isEmpty();
    assertThat(only().window(Window.HOUR_1).burn()).hasValue(0.0);
    assertThat(only().budget().spent()).isEqualTo(40);
    assertThat(only().window(Window.HOUR_1).network().missed()).isEqualTo(418_000);
  }

  @Test
  void saysHowProbableTheMissesWereAtTheNetworksOwnRate() {
    run("watched", 0, 10, 100, 5);
    run("network", 0, 10, 1_000_000, 50_000);
    assertThat(only().window(Window.HOUR_1).chance()).isLessThan(1e-9);
    assertThat(only().window(Window.HOUR_1).chanceAsNetwork()).isBetween(0.4, 0.6);
  }

  @Test
  void theNetworkHasNoObjectiveAndALabelThatNobodyHasAnyMoreIsHistory() {
    run("network", 0, 10, 100, 0);
    run("operator:gone", 0, 5, 100, 0);
    run("watched", 0, 10, 100, 0);
    assertThat(reports.report(Optional.empty()).lines())
        .extracting(Line::scope)
        .containsExactly("watched");
  }

  @Test
  void aGroupMayHaveAnotherObjectiveOrNone() {
    Objectives objectives =
        new Objectives(
            Map.of(Indicator.INCLUSION, INCLUSION),
            Map.of(
                "group:north",
                Map.of(
                    Indicator.INCLUSION, Optional.empty(),
                    Indicator.SYNC, Optional.of(Objective.parse(Indicator.SYNC, "98%")))),
            1e-4);
    assertThat(objectives.of("group:north"))
        .extracting(Objective::indicator)
        .containsExactly(Indicator.SYNC);
    assertThat(objectives.of("watched")).containsExactly(INCLUSION);
    assertThat(objectives.of("network")).isEmpty();
  }

  @Test
  void readsAShareExactly() {
    assertThat(INCLUSION.missable()).isEqualTo(5_000);
    assertThat(INCLUSION.text()).isEqualTo("99.5%");
    assertThat(Objective.parse(Indicator.SYNC, "98 %").text()).isEqualTo("98%");
    assertThat(Objective.parse(Indicator.SYNC, "90%").text()).isEqualTo("90%");
    assertThat(Objective.parse(Indicator.HEAD, "99.9999%").missable()).isEqualTo(1);
    for (String wrong : List.of("100%", "0%", "99.5", "-1%", "99.99999%", "0.995", "99,5%", "")) {
      assertThatIllegalArgumentException()
          .as(wrong)
          .isThrownBy(() -> Objective.parse(Indicator.HEAD, wrong));
    }
  }

  @Test
  void goesOnWithEpochsThatAreMissingAndNetworksWhoseEpochsAreShort() {
    SloReports shortEpochs = new SloReports(Objectives.of(1e-4, INCLUSION), Duration.ofSeconds(16));
    for (long epoch = 0; epoch < 20_000; epoch += 2) {
      shortEpochs.put(counts(epoch, "watched", 4, 0, 0));
    }
    Line line = shortEpochs.report(Optional.empty()).lines().getFirst();
    assertThat(line.window(Window.DAYS_30).epochs()).isEqualTo(CountSeries.EPOCHS_MAX);
    assertThat(line.window(Window.DAYS_30).covered()).isEqualTo(CountSeries.EPOCHS_MAX / 2);
    assertThat(line.window(Window.MINUTES_5).epochs()).isEqualTo(19);
  }
}
