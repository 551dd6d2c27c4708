package io.auriga.withdrawals.kind;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.Store;
import io.auriga.withdrawals.KindEvidence;
import io.auriga.withdrawals.WithdrawalKind;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;

/** Counts what was judged. */
public final class KindMetrics {
  private final Counter judged;

  public KindMetrics(Metrics metrics, Store store) {
    judged =
        metrics.counter(
            "auriga_withdrawals_kinds_total",
            "Withdrawals judged since the start: full, partial-sweep, partial-request or unknown."
                + " One that is judged again once it is final counts again.",
            "kind");
    for (WithdrawalKind kind : WithdrawalKind.values()) {
      if (kind != WithdrawalKind.BUILDER) {
        judged.initLabelValues(kind.wireName());
      }
    }
    metrics.gauge(
        "auriga_withdrawals_kinds_open_blocks",
        "Blocks with a withdrawal whose kind is not proven yet; they are looked at again once they"
            + " are final.",
        () -> (double) KindStore.open(store));
  }

  void judged(List<KindEvidence> evidence) {
    evidence.forEach(one -> judged.labelValues(one.kind().wireName()).inc());
  }
}
