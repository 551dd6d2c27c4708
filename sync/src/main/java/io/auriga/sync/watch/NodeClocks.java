package io.auriga.sync.watch;

import io.auriga.clients.http.ExchangeObserver;
import io.auriga.clients.http.ExchangeTiming;
import io.auriga.clients.http.HttpAnswer;
import io.auriga.sync.clock.ClockBound;
import io.auriga.sync.clock.ClockFilter;
import io.auriga.sync.clock.ClockSample;
import io.auriga.sync.clock.SyncStamps;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every exchange with a node, measured: how long it took, and what it tells of the node's clock.
 */
public final class NodeClocks {
  private final SyncMetrics metrics;
  private final Map<String, ClockFilter> filters = new ConcurrentHashMap<>();

  public NodeClocks(SyncMetrics metrics) {
    this.metrics = metrics;
  }

  /** To be told of the exchanges with one node. */
  public ExchangeObserver observer(String node) {
    ClockFilter filter = filters.computeIfAbsent(node, _ -> new ClockFilter());
    return new ExchangeObserver() {
      @Override
      public void exchanged(HttpAnswer answer, ExchangeTiming timing) {
        metrics.exchanged(node, timing);
        ClockSample.of(answer).ifPresent(filter::add);
        SyncStamps.of(answer).ifPresent(stamps -> metrics.article(node, stamps.articleFormula()));
      }

      @Override
      public void decoded(Duration took) {
        metrics.decoded(node, took);
      }
    };
  }

  /** What is known now, by node. */
  public Map<String, ClockBound> bounds(Instant now) {
    Map<String, ClockBound> known = new LinkedHashMap<>();
    filters.forEach(
        (node, filter) ->
            filter
                .bound(now)
                .ifPresent(
                    bound -> {
                      known.put(node, bound);
                      metrics.clock(node, bound);
                    }));
    return known;
  }
}
