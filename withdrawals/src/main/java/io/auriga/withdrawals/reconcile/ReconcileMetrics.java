package io.auriga.withdrawals.reconcile;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.Slot;
import io.auriga.withdrawals.reconcile.CheckResult.Outcome;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import java.util.List;
import java.util.Map;

/** Counts what reconciling found. */
public final class ReconcileMetrics {
  private final Counter checks;
  private final Gauge open;
  private final Gauge slot;

  public ReconcileMetrics(Metrics metrics, ReconcileQueries queries) {
    checks =
        metrics.counter(
            "auriga_reconcile_checks_total",
            "Checks since the start, by what was compared and how it ended: proven, unprovable or"
                + " diverged.",
            "check",
            "outcome");
    open =
        metrics.gauge(
            "auriga_reconcile_divergences_open",
            "Divergences that are not resolved. Should be 0.",
            "check");
    slot =
        metrics.gauge(
            "auriga_reconcile_slot", "Slot of the newest block whose withdrawals were checked.");
    divergences(queries.open());
  }

  void checked(Slot block, List<CheckResult> results) {
    slot.set((double) block.value());
    checked(results);
  }

  void checked(List<CheckResult> results) {
    for (CheckResult result : results) {
      String outcome =
          switch (result.outcome()) {
            case Outcome.Proven() -> "proven";
            case Outcome.NotProvable _ -> "unprovable";
            case Outcome.Diverged _ -> "diverged";
          };
      checks.labelValues(result.code().check(), outcome).inc();
    }
  }

  void divergences(Map<ReconcileError, Long> found) {
    found.forEach((code, count) -> open.labelValues(code.check()).set((double) count));
  }
}
