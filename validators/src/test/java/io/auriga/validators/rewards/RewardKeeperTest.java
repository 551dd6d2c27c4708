package io.auriga.validators.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.Failover;
import io.auriga.runtime.metrics.Exposition;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.validators.SampleEpoch;
import io.auriga.validators.StoreFixture;
import io.auriga.validators.accounting.EpochDuties.Stage;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.Watched;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten watched validators, of which the even ones are the group north. */
@ParameterizedClass
@EnumSource(StoreFixture.Database.class)
class RewardKeeperTest extends StoreFixture {
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

  private final FakeRewardNode node = new FakeRewardNode();
  private final Watched watched =
      SampleEpoch.watched(
          10, i -> i % 2 == 0 ? new TreeSet<>(List.of(Label.ofGroup("north"))) : new TreeSet<>());
  private Metrics metrics = new Metrics(new PrometheusRegistry());

  RewardKeeperTest(Database database) {
    super(database, RewardStore.MIGRATIONS);
  }

  private RewardKeeper keeper() {
    metrics = new Metrics(new PrometheusRegistry());
    return new RewardKeeper(
        ChainSpec.builtIn("mainnet"),
        new Failover<>(List.of(node.source()), RewardSource::name, () -> NOW),
        new RewardStore(store),
        new RewardMetrics(metrics, 3),
        () -> NOW);
  }

  private void closed(RewardKeeper keeper, long... epochs) {
    counted(keeper, Stage.CLOSED, epochs);
  }

  private void counted(RewardKeeper keeper, Stage stage, long... epochs) {
    for (long epoch : epochs) {
      keeper.take(new SampleEpoch(epoch, 40).on(node::block).duties(stage), watched);
      keeper.handleWaiting();
    }
  }

  private RewardReport report(long epochs) {
    TreeMap<String, int[]> scopes = new TreeMap<>();
    watched.scopes().keySet().forEach(scope -> scopes.put(scope, watched.indicesOf(scope)));
    return RewardReport.ofLast(new RewardStore(store), epochs, scopes, new int[] {3}).orElseThrow();
  }

  private static RewardTotals third(RewardReport report) {
    return Objects.requireNonNull(report.validators().get(3));
  }

  private static RewardReport.Line scope(RewardReport report, String scope) {
    return Objects.requireNonNull(report.scopes().get(scope));
  }

  private List<Long> kept() {
    return new RewardStore(store).keptSince(new Epoch(0));
  }

  private boolean isFinal(long epoch) {
    return new RewardStore(store).find(new Epoch(epoch)).orElseThrow().isFinal();
  }

  private String scraped() {
    return new String(Exposition.of(metrics, "").body(), StandardCharsets.UTF_8);
  }

  @Test
  void saysTheSameAfterARestart() {
    node.missed.add(3);
    closed(keeper(), 10, 11, 12);
    RewardReport before = report(3);
    assertThat(before.kept()).isEqualTo(3);
    assertThat(third(before).earned(RewardPart.TARGET)).isEqualTo(3 * -26);
    assertThat(scope(before, "group:north").validators()).isEqualTo(5);
    reopen();
    RewardReport after = report(3);
    assertThat(scope(after, "watched").totals()).isEqualTo(scope(before, "watched").totals());
    assertThat(after.comparison()).isEqualTo(before.comparison());
    assertThat(new RewardStore(store).clock().orElseThrow().epoch().toSeconds()).isEqualTo(384);
  }

  @Test
  void asksAfterARestartForWhatItMissed() {
    closed(keeper(), 10, 11);
    reopen();
    closed(keeper(), 15);
    assertThat(kept()).containsExactly(10L, 11L, 12L, 13L, 14L, 15L);
    assertThat(scope(report(6), "watched").totals().isWhole()).isTrue();
  }

  @Test
  void givesUpWhereTheNodeHasForgotten() {
    closed(keeper(), 10, 11);
    reopen();
    RewardKeeper keeper = keeper();
    node.forgottenBefore = 18;
    closed(keeper, 20);
    assertThat(kept()).containsExactly(10L, 11L, 18L, 19L, 20L);
    node.asked.clear();
    closed(keeper, 21);
    assertThat(node.asked)
        .as("what is gone is not asked for again")
        .doesNotContain("attestations 17");
    assertThat(report(12).kept()).isEqualTo(6);
    assertThat(report(12).epochs()).isEqualTo(12);
  }

  @Test
  void doesNotLookFurtherBackThanHalfADay() {
    closed(keeper(), 10);
    closed(keeper(), 1_000);
    assertThat(kept().get(1)).isEqualTo(1_000 - RewardKeeper.CATCH_UP_MAX);
  }

  @Test
  void asksForNothingOlderWhereNothingIsKept() {
    closed(keeper(), 500);
    assertThat(kept()).containsExactly(500L);
  }

