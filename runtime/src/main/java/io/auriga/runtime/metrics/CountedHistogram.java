package io.auriga.runtime.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** A histogram whose buckets were counted elsewhere: a million observations are one addition. */
record CountedHistogram(
    String name,
    String help,
    List<Double> bounds,
    Metrics.BucketsReader reader,
    List<String> labelNames)
    implements Collector {
  @Override
  public MetricSnapshot collect() {
    HistogramSnapshot.Builder histogram = HistogramSnapshot.builder().name(name).help(help);
    reader.read(
        (counts, sum, labels) -> {
          ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
          for (int i = 0; i < bounds.size(); i++) {
            buckets.bucket(bounds.get(i), counts[i]);
          }
          buckets.bucket(Double.POSITIVE_INFINITY, counts[bounds.size()]);
          histogram.dataPoint(
              HistogramSnapshot.HistogramDataPointSnapshot.builder()
                  .classicHistogramBuckets(buckets.build())
                  .sum(sum)
                  .labels(Labels.of(labelNames.toArray(String[]::new), labels))
                  .build());
        });
    return histogram.build();
  }
}
