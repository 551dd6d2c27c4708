package io.auriga.benchmarks.history;

import io.auriga.benchmarks.history.HeldData.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** All that was measured of one size on one store. */
record Outcome(Kind kind, long rows, List<Measure> measures) {
  private static final int NAME_WIDTH = 52;
  private static final int CELL_WIDTH = 26;

  Outcome {
    measures = List.copyOf(measures);
  }

  String json() {
    return "{\"store\":\"%s\",\"withdrawals\":%d,\"measures\":[%s]}"
        .formatted(
            kind.argument(),
            rows,
            measures.stream().map(Measure::json).collect(Collectors.joining(",")));
  }

  /** One table for each store, with a column for each size. */
  static String table(List<Outcome> outcomes, String heap) {
    StringBuilder text = new StringBuilder();
    for (Kind kind : Kind.values()) {
      List<Outcome> columns = outcomes.stream().filter(one -> one.kind == kind).toList();
      if (!columns.isEmpty()) {
        text.append(table(kind, columns, heap)).append('\n');
      }
    }
    return text.append(
            """
            Times are the median and the 99th percentile in milliseconds, each time of another key; in
            brackets how often it was asked where that is fewer than 1,000 times. Cold: the first 100 after
            the operating system was made to forget the files.
            """)
        .toString();
  }

  private static String table(Kind kind, List<Outcome> columns, String heap) {
    StringBuilder text = new StringBuilder();
    text.append(left("%s, withdrawals (heap %s)".formatted(kind.title(), heap)));
    columns.forEach(one -> text.append(right(String.format(Locale.ROOT, "%,d", one.rows))));
    Set<String> names = new LinkedHashSet<>();
    columns.forEach(one -> one.measures.forEach(measure -> names.add(measure.name())));
    for (String name : names) {
      String unit = columns.stream().map(one -> one.unit(name)).findFirst().orElse("");
      text.append('\n').append(left(name + (unit.isEmpty() ? "" : ", " + unit)));
      columns.forEach(one -> text.append(right(one.cell(name))));
    }
    return text.append('\n').toString();
  }

  private String unit(String name) {
    return measures.stream()
        .filter(measure -> measure.name().equals(name) && !measure.isTimes())
        .map(Measure::unit)
        .findFirst()
        .orElse("");
  }

  private String cell(String name) {
    return measures.stream()
        .filter(measure -> measure.name().equals(name))
        .map(Measure::cell)
        .findFirst()
        .orElse("");
  }

  private static String left(String text) {
    return String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", text);
  }

  private static String right(String text) {
    return String.format(Locale.ROOT, "%" + CELL_WIDTH + "s", text);
  }
}
