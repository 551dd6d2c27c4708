package io.auriga.validators.watched;

import io.auriga.runtime.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import java.time.Instant;
import java.util.function.Supplier;

/** Who is watched, in numbers, and whether the list is up to date. */
public final class WatchMetrics {
  private final Counter reloads;
  private final Gauge refused;
  private final Gauge lastSuccess;

  /**
   * @param who asked once a scrape, so that all numbers of one are of the same list
   */
  public WatchMetrics(Metrics metrics, Supplier<Watched> who) {
    Supplier<Watched> watched = Metrics.steady(who);
    metrics.gauge(
        "auriga_watch_validators",
        "Validators that are watched, by scope: all, and each group and label.",
        values ->
            watched.get().scopes().forEach((scope, indices) -> values.put(indices.length, scope)),
        "scope");
    metrics.gauge(
        "auriga_watch_pending",
        "Indices, keys and addresses that are named and that the chain does not know yet.",
        () -> watched.get().pending().count());
    metrics.gauge(
        "auriga_watch_findings",
        "Validators with something wrong: in two groups, or said to have another key than before.",
        () -> watched.get().findings().size());
    reloads =
        metrics.counter(
            "auriga_watch_reloads_total",
            "Times that a changed list was read: taken, or refused.",
            "outcome");
    reloads.initLabelValues("taken");
    reloads.initLabelValues("refused");
    refused =
        metrics.gauge(
            "auriga_watch_list_refused",
            "1 while the list as it is now is wrong, and the last good one is in use.");
    lastSuccess =
        metrics.gauge(
            "auriga_watch_last_success_timestamp_seconds",
            "When the list in use was last seen to be what its files say, and when a node last said"
                + " whom it stands for.",
            "step");
  }

  void taken(Instant at) {
    reloads.labelValues("taken").inc();
    refused.set(0);
    looked(at);
  }

  /** The list in use is what the files say. */
  void looked(Instant at) {
    lastSuccess.labelValues("reload").set((double) at.getEpochSecond());
  }

  void refused() {
    reloads.labelValues("refused").inc();
    refused.set(1);
  }

  void resolved(Instant at) {
    lastSuccess.labelValues("resolve").set((double) at.getEpochSecond());
  }
}
