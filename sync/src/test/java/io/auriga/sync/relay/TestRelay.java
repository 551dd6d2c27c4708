package io.auriga.sync.relay;

import io.auriga.runtime.metrics.Metrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A relay on a free port, before scripted execution clients. */
final class TestRelay implements AutoCloseable {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  final Relay relay;

  TestRelay(ScriptedExecution... executions) {
    this(UnaryOperator.identity(), List.of(), executions);
  }

  TestRelay(
      UnaryOperator<RelayConfig> settings,
      List<RelayObserver> observers,
      ScriptedExecution... executions) {
    this(settings, observers, configs(executions));
  }

  TestRelay(
      UnaryOperator<RelayConfig> settings,
      List<RelayObserver> observers,
      List<ExecutionConfig> executions) {
    RelayConfig config = RelayConfig.of(loopback(), ConsensusSocket.SECRET, executions);
    relay =
        Relay.start(
            settings.apply(config),
            InstantSource.system(),
            new RelayMetrics(new Metrics(registry)),
            observers);
  }

  private static List<ExecutionConfig> configs(ScriptedExecution... executions) {
    List<ExecutionConfig> configs = new ArrayList<>();
    for (ScriptedExecution one : executions) {
      configs.add(one.config("el-" + configs.size()));
    }
    return configs;
  }

  private static InetSocketAddress loopback() {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  URI uri() {
    return relay.uri();
  }

  /** The sum of a counter's series that have this value of any label. */
  double count(String name, String label) {
    double sum = 0;
    for (MetricSnapshot metric : registry.scrape()) {
      if (metric.getMetadata().getName().equals(name.replaceFirst("_total$", ""))
          && metric instanceof CounterSnapshot counter) {
        for (var point : counter.getDataPoints()) {
          if (point.getLabels().stream().anyMatch(one -> one.getValue().equals(label))) {
            sum += point.getValue();
          }
        }
      }
    }
    return sum;
  }

  @Override
  public void close() {
    relay.close();
  }
}
