package io.auriga.withdrawals.expected;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.withdrawals.expected.ReplayVerdict.NotProvable;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;

/** Counts verdicts. */
public final class ReplayMetrics {
  private final Counter verdicts;
  private final Counter notProvable;

  public ReplayMetrics(Metrics metrics) {
    verdicts =
        metrics.counter(
            "auriga_withdrawals_replayed_total",
            "Blocks whose withdrawals were recomputed from what a beacon node says of the state"
                + " before them: reproduced, confirmed (by the node's own computation), differs or"
                + " not-provable.",
            "verdict");
    notProvable =
        metrics.counter(
            "auriga_withdrawals_not_provable_total",
            "Blocks of which nothing could be said, by reason: parent, epoch, sweep, state, node or"
                + " time.",
            "reason");
    for (String verdict : List.of("reproduced", "confirmed", "differs", "not-provable")) {
      verdicts.initLabelValues(verdict);
    }
    for (Reason reason : Reason.values()) {
      notProvable.initLabelValues(reason.text());
    }
  }

  void count(ReplayVerdict verdict) {
    verdicts.labelValues(verdict.text()).inc();
    if (verdict instanceof NotProvable(Reason reason, String _)) {
      notProvable.labelValues(reason.text()).inc();
    }
  }
}