  @Test
  void whatNoNodeSaysIsUnknownAndSaidWithACode() {
    RewardKeeper keeper = keeper();
    node.hasRewards = false;
    closed(keeper, 10, 11);
    assertThat(kept()).isEmpty();
    assertThat(keeper.status().problem().orElseThrow().code())
        .isEqualTo(RewardError.UNAVAILABLE.code());
    assertThat(scraped())
        .contains("auriga_rewards_unanswered_total{code=\"AUR-REWARDS-UNAVAILABLE\"} 2.0")
        .contains("auriga_rewards_epoch -1.0");
    node.hasRewards = true;
    closed(keeper, 12);
    assertThat(keeper.status().problem()).isEmpty();
    assertThat(kept()).containsExactly(12L);
  }

  @Test
  void catchesUpWhenANodeThatWasDownComesBack() {
    RewardKeeper keeper = keeper();
    closed(keeper, 10);
    node.down = true;
    closed(keeper, 11, 12);
    assertThat(keeper.status().problem().orElseThrow().code()).isEqualTo("AUR-CLIENT-UNREACHABLE");
    node.down = false;
    closed(keeper, 13);
    assertThat(kept()).containsExactly(10L, 11L, 12L, 13L);
  }

  @Test
  void asksAgainWhenAReorgMadeItAnotherEpoch() {
    RewardKeeper keeper = keeper();
    closed(keeper, 10);
    assertThat(third(report(1)).earned()).isPositive();
    node.branch = 1;
    node.missed.add(3);
    closed(keeper, 10);
    assertThat(third(report(1)).earned(RewardPart.TARGET)).isNegative();
    node.branch = 2;
    node.hasRewards = false;
    closed(keeper, 10);
    assertThat(kept()).as("what it was is wrong").isEmpty();
  }

  @Test
  void doesNotBelieveANodeOfAnotherBranch() {
    RewardKeeper keeper = keeper();
    keeper.take(
        new SampleEpoch(10, 40)
            .on(
                slot -> {
                  node.branch = 0;
                  var block = node.block(slot);
                  node.branch = 7;
                  return block;
                })
            .duties(Stage.CLOSED),
        watched);
    keeper.handleWaiting();
    assertThat(kept()).isEmpty();
    assertThat(keeper.status().problem().orElseThrow().code())
        .isEqualTo(RewardError.OTHER_BRANCH.code());
  }

  @Test
  void isFinalOnlyIfTheChainIsStillTheOneThatWasAskedAbout() {
    closed(keeper(), 10, 11);
    reopen();
    RewardKeeper keeper = keeper();
    counted(keeper, Stage.FINAL, 10);
    assertThat(isFinal(10)).isTrue();
    assertThat(isFinal(11)).isFalse();
    node.branch = 1;
    counted(keeper, Stage.FINAL, 11);
    assertThat(kept()).as("a reorg while nobody looked").containsExactly(10L);
  }

  @Test
  void aDifferenceIsNamedCountedAndKept() {
    RewardKeeper keeper = keeper();
    keeper.take(new SampleEpoch(10, 40).on(node::block).missed(4).duties(Stage.CLOSED), watched);
    keeper.handleWaiting();
    reopen();
    assertThat(report(1).comparison().different()).isEqualTo(3);
    assertThat(report(1).comparison().difference().orElseThrow())
        .startsWith("epoch 10: validator 4 missed its source");
    assertThat(scraped())
        .contains("auriga_rewards_compared_total{outcome=\"different\"} 3.0")
        .contains("auriga_rewards_compared_total{outcome=\"explained\"} 0.0");
  }

  @Test
  void toldAsMetricsByScopeAndForAsManyValidatorsAsAsked() {
    node.missed.add(1);
    closed(keeper(), 10);
    assertThat(scraped())
        .contains("auriga_rewards_epoch 10.0")
        .contains("auriga_rewards_epoch_earned_gwei{part=\"target\",scope=\"group:north\"} 130.0")
        .contains("auriga_rewards_epoch_ideal_gwei{part=\"target\",scope=\"watched\"} 260.0")
        .contains("auriga_rewards_epoch_earned_gwei{part=\"target\",scope=\"watched\"} 208.0")
        .contains("auriga_validator_earned_gwei{validator=\"2\"}")
        .doesNotContain("auriga_validator_earned_gwei{validator=\"3\"}");
  }

  @Test
  void handingOverNeverWaits() {
    RewardKeeper keeper = keeper();
    for (long epoch = 10; epoch < 300; epoch++) {
      keeper.take(new SampleEpoch(epoch, 40).on(node::block).duties(Stage.CLOSED), watched);
    }
    keeper.handleWaiting();
    assertThat(kept()).hasSize(64);
    closed(keeper, 300);
    assertThat(kept()).contains(299L, 300L).hasSizeGreaterThan(170);
  }
}
