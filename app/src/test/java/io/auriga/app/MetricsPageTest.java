package io.auriga.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.house.Project;
import io.auriga.clients.Hedge;
import io.auriga.runtime.metrics.HttpMetrics;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.Store;
import io.auriga.sync.relay.RelayMetrics;
import io.auriga.sync.watch.SyncMetrics;
import io.auriga.types.SlotClock;
import io.auriga.validators.exporter.Exporter;
import io.auriga.validators.rewards.RewardMetrics;
import io.auriga.validators.slashing.SlashingMetrics;
import io.auriga.validators.slo.SloMetrics;
import io.auriga.validators.slo.SloReport;
import io.auriga.validators.watched.WatchMetrics;
import io.auriga.validators.watched.Watched;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalMetrics;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.expected.ReplayMetrics;
import io.auriga.withdrawals.kind.KindMetrics;
import io.auriga.withdrawals.prediction.PredictionMetrics;
import io.auriga.withdrawals.reconcile.ReconcileMetrics;
import io.auriga.withdrawals.reconcile.ReconcileQueries;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keeps {@code docs/reference/metrics.md} true. Names, types, labels and meanings come from the
 * program; what is healthy and what a deviation suggests is written by hand in {@code
 * metric-advice.txt}. To write the page anew: {@code -Dauriga.docs=write}.
 */
class MetricsPageTest {
  private static final String PAGE = "docs/reference/metrics.md";

  @TempDir private Path folder;
  private List<Metrics.Description> descriptions = List.of();
  private List<Metrics.Description> aliases = List.of();

  /** As {@link Platform} makes them. */
  @BeforeEach
  void describe() {
    Metrics metrics = new Metrics(new PrometheusRegistry());
    InstantSource time = InstantSource.fixed(Instant.EPOCH);
    new ChainMetrics(metrics, new SlotClock(Instant.EPOCH, Duration.ofSeconds(12), time))
        .withAliases(metrics);
    new HttpMetrics(metrics);
    new HedgeMetrics(metrics, new Hedge(1), new Hedge(1));
    new ReplayMetrics(metrics);
    new RelayMetrics(metrics);
    try (Store store = Store.open("sqlite:" + folder, WithdrawalLedger.MIGRATIONS);
        NodeWatch watch =
            new NodeWatch(
                List.of(), List.of(), Duration.ofSeconds(6), time, NodeLooks.NONE, metrics)) {
      assertThat(watch.snapshots()).isEmpty();
      new PredictionMetrics(metrics);
      new SloMetrics(
          metrics,
          () ->
              new SloReport(
                  Optional.empty(), Optional.empty(), Duration.ofSeconds(384), List.of()));
      new Exporter(metrics, new Exporter.Options("mainnet", true, 1), time);
      new RewardMetrics(metrics, 1);
      new QueueAliases(new StatesOfNobody(), Duration.ofSeconds(384)).register(metrics, "mainnet");
      new WatchMetrics(metrics, () -> Watched.NOBODY);
      new WithdrawalMetrics(metrics, new WithdrawalQueries(store));
      new KindMetrics(metrics, store);
      new SlashingMetrics(metrics);
      new SyncMetrics(metrics);
      new ReconcileMetrics(metrics, new ReconcileQueries(store));
      descriptions = metrics.descriptions();
      aliases = metrics.aliases();
    }
  }

  @Test
  void saysOfEveryMetricWhatIsHealthyAndWhatADeviationSuggests() {
    assertThat(advice().keySet())
        .containsExactlyElementsOf(descriptions.stream().map(Metrics.Description::name).toList());
  }

  @Test
  void dashboardsAndRulesAskOnlyForWhatIsServed() {
    Set<String> served = new HashSet<>();
    for (Metrics.Description metric : descriptions) {
      served.add(metric.name());
      if (metric.type().equals("histogram")) {
        served.addAll(
            List.of(metric.name() + "_bucket", metric.name() + "_sum", metric.name() + "_count"));
      }
    }
    Pattern name = Pattern.compile("\\bauriga_[a-z0-9_]+");
    List<Path> sources =
        Stream.of(".json", ".yml")
            .flatMap(suffix -> Project.files(Project.root().resolve("deploy"), suffix))
            .toList();
    assertThat(sources).hasSizeGreaterThanOrEqualTo(4);
    for (Path source : sources) {
      assertThat(name.matcher(Project.read(source)).results().map(MatchResult::group))
          .as(source.toString())
          .isNotEmpty()
          .allMatch(served::contains);
    }
  }

