package io.auriga.benchmarks.history;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Something measured, as one process tells another: a line of its name, its unit and one value or
 * more.
 */
record Measure(String name, String unit, List<Double> values) {
  /** What a line begins with that is a measure; libraries print lines of their own. */
  private static final String MARK = "measure";

  Measure {
    values = List.copyOf(values);
  }

  static Measure of(String name, String unit, double... values) {
    return new Measure(name, unit, DoubleStream.of(values).boxed().toList());
  }

  /** The median and the 99th percentile in milliseconds, and how many there are. */
  static Measure times(String name, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return of(
        name,
        "ms",
        sorted[last / 2] / 1e6,
        sorted[(int) Math.ceil(0.99 * last)] / 1e6,
        sorted.length);
  }

  boolean isTimes() {
    return unit.equals("ms");
  }

  String line() {
    return MARK
        + "\t"
        + name
        + "\t"
        + unit
        + values.stream().map(value -> "\t" + value).collect(Collectors.joining());
  }

  static boolean isLine(String line) {
    return line.startsWith(MARK + "\t");
  }

  static Measure parse(String line) {
    String[] parts = line.split("\t", -1);
    return new Measure(
        parts[1], parts[2], Arrays.stream(parts, 3, parts.length).map(Double::valueOf).toList());
  }

  /** For a cell of the table: fewer than a thousand times are said. */
  String cell() {
    if (!isTimes()) {
      return values.stream().map(Measure::number).collect(Collectors.joining(" / "));
    }
    String text = number(values.get(0)) + " / " + number(values.get(1));
    return values.get(2) < Questions.TIMES ? text + " (" + values.get(2).intValue() + ")" : text;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%,.2f" : "%,.0f", value);
  }

  /** No name has a character that JSON would escape. */
  String json() {
    String numbers =
        values.stream()
            .map(value -> String.format(Locale.ROOT, "%.3f", value))
            .collect(Collectors.joining(","));
    return "{\"name\":\"%s\",\"unit\":\"%s\",\"values\":[%s]}".formatted(name, unit, numbers);
  }
}
