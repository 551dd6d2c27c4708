package io.auriga.validators.slo;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.validators.slo.SloReport.Line;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * How the objectives stand, in numbers. Series are as many as scopes (at most 258) times objectives
 * (at most 5), and for some metrics windows (9).
 */
public final class SloMetrics {
  private final Supplier<SloReport> report;

  /**
   * @param report asked at each scrape
   */
  public SloMetrics(Metrics metrics, Supplier<SloReport> report) {
    this.report = Metrics.steady(report);
    each(
        metrics,
        "auriga_slo_objective_ratio",
        "The share of duties that is to be done.",
        line -> line.objective().target());
    each(
        metrics,
        "auriga_slo_budget_left_ratio",
        "The share that is left of what may be missed in 30 days; below 0 where more was missed.",
        line -> line.budget().left().orElse(Double.NaN));
    each(
        metrics,
        "auriga_slo_budget_gone_seconds",
        "Time until the budget is gone at the rate of the last six hours; +Inf if it lasts.",
        line ->
            line.budget()
                .goneIn()
                .map(gone -> (double) gone.toSeconds())
                .orElse(Double.POSITIVE_INFINITY));
    windows(
        metrics,
        "auriga_slo_duties",
        "Duties owed within a window.",
        stretch -> stretch.count().total());
    windows(metrics, "auriga_slo_missed", "Of them, missed.", stretch -> stretch.count().missed());
    windows(
        metrics,
        "auriga_slo_missed_shared",
        "Of the missed, those that a third of the network missed as well; no alert counts them.",
        stretch -> stretch.count().shared());
    windows(
        metrics,
        "auriga_slo_network_missed_ratio",
        "The share of the same duties that the whole network missed.",
        stretch -> stretch.network().missed() / (double) stretch.network().total());
    windows(
        metrics,
        "auriga_slo_burn_rate",
        "How many times as fast as the budget lasts it is spent; 1 spends it in 30 days.",
        stretch -> stretch.burn().orElse(0.0));
    windows(
        metrics,
        "auriga_slo_chance",
        "How probable so many own misses, or more, would be if the objective was met: an exact"
            + " binomial tail.",
        SloReport.Stretch::chance);
    metrics.gauge(
        "auriga_slo_alert",
        "1 while a rule of the severity holds.",
        values -> {
          for (Line line : this.report.get().lines()) {
            for (BurnRule.Severity severity : BurnRule.Severity.values()) {
              boolean holds =
                  line.alerts().stream().anyMatch(alert -> alert.rule().severity() == severity);
              values.put(
                  holds ? 1 : 0,
                  line.scope(),
                  line.objective().indicator().lowerName(),
                  severity.lowerName());
            }
          }
        },
        "scope",
        "objective",
        "severity");
    metrics.gauge(
        "auriga_slo_epoch",
        "The newest epoch that is counted; -1 before the first.",
        () -> this.report.get().epoch().map(epoch -> (double) epoch.value()).orElse(-1.0));
    metrics.gauge(
        "auriga_slo_last_success_timestamp_seconds",
        "When an epoch was last counted; 0 before the first.",
        () -> this.report.get().at().map(Instant::getEpochSecond).orElse(0L));
  }

  private void each(
      Metrics metrics, String name, String help, java.util.function.ToDoubleFunction<Line> value) {
    metrics.gauge(
        name,
        help,
        values -> {
          for (Line line : this.report.get().lines()) {
            values.put(
                value.applyAsDouble(line), line.scope(), line.objective().indicator().lowerName());
          }
        },
        "scope",
        "objective");
  }

  private void windows(
      Metrics metrics,
      String name,
      String help,
      java.util.function.ToDoubleFunction<SloReport.Stretch> value) {
    metrics.gauge(
        name,
        help,
        values -> {
          for (Line line : this.report.get().lines()) {
            line.windows()
                .forEach(
                    (window, stretch) ->
                        values.put(
                            value.applyAsDouble(stretch),
                            line.scope(),
                            line.objective().indicator().lowerName(),
                            window.text()));
          }
        },
        "scope",
        "objective",
        "window");
  }
}
