package io.auriga.sync.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.sync.relay.http.Head;
import io.auriga.sync.relay.scan.AnswerScanner;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TapTest {
  @Test
  void countsACallWhoseFactsBreakAndGoesOnWithoutThem() {
    PrometheusRegistry registry = new PrometheusRegistry();
    Supplier<String> broken =
        () -> {
          throw new IllegalStateException("a defect");
        };
    try (Tap tap =
        Tap.of(new Head(), new AnswerScanner(), new RelayMetrics(new Metrics(registry)))) {
      assertThat(tap.read(broken, "none")).isEqualTo("none");
      assertThat(tap.read(() -> "facts", "none")).isEqualTo("facts");
    }
    assertThat(registry.scrape(name -> name.startsWith("auriga_relay_observations_lost")))
        .singleElement()
        .isInstanceOfSatisfying(
            CounterSnapshot.class,
            lost ->
                assertThat(lost.getDataPoints())
                    .singleElement()
                    .satisfies(
                        point -> {
                          assertThat(point.getLabels().get("reason")).isEqualTo("scan-failed");
                          assertThat(point.getValue()).isEqualTo(1);
                        }));
  }
}
