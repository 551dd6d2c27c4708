package io.auriga.runtime.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Makes and lists the metrics of one run. Names are {@code auriga_<area>_<what>_<unit>}, {@code
 * _total} for counters, time in seconds; a name that breaks the rule is refused where it is
 * written.
 */
public final class Metrics {
  private static final Pattern NAME = Pattern.compile("auriga(_[a-z][a-z0-9]*){2,}");
  private static final Pattern FOREIGN_UNIT =
      Pattern.compile(".*_(ms|millis|milliseconds|micros|nanos|minutes|hours|kb|mb|percent|wei)");
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_]*");

  /** More than this multiply into more series than anyone looks at. */
  private static final int LABELS_MAX = 4;

  /** Eight buckets from one power of two to the next: within nine in a hundred. */
  private static final int NATIVE_SCHEMA = 3;

  /** A range of a million to one; beyond it buckets become coarser, and not more. */
  private static final int NATIVE_BUCKETS_MAX = 160;

  private static final ScopedValue<Scrape> SCRAPE = ScopedValue.newInstance();

  private final PrometheusRegistry registry;
  private final List<Description> descriptions = Collections.synchronizedList(new ArrayList<>());
  private final List<Description> aliases = Collections.synchronizedList(new ArrayList<>());

  public Metrics(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /** Adds what the JVM and the process tell about themselves, under their usual names. */
  public Metrics withJvm() {
    JvmMetrics.builder().register(registry);
    return this;
  }

  /** What only grows. */
  public Counter counter(String name, String help, String... labels) {
    describe(name, "counter", help, labels);
    return Counter.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  /** What goes up and down. */
  public Gauge gauge(String name, String help, String... labels) {
    describe(name, "gauge", help, labels);
    return Gauge.builder().name(name).help(help).labelNames(labels).register(registry);
  }

  /** What is known elsewhere and asked for at each scrape; the supplier must be quick. */
  public void gauge(String name, String help, DoubleSupplier value) {
    describe(name, "gauge", help);
    register(name, help, values -> values.put(value.getAsDouble()));
  }

  /**
   * The same for several series, of which there may be others at each scrape. What the reader puts
   * is taken as one: a scrape never sees half of a change.
   */
  public void gauge(String name, String help, SeriesReader reader, String... labels) {
    describe(name, "gauge", help, labels);
    register(name, help, reader, labels);
  }

  /** What only grows, likewise asked for at each scrape. */
  public void counter(String name, String help, SeriesReader reader, String... labels) {
    describe(name, "counter", help, labels);
    registerCounter(name, help, reader, labels);
  }

  /**
   * How often which size, counted elsewhere and asked for at each scrape.
   *
   * @param bounds the upper bounds of the buckets, growing; what is larger is told last
   */
  public void histogram(
      String name, String help, List<Double> bounds, BucketsReader reader, String... labels) {
    describe(name, "histogram", help, labels);
    registry.register(new CountedHistogram(name, help, bounds, reader, List.of(labels)));
  }

  /**
   * The same value under a name that other software made known, so that its dashboards keep
   * working. Such names follow their makers' rules and not ours.
   */
  public void alias(String name, String help, SeriesReader reader, String... labels) {
    aliases.add(new Description(name, "gauge", help, List.of(labels)));
    register(name, help, reader, labels);
  }

  /** The same for what only grows; the name ends in {@code _total}. */
  public void aliasCounter(String name, String help, SeriesReader reader, String... labels) {
    aliases.add(new Description(name, "counter", help, List.of(labels)));
    registerCounter(name, help, reader, labels);
  }

  private void register(String name, String help, SeriesReader reader, String... labels) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .callback(callback -> reader.read(callback::call))
        .register(registry);
  }

  private void registerCounter(String name, String help, SeriesReader reader, String... labels) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .callback(callback -> reader.read(callback::call))
        .register(registry);
  }

  /** All aliases made here so far, by name, for the reference page and its test. */
  public List<Description> aliases() {
    synchronized (aliases) {
      return aliases.stream().sorted(Comparator.comparing(Description::name)).toList();
    }
  }

  /** Tells the buckets of all series of a histogram. */
  @FunctionalInterface
  public interface BucketsReader {
    void read(BucketsSink histograms);
  }

  /** Takes one series: how many were within each bucket, and what all of them add up to. */
  @FunctionalInterface
  public interface BucketsSink {
    void put(long[] counts, double sum, String... labels);
  }

  /** Tells the values of all series of a metric. */
  @FunctionalInterface
  public interface SeriesReader {
    void read(SeriesSink values);
  }

  /** Takes one value with the values of its labels, in their order. */
  @FunctionalInterface
  public interface SeriesSink {
    void put(double value, String... labels);
  }

  /**
   * How often which size; besides the buckets also as a native histogram, for scrapers that ask for
   * one.
   *
   * @param bounds the upper bounds of the classic buckets, growing
   */
  public Histogram histogram(String name, String help, List<Double> bounds, String... labels) {
    describe(name, "histogram", help, labels);
    return Histogram.builder()
        .name(name)
        .help(help)
        .nativeInitialSchema(NATIVE_SCHEMA)
        .nativeMaxNumberOfBuckets(NATIVE_BUCKETS_MAX)
        .classicUpperBounds(bounds.stream().mapToDouble(Double::doubleValue).toArray())
        .labelNames(labels)
        .register(registry);
  }

  /**
   * The same value for the whole of a scrape, whatever becomes of the source meanwhile: so that all
   * metrics of one scrape that are read from it belong together.
   */
  public static <T> Supplier<T> steady(Supplier<T> source) {
    return () -> SCRAPE.isBound() ? SCRAPE.get().of(source) : source.get();
  }

  /** All metrics at one moment. */
  MetricSnapshots scrape() {
    return ScopedValue.where(SCRAPE, new Scrape(new IdentityHashMap<>())).call(registry::scrape);
  }

  /** What was read in one scrape. For one thread. */
  private record Scrape(Map<Supplier<?>, Object> seen) {
    @SuppressWarnings("unchecked") // put under the supplier that made it
    <T> T of(Supplier<T> source) {
      return (T) seen.computeIfAbsent(source, Supplier::get);
    }
  }

  /** Everything made here so far, by name, for the reference page and its test. */
  public List<Description> descriptions() {
    synchronized (descriptions) {
      return descriptions.stream().sorted(Comparator.comparing(Description::name)).toList();
    }
  }

  private void describe(String name, String type, String help, String... labels) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("A metric is called auriga_<area>_<what>: " + name);
    }
    if (type.equals("counter") != name.endsWith("_total")) {
      throw new IllegalArgumentException("Counters, and only they, end in _total: " + name);
    }
    if (FOREIGN_UNIT.matcher(name.replaceFirst("_total$", "")).matches()) {
      throw new IllegalArgumentException("Units are seconds, bytes, ratio, gwei, slots: " + name);
    }
    if (!help.endsWith(".")) {
      throw new IllegalArgumentException("A metric's help is a sentence: " + name);
    }
    if (labels.length > LABELS_MAX) {
      throw new IllegalArgumentException("More than " + LABELS_MAX + " labels: " + name);
    }
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        throw new IllegalArgumentException("A label is in snake case: " + name + " " + label);
      }
    }
    descriptions.add(new Description(name, type, help, List.of(labels)));
  }

  /** What the reference page says of a metric. */
  public record Description(String name, String type, String help, List<String> labels) {
    public Description {
      labels = List.copyOf(labels);
    }
  }
}
