package io.auriga.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our reader passes the cases of the specification, and what we write passes our reader. */
class OpenMetricsTextTest {
  private static boolean reads(String text) {
    try {
      OpenMetricsText.check(text);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  @Test
  void judgesEveryCaseOfTheSpecificationAsItShould() throws IOException {
    Path cases = Path.of(System.getProperty("auriga.vectors", "")).resolve("metrics/openmetrics");
    assumeTrue(Files.isDirectory(cases), () -> "NOT TESTED: no OpenMetrics cases at " + cases);
    List<String> wrong = new ArrayList<>();
    int count = 0;
    try (var folders = Files.list(cases)) {
      for (Path folder : folders.sorted().toList()) {
        boolean should =
            Files.readString(folder.resolve("test.json"))
                .replaceAll("\\s", "")
                .contains("\"shouldParse\":true");
        String text = Files.readString(folder.resolve("metrics"), StandardCharsets.UTF_8);
        if (reads(text) != should) {
          wrong.add(folder.getFileName() + (should ? " was refused" : " was taken"));
        }
        count++;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(count).isGreaterThan(100);
  }

  @Test
  void whatWeServeIsOpenMetricsAlsoWithHostileLabels() {
    Metrics metrics = new Metrics(new PrometheusRegistry()).withJvm();
    Counter counter =
        metrics.counter("auriga_test_things_total", "Things, \"quoted\" \\ so.", "what");
    counter.labelValues("a\"b\\c\nd} 1").inc();
    metrics.histogram("auriga_test_size_bytes", "Sizes.", List.of(1.0, 2.0)).observe(3);
    metrics.gauge("auriga_test_level", "Levels.", values -> values.put(Double.NaN, "x"), "of");
    metrics.histogram(
        "auriga_test_counted_slots",
        "Counted elsewhere.",
        List.of(1.0, 2.0),
        histograms -> histograms.put(new long[] {4, 0, 1}, 9, "x"),
        "of");
    metrics.counter("auriga_test_more_total", "More.", values -> values.put(2, "x"), "of");
    metrics.alias("eth_something", "Others' name.", values -> values.put(1));
    String text =
        new String(
            Exposition.of(metrics, "application/openmetrics-text").body(), StandardCharsets.UTF_8);
    assertThatCode(() -> OpenMetricsText.check(text)).as(text).doesNotThrowAnyException();
    assertThat(text)
        .contains(
            "auriga_test_counted_slots_bucket{of=\"x\",le=\"1.0\"} 4",
            "auriga_test_counted_slots_bucket{of=\"x\",le=\"+Inf\"} 5",
            "auriga_test_counted_slots_sum{of=\"x\"} 9.0",
            "auriga_test_more_total{of=\"x\"} 2.0",
            "eth_something 1.0");
  }
}
