package io.auriga.withdrawals.prediction;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.withdrawals.prediction.Prediction.Kind;
import io.auriga.withdrawals.prediction.PredictionBook.Entry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import java.util.List;

/** How good the predictions are, for those who watch the watcher. */
public final class PredictionMetrics {
  private final Counter outcomes;
  private final Gauge error;
  private final Gauge held;
  private final Gauge open;

  public PredictionMetrics(Metrics metrics) {
    outcomes =
        metrics.counter(
            "auriga_withdrawals_prediction_outcomes_total",
            "Predictions whose payment came, by kind: sweep, partial or full. One that is taken"
                + " back by a reorg and comes again counts again.",
            "kind");
    error =
        metrics.gauge(
            "auriga_withdrawals_prediction_error_ratio",
            "By how much the latest predictions erred, as a share of the time they looked ahead:"
                + " the quantile 0.5 or 0.9 of up to 2,000 outcomes.",
            "kind",
            "quantile");
    held =
        metrics.gauge(
            "auriga_withdrawals_prediction_held_ratio",
            "The share of the latest outcomes that lay in the 90 % interval that was given for"
                + " them, of the slot or of the amount.",
            "kind",
            "of");
    open =
        metrics.gauge(
            "auriga_withdrawals_prediction_open", "Predictions that wait for their payment.");
    for (Kind kind : Kind.values()) {
      outcomes.initLabelValues(kind.lowerName());
    }
  }

  void scored(List<Entry> entries) {
    entries.forEach(entry -> outcomes.labelValues(entry.prediction().kind().lowerName()).inc());
  }

  void quality(PredictionQuality quality) {
    open.set((double) quality.open());
    quality
        .kinds()
        .forEach(
            (kind, figures) -> {
              String name = kind.lowerName();
              error.labelValues(name, "0.5").set(figures.medianError());
              error.labelValues(name, "0.9").set(figures.highError());
              held.labelValues(name, "slot").set(figures.slotsHeld());
              held.labelValues(name, "amount").set(figures.amountsHeld());
            });
  }
}
