package io.auriga.runtime.metrics;

import io.auriga.runtime.http.RequestObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.List;

/** Counts the requests to the process's own endpoint. */
public final class HttpMetrics implements RequestObserver {
  private static final List<Double> BOUNDS =
      List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);
  private static final double NANOS_PER_SECOND = 1e9;

  private final Counter requests;
  private final Histogram durations;

  public HttpMetrics(Metrics metrics) {
    this.requests =
        metrics.counter(
            "auriga_http_requests_total",
            "Requests answered, by route pattern, method and status.",
            "route",
            "method",
            "status");
    this.durations =
        metrics.histogram(
            "auriga_http_request_duration_seconds",
            "Time from a request to the end of its answer; an event stream counts as a whole.",
            BOUNDS,
            "route");
  }

  @Override
  public void served(String route, String method, int status, Duration duration) {
    requests.labelValues(route, method, Integer.toString(status)).inc();
    durations.labelValues(route).observe(duration.toNanos() / NANOS_PER_SECOND);
  }
}
