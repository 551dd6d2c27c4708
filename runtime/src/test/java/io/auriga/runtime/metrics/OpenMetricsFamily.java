package io.auriga.runtime.metrics;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One family of metrics as it is read, with what OpenMetrics asks of each type. */
final class OpenMetricsFamily {
  private static final Map<String, List<String>> SUFFIXES =
      Map.of(
          "counter", List.of("_total", "_created"),
          "gauge", List.of(""),
          "unknown", List.of(""),
          "histogram", List.of("_bucket", "_count", "_sum", "_created"),
          "gaugehistogram", List.of("_bucket", "_gcount", "_gsum"),
          "summary", List.of("", "_count", "_sum", "_created"),
          "info", List.of("_info"),
          "stateset", List.of(""));

  final String name;
  private final Set<String> metadata = new HashSet<>();
  private String type = "unknown";
  private boolean sampled;
  private @Nullable Map<String, String> group;
  private final Set<Map<String, String>> groups = new HashSet<>();
  private final Map<String, OpenMetricsSample> last = new LinkedHashMap<>();
  // Of the group that is being read.
  private double bound = Double.NEGATIVE_INFINITY;
  private double below;
  private boolean negative;
  private @Nullable Double count;
  private @Nullable Double sum;

  OpenMetricsFamily(String name) {
    this.name = name;
  }

  void describe(String kind, String text) {
    require(!sampled, kind + " behind samples");
    require(metadata.add(kind), kind + " is there twice");
    if (kind.equals("TYPE")) {
      require(SUFFIXES.containsKey(text), "no such type: " + text);
      type = text;
    } else if (kind.equals("UNIT") && !text.isEmpty()) {
      require(name.endsWith("_" + text), "the name does not end in its unit");
    }
  }

  boolean owns(String sample) {
    return SUFFIXES.getOrDefault(type, List.of()).stream()
        .anyMatch(suffix -> sample.equals(name + suffix));
  }

  void add(OpenMetricsSample sample) {
    sampled = true;
    String suffix = sample.name().substring(name.length());
    Map<String, String> labels = new LinkedHashMap<>(sample.labels());
    @Nullable String le = suffix.equals("_bucket") ? labels.remove("le") : null;
    @Nullable String quantile =
        type.equals("summary") && suffix.isEmpty() ? labels.remove("quantile") : null;
    if (type.equals("stateset")) {
      require(labels.remove(name) != null, "a state has no name");
    }
    if (!labels.equals(group)) {
      finish();
      require(groups.add(labels), "samples of a group lie apart");
      group = labels;
    }
    order(sample);
    require(
        sample.exemplar().isEmpty() || suffix.equals("_bucket") || suffix.equals("_total"),
        "an exemplar on " + sample.name());
    value(suffix, sample.value(), le, quantile);
  }

  /** The same series again must say a later time, or the same. */
  private void order(OpenMetricsSample sample) {
    @Nullable OpenMetricsSample before =
        last.put(sample.name() + new java.util.TreeMap<>(sample.labels()), sample);
    if (before != null) {
      @Nullable Double then = before.timestamp();
      @Nullable Double now = sample.timestamp();
      require(then != null && now != null && then <= now, "a series is there twice");
    }
  }

  private void value(String suffix, double value, @Nullable String le, @Nullable String quantile) {
    switch (suffix) {
      case "_total", "_count", "_gcount" -> require(value >= 0, "below 0, or no number");
      case "_bucket" -> bucket(value, le);
      case "_sum", "_gsum" ->
          require(value >= 0 || (value < 0 && suffix.equals("_gsum")), "below 0, or no number");
      case "_info" -> require(value == 1, "an info is not 1");
      default -> {
        if (type.equals("stateset")) {
          require(value == 0 || value == 1, "a state is neither 0 nor 1");
        } else if (type.equals("summary") && suffix.isEmpty()) {
          double of = quantile == null ? Double.NaN : OpenMetricsSample.number(quantile);
          require(of >= 0 && of <= 1, "no quantile");
          require(!(value < 0), "below 0");
        }
      }
    }
    switch (suffix) {
      case "_count", "_gcount" -> count = value;
      case "_sum", "_gsum" -> sum = value;
      default -> {}
    }
  }

  private void bucket(double value, @Nullable String le) {
    require(le != null, "a bucket without le");
    double upper = OpenMetricsSample.number(String.valueOf(le));
    require(upper > bound, "buckets are not in order");
    require(value >= below, "buckets do not grow");
    negative |= upper < 0;
    bound = upper;
    below = value;
  }

  /** To be called at the end of a group and of the family. */
  void finish() {
    boolean histogram = type.equals("histogram");
    if (group != null && (histogram || type.equals("gaugehistogram"))) {
      require(bound == Double.POSITIVE_INFINITY, "there is no bucket +Inf");
      require((sum == null) == (count == null), "only one of sum and count");
      require(count == null || count == below, "the count is not that of the last bucket");
      require(!(histogram && negative && sum != null), "a sum beside buckets below 0");
      require(sum == null || sum >= 0 || negative, "a sum below 0 without buckets below 0");
    }
    group = null;
    bound = Double.NEGATIVE_INFINITY;
    below = 0;
    negative = false;
    count = null;
    sum = null;
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + otherwise);
    }
  }
}