  @Test
  void thePageListsWhatIsServed() {
    String expected = page();
    assertThat(Project.page(PAGE, expected))
        .as(PAGE + "; run with -Dauriga.docs=write to write it anew")
        .isEqualTo(expected);
  }

  private String page() {
    Map<String, Advice> advice = advice();
    StringBuilder page =
        new StringBuilder(
            """
            # Metrics

            `GET /metrics` gives these to Prometheus, beside those of the JVM (`jvm_*`, `process_*`) under their
            usual names, as Prometheus's text, as OpenMetrics or in its binary format, whichever the scraper asks for.
            In the binary format histograms are native as well, with at most 160 buckets each, but for
            `auriga_duties_inclusion_distance_slots`, whose sizes are whole slots. Times are in seconds, amounts in Gwei. A metric that was never touched may be absent: treat absence as 0 in alerts.

            There are as many series as scopes allow, and not as validators: a scope is `network`, `watched`, or one of at
            most 256 groups and labels. Validators get series of their own only with `metrics.validators`, for at most
            1,000 of them; how many were left out is `auriga_validator_left_out`. Grafana dashboards are in
            `deploy/grafana`.

            Alert rules worth having on each Auriga, with their own tests, are in `deploy/prometheus/auriga.rules.yml`;
            add one for the process being down. `auriga validators slo --rules` writes them for your configuration.

            """);
    for (Metrics.Description metric : descriptions) {
      Advice of = advice.get(metric.name());
      page.append("## ").append(metric.name()).append("\n\n");
      page.append(metric.type());
      if (!metric.labels().isEmpty()) {
        page.append(
            metric.labels().stream()
                .map("`%s`"::formatted)
                .collect(Collectors.joining(", ", ", by ", "")));
      }
      page.append(". ").append(metric.help()).append("\n\n");
      if (of != null) {
        page.append("- Healthy: ").append(of.healthy()).append('\n');
        page.append("- Otherwise: ").append(of.otherwise()).append("\n\n");
      }
    }
    page.append(
        """
        # Names of other software

        With `metrics.aliases: true` the same numbers are also given under names, labels and units that the dashboards of
        eth-validator-watcher (rates are percentages; `scope:watched`, `scope:all-network`, and your labels), of Lighthouse's
        validator monitor (`validator="total"`) and of consensus clients (`beacon_*`) know. Counters of final epochs only grow. Queues are asked of a node
        once an epoch. Not there, because what we know is not what the name says: prices and rewards; what looks at a slot before its
        attestations can have come; `validator_monitor_sync_committee_*`, which count messages of the gossip network that no node passes
        on (sync committee seats by blocks are `auriga_duties_owed_total{duty="sync"}`); `beacon_block_delay_*` and Teku's
        `block_import_delay_latest`, which are the steps of a node's own import (`auriga_chain_commit_mark_seconds` is when a block was
        verified here).

        | name | type | labels | what it is |
        | --- | --- | --- | --- |
        """);
    for (Metrics.Description alias : aliases) {
      page.append(
          "| `%s` | %s | %s | %s |%n"
              .formatted(
                  alias.name(),
                  alias.type(),
                  alias.labels().stream().map("`%s`"::formatted).collect(Collectors.joining(", ")),
                  alias.help()));
    }
    return page.toString().stripTrailing() + "\n";
  }

  private record Advice(String healthy, String otherwise) {}

  private static Map<String, Advice> advice() {
    Map<String, Advice> advice = new TreeMap<>();
    for (String line : resource().lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] parts = line.split("\\s*\\|\\s*", -1);
      assertThat(parts).as(line).hasSize(3).noneMatch(String::isBlank);
      assertThat(advice.put(parts[0], new Advice(parts[1], parts[2]))).as(line).isNull();
    }
    return advice;
  }

  private static String resource() {
    try (InputStream stream = MetricsPageTest.class.getResourceAsStream("metric-advice.txt")) {
      assertThat(stream).isNotNull();
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
