package io.auriga.app.integration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What was measured, printed at the end and judged by nobody. */
final class Figures {
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  void add(String what, String figure) {
    lines.add("  %-52s %s".formatted(what, figure));
  }

  /** The middle and the worst of some times. */
  void add(String what, List<Duration> times) {
    if (times.isEmpty()) {
      add(what, "nothing measured");
      return;
    }
    List<Duration> sorted = times.stream().sorted().toList();
    add(
        what,
        "median %s, p99 %s, of %d"
            .formatted(millis(at(sorted, 0.5)), millis(at(sorted, 0.99)), sorted.size()));
  }

  static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
  }

  private static Duration at(List<Duration> sorted, double share) {
    int position = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, position));
  }

  void print(String title) {
    System.out.println("== Figures: " + title);
    lines.forEach(System.out::println);
  }
}
