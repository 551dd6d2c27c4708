package io.auriga.sync.relay;

import io.auriga.runtime.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the relay counts. */
public final class RelayMetrics {
  private static final List<Double> BOUNDS =
      List.of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0);
  private static final Logger LOG = LoggerFactory.getLogger(RelayMetrics.class);
  private static final double NANOS_PER_SECOND = 1e9;

  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Counter calls;
  private final Histogram duration;
  private final Histogram execution;
  private final Counter bytes;
  private final Counter statuses;
  private final Counter refused;
  private final Counter lost;
  private final Counter failovers;
  private final Counter disagreements;
  private final Counter dropped;
  private final Gauge ready;
  private final Gauge connections;

  public RelayMetrics(Metrics metrics) {
    this.calls =
        metrics.counter(
            "auriga_relay_calls_total",
            "Calls to execution clients, by whether the consensus client got this answer"
                + " (passed) or not (mirrored), and how they ended.",
            "execution",
            "method",
            "role",
            "outcome");
    this.duration =
        metrics.histogram(
            "auriga_relay_call_duration_seconds",
            "Time from a request's first byte to its answer's last.",
            BOUNDS,
            "execution",
            "method");
    this.execution =
        metrics.histogram(
            "auriga_relay_execution_duration_seconds",
            "Time from a request's last byte to its answer's first: the execution client's own.",
            BOUNDS,
            "execution",
            "method");
    this.bytes =
        metrics.counter(
            "auriga_relay_bytes_total",
            "Bytes of bodies: to the execution client (request) and from it (answer).",
            "execution",
            "direction");
    this.statuses =
        metrics.counter(
            "auriga_relay_payload_status_total",
            "What execution clients said of payloads.",
            "execution",
            "method",
            "status");
    this.refused =
        metrics.counter(
            "auriga_relay_refused_total",
            "Requests that were not passed on, by the code of the reason.",
            "code");
    this.lost =
        metrics.counter(
            "auriga_relay_observations_lost_total",
            "Calls that passed as they should, but that Auriga's own part did not look into.",
            "reason");
    this.failovers =
        metrics.counter(
            "auriga_relay_failovers_total",
            "Answers that came from another execution client than the preferred one, which had"
                + " failed or did not know.",
            "execution");
    this.disagreements =
        metrics.counter(
            "auriga_relay_disagreements_total",
            "Payloads that one execution client called valid and another invalid.");
    this.dropped =
        metrics.counter(
            "auriga_relay_mirror_dropped_total",
            "Calls in which an execution client fell too far behind the others to be told the"
                + " rest.",
            "execution");
    this.ready =
        metrics.gauge(
            "auriga_relay_execution_up",
            "Whether an execution client answered the last call to it.",
            "execution");
    this.connections =
        metrics.gauge(
            "auriga_relay_connections", "Connections of consensus clients that are open.");
  }

  void called(RelayedCall call) {
    String method = call.method().label();
    calls
        .labelValues(
            call.execution(), method, call.passed() ? "passed" : "mirrored", call.outcome().label())
        .inc();
    bytes.labelValues(call.execution(), "request").inc(call.requestBytes());
    bytes.labelValues(call.execution(), "answer").inc(call.answerBytes());
    if (call.outcome() == RelayedCall.Outcome.ANSWERED) {
      duration.labelValues(call.execution(), method).observe(seconds(call.timing().ended()));
      execution
          .labelValues(call.execution(), method)
          .observe(seconds(call.timing().answerBegan().minus(call.timing().sent())));
    }
    call.answer()
        .status()
        .ifPresent(status -> statuses.labelValues(call.execution(), method, status.name()).inc());
  }

  private static double seconds(Duration time) {
    return time.toNanos() / NANOS_PER_SECOND;
  }

  void refused(RelayError error) {
    refused.labelValues(error.code()).inc();
  }

  /** Counts a call that was not looked into; how that came about is told the first time. */
  void lost(String reason, @Nullable Throwable defect) {
    lost.labelValues(reason).inc();
    if (told.add(reason)) {
      LOG.atWarn()
          .addKeyValue("reason", reason)
          .setCause(defect)
          .log("A call passes that is not looked into; the next ones are only counted");
    }
  }

  void failedOver(String execution) {
    failovers.labelValues(execution).inc();
  }

  void disagreed() {
    disagreements.inc();
  }

  void dropped(String execution) {
    dropped.labelValues(execution).inc();
  }

  void answered(String execution, boolean answered) {
    ready.labelValues(execution).set(answered ? 1 : 0);
  }

  void connected(int change) {
    connections.inc(change);
  }
}
