package io.auriga.validators.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.abort;

import io.auriga.runtime.metrics.Exposition;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.metrics.OpenMetricsText;
import io.auriga.validators.SampleEpoch;
import io.auriga.validators.accounting.EpochDuties;
import io.auriga.validators.accounting.EpochDuties.Stage;
import io.auriga.validators.accounting.Proposal;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.Watched;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExporterTest {
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
  private static final String OPEN = "application/openmetrics-text; version=1.0.0";

  private final Metrics metrics = new Metrics(new PrometheusRegistry());

  private Exporter exporter(boolean aliases, int validators) {
    return new Exporter(metrics, new Exporter.Options("mainnet", aliases, validators), () -> NOW);
  }

  private static Watched ten() {
    return SampleEpoch.watched(
        10,
        i ->
            new TreeSet<>(
                i % 2 == 0
                    ? List.of(Label.ofGroup("even"), Label.parse("operator:Zürich-co"))
                    : List.of()));
  }

  private static EpochDuties epoch(long epoch, Stage stage, int... missed) {
    return new SampleEpoch(epoch, 640).missed(missed).duties(stage);
  }

  private List<String> lines(String accept) {
    return new String(Exposition.of(metrics, accept).body(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  private List<String> series() {
    return lines("").stream().filter(line -> !line.startsWith("#")).toList();
  }

  @Test
  void saysNothingOldBeforeTheFirstEpoch() {
    exporter(true, 10);
    assertThat(series())
        .containsExactlyInAnyOrder(
            "auriga_duties_epoch -1.0",
            "auriga_duties_last_success_timestamp_seconds 0.0",
            "auriga_validator_left_out 0.0");
  }

  @Test
  void tellsTheNewestEpochForEveryScopeAndHowFreshItIs() {
    Exporter exporter = exporter(false, 0);
    exporter.take(epoch(7, Stage.CLOSED, 2, 3), ten());
    exporter.take(epoch(8, Stage.CLOSED, 2, 500), ten());
    assertThat(series())
        .contains(
            "auriga_duties_epoch 8.0",
            "auriga_duties_last_success_timestamp_seconds " + (double) NOW.getEpochSecond(),
            "auriga_duties_epoch_owed{duty=\"inclusion\",scope=\"network\"} 640.0",
            "auriga_duties_epoch_missed{duty=\"inclusion\",scope=\"network\"} 2.0",
            "auriga_duties_epoch_missed{duty=\"inclusion\",scope=\"watched\"} 1.0",
            "auriga_duties_epoch_missed{duty=\"inclusion\",scope=\"group:even\"} 1.0",
            "auriga_duties_epoch_owed{duty=\"inclusion\",scope=\"operator:Zürich-co\"} 5.0",
            "auriga_duties_missed_twice{scope=\"network\"} 1.0",
            "auriga_duties_missed_twice{scope=\"watched\"} 1.0");
  }

  @Test
  void onlyFinalEpochsGrowTheCountersAndEachOnce() {
    Exporter exporter = exporter(false, 0);
    exporter.take(epoch(7, Stage.CLOSED, 1, 2, 3), ten());
    exporter.take(epoch(7, Stage.CLOSED, 1), ten());
    assertThat(series()).noneMatch(line -> line.startsWith("auriga_duties_missed_total"));
    exporter.take(epoch(7, Stage.FINAL, 1), ten());
    exporter.take(epoch(7, Stage.FINAL, 1), ten());
    exporter.take(epoch(8, Stage.FINAL, 1, 600), ten());
    assertThat(series())
        .contains(
            "auriga_duties_missed_total{duty=\"inclusion\",scope=\"network\"} 3.0",
            "auriga_duties_missed_total{duty=\"inclusion\",scope=\"watched\"} 2.0",
            "auriga_duties_owed_total{duty=\"inclusion\",scope=\"watched\"} 20.0",
            "auriga_duties_inclusion_distance_slots_bucket{scope=\"watched\",le=\"1.0\"} 18",
            "auriga_duties_inclusion_distance_slots_bucket{scope=\"watched\",le=\"+Inf\"} 18",
            "auriga_duties_inclusion_distance_slots_count{scope=\"watched\"} 18",
            "auriga_duties_inclusion_distance_slots_sum{scope=\"watched\"} 18.0");
  }

  @Test
  void anOlderEpochThatBecomesFinalDoesNotReplaceTheNewest() {
    Exporter exporter = exporter(false, 0);
    exporter.take(epoch(9, Stage.CLOSED, 4), ten());
    exporter.take(epoch(7, Stage.FINAL), ten());
    assertThat(series())
        .contains(
            "auriga_duties_epoch 9.0",
            "auriga_duties_epoch_missed{duty=\"inclusion\",scope=\"watched\"} 1.0",
            "auriga_duties_owed_total{duty=\"inclusion\",scope=\"watched\"} 10.0");
  }

  @Test
  void servesTheNamesOfTheWatcherAndOfTheMonitorIfAsked() {
    Exporter exporter = exporter(true, 0);
    EpochDuties duties =
        new SampleEpoch(7, 640)
            .missed(0)
            .late(1, 3)
            .proposal(2, Proposal.Outcome.MISSED)
            .duties(Stage.FINAL);
    exporter.take(duties, ten());
    exporter.upcoming(new int[] {3, 4, 3, 600}, ten());
    assertThat(series())
        .contains(
            "eth_future_block_proposals{network=\"mainnet\",scope=\"scope:all-network\"} 4.0",
            "eth_future_block_proposals{network=\"mainnet\",scope=\"scope:watched\"} 3.0",
            "eth_future_block_proposals{network=\"mainnet\",scope=\"group:even\"} 1.0",
            "eth_block_proposals_head_total{network=\"mainnet\",scope=\"scope:watched\"} 9.0",
            "eth_missed_block_proposals_head_total{network=\"mainnet\",scope=\"scope:watched\"}"
                + " 1.0",
            "eth_epoch{network=\"mainnet\"} 7.0",
            "eth_missed_attestations{network=\"mainnet\",scope=\"scope:watched\"} 1.0",
            "eth_missed_attestations{network=\"mainnet\",scope=\"scope:all-network\"} 1.0",
            "eth_missed_consecutive_attestations{network=\"mainnet\",scope=\"group:even\"} 0.0",
            "eth_suboptimal_sources_rate{network=\"mainnet\",scope=\"scope:watched\"} 10.0",
            "eth_suboptimal_targets_rate{network=\"mainnet\",scope=\"scope:watched\"} 10.0",
            "eth_suboptimal_heads_rate{network=\"mainnet\",scope=\"scope:watched\"} 20.0",
            "eth_block_proposals_finalized_total{network=\"mainnet\",scope=\"scope:watched\"} 9.0",
            "eth_missed_block_proposals_finalized_total{network=\"mainnet\",scope=\"scope:watched\"}"
                + " 1.0",
            "validator_monitor_prev_epoch_on_chain_attester_hit{validator=\"total\"} 9.0",
            "validator_monitor_prev_epoch_on_chain_attester_miss{validator=\"total\"} 1.0",
            "validator_monitor_prev_epoch_on_chain_head_attester_miss{validator=\"total\"} 2.0");
  }

  @Test
  void aHundredThousandWatchedValidatorsMakeNoMoreSeriesThanTen() {
    Exporter exporter = exporter(true, 0);
    exporter.take(
        new SampleEpoch(7, 100_000).duties(Stage.FINAL),
        SampleEpoch.watched(100_000, i -> new TreeSet<>(List.of(Label.ofGroup("g" + i % 100)))));
    // For each of 102 scopes: 2 x 5 of the epoch, 2 x 5 growing, 2 others, 10 of a histogram, and
    // at most 10 aliases; and some for all.
    assertThat(series()).hasSizeBetween(2_000, 102 * 42 + 20);
    assertThat(series()).noneMatch(line -> line.contains("validator=\"1"));
  }

  @Test
  void validatorsGetSeriesUpToTheLimitAndWhatIsLeftOutIsCounted() {
    Exporter exporter = exporter(false, 1_000);
    exporter.take(
        new SampleEpoch(7, 100_000).missed(5).late(6, 3).idle(7).duties(Stage.CLOSED),
        SampleEpoch.watched(100_000, i -> new TreeSet<>()));
    assertThat(series())
        .contains(
            "auriga_validator_missed{validator=\"5\"} 1.0",
            "auriga_validator_missed{validator=\"999\"} 0.0",
            "auriga_validator_inclusion_distance_slots{validator=\"6\"} 3.0",
            "auriga_validator_left_out 99000.0")
        .noneMatch(line -> line.contains("validator=\"7\"") || line.contains("validator=\"1000\""));
    assertThatIllegalArgumentException().isThrownBy(() -> exporter(false, 1_001));
  }

  @Test
  void aLabelThatNobodyHasAnyMoreIsGoneWithTheNextEpoch() {
    Exporter exporter = exporter(false, 0);
    exporter.take(epoch(7, Stage.FINAL), ten());
    assertThat(series()).anyMatch(line -> line.contains("group:even"));
    exporter.take(epoch(8, Stage.FINAL), SampleEpoch.watched(3, i -> new TreeSet<>()));
    assertThat(series()).noneMatch(line -> line.contains("group:even"));
  }

  @Test
  void proposalsAtTheHeadAreCountedOnceHoweverOftenTheirEpochComes() {
    Exporter exporter = exporter(true, 0);
    String missed =
        "eth_missed_block_proposals_head_total{network=\"mainnet\",scope=\"scope:watched\"} ";
    EpochDuties first =
        new SampleEpoch(7, 640).proposal(2, Proposal.Outcome.MISSED).duties(Stage.CLOSED);
    exporter.take(first, ten());
    exporter.take(epoch(7, Stage.CLOSED), ten());
    exporter.take(epoch(7, Stage.FINAL), ten());
    assertThat(value(series(), missed)).isEqualTo("1.0");
    exporter.take(
        new SampleEpoch(8, 640).proposal(3, Proposal.Outcome.MISSED).duties(Stage.CLOSED), ten());
    assertThat(value(series(), missed)).isEqualTo("2.0");
  }

  @Test
  void aScrapeSeesOneListWholeWhileItIsReadAnew() throws InterruptedException {
    Exporter exporter = exporter(true, 10);
    Watched wide = ten();
    Watched narrow = SampleEpoch.watched(3, _ -> new TreeSet<>(List.of(Label.ofGroup("odd"))));
    exporter.take(epoch(1, Stage.CLOSED), wide);
    AtomicBoolean done = new AtomicBoolean();
    Thread reloads =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int epoch = 2; !done.get(); epoch++) {
                    exporter.take(epoch(epoch, Stage.CLOSED), epoch % 2 == 0 ? narrow : wide);
                  }
                });
    Set<String> seen = new TreeSet<>();
    for (int i = 0; (i < 2_000 && seen.size() < 2) || i < 50; i++) {
      List<String> scrape = series();
      String owed =
          value(scrape, "auriga_duties_epoch_owed{duty=\"inclusion\",scope=\"watched\"} ");
      seen.add(owed);
      assertThat(scrape.stream().anyMatch(line -> line.contains("group:even")))
          .isEqualTo(owed.equals("10.0"));
      assertThat(scrape.stream().anyMatch(line -> line.contains("group:odd")))
          .isEqualTo(owed.equals("3.0"));
      assertThat(
              scrape.stream().filter(line -> line.startsWith("auriga_validator_missed{")).count())
          .isEqualTo(owed.equals("10.0") ? 10 : 3);
    }
    done.set(true);
    assertThat(reloads.join(Duration.ofSeconds(30))).isTrue();
    assertThat(seen).containsExactly("10.0", "3.0");
  }

  @Test
  void aScrapeSeesOneEpochWholeWhileOthersCome() throws InterruptedException {
    Exporter exporter = exporter(true, 0);
    Watched watched = ten();
    exporter.take(sized(1), watched);
    AtomicBoolean done = new AtomicBoolean();
    AtomicLong last = new AtomicLong(1);
    Thread coming =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!done.get()) {
                    exporter.take(sized(last.incrementAndGet()), watched);
                  }
                });
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      List<String> scrape = series();
      String epoch = value(scrape, "auriga_duties_epoch ");
      seen.add(epoch);
      double size = 32 + Double.parseDouble(epoch) % 500;
      assertThat(value(scrape, "auriga_duties_epoch_owed{duty=\"inclusion\",scope=\"network\"} "))
          .isEqualTo(Double.toString(size));
      assertThat(value(scrape, "eth_epoch{network=\"mainnet\"} ")).isEqualTo(epoch);
    }
    done.set(true);
    coming.join();
    assertThat(seen).as("epochs came meanwhile").hasSizeGreaterThan(1);
  }

  /** An epoch with a number of validators that tells it from those beside it. */
  private static EpochDuties sized(long epoch) {
    return new SampleEpoch(epoch, 32 + (int) (epoch % 500)).duties(Stage.CLOSED);
  }

  private static String value(List<String> scrape, String series) {
    return scrape.stream()
        .filter(line -> line.startsWith(series))
        .map(line -> line.substring(series.length()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isValidForPrometheusInBothFormats() throws IOException, InterruptedException {
    Exporter exporter = exporter(true, 3);
    exporter.take(epoch(7, Stage.FINAL, 1), ten());
    OpenMetricsText.check(String.join("\n", lines(OPEN)));
    assertThat(Exposition.of(metrics, OPEN).contentType()).startsWith("application/openmetrics");
    assertThat(Exposition.of(metrics, "text/plain").contentType()).startsWith("text/plain");
    Process process;
    try {
      process =
          new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    } catch (IOException absent) {
      System.err.println("NOT TESTED: promtool (Debian's prometheus package) is not installed");
      abort("NOT TESTED: promtool (Debian's prometheus package) is not installed");
      return;
    }
    try (var in = process.getOutputStream()) {
      in.write(Exposition.of(metrics, "").body());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(said.lines().filter(line -> line.startsWith("auriga_") || line.contains("error")))
        .as("what promtool finds in our own names")
        .isEmpty();
  }

  @Test
  void theExampleServesWhatItIsGiven() {
    ExporterExample example = new ExporterExample();
    example.counted(epoch(7, Stage.CLOSED, 2), ten());
    assertThat(new String(example.scrape(OPEN).body(), StandardCharsets.UTF_8))
        .contains("auriga_validator_missed{validator=\"2\"} 1.0")
        .endsWith("# EOF\n");
  }
}
