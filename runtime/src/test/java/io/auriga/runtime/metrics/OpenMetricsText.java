package io.auriga.runtime.metrics;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads OpenMetrics 1.0 text as strictly as its specification asks a reader to. */
public final class OpenMetricsText {
  private static final String END = "# EOF";
  private static final Pattern METADATA =
      Pattern.compile("# (HELP|TYPE|UNIT) (" + OpenMetricsSample.NAME + ") (.*)");

  private final Set<String> seen = new HashSet<>();
  private @Nullable OpenMetricsFamily family;

  private OpenMetricsText() {}

  /**
   * Reads a whole answer.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  public static void check(String text) {
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (!body.equals(END) && !body.endsWith("\n" + END)) {
      throw new IllegalArgumentException("it does not end in " + END);
    }
    OpenMetricsText reader = new OpenMetricsText();
    String lines = body.substring(0, body.length() - END.length());
    if (!lines.isEmpty()) {
      for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
        reader.line(line);
      }
    }
    if (reader.family != null) {
      reader.family.finish();
    }
  }

  private void line(String line) {
    if (line.startsWith("#")) {
      Matcher metadata = METADATA.matcher(line);
      if (!metadata.matches()) {
        throw new IllegalArgumentException("no metadata: " + line);
      }
      family(metadata.group(2)).describe(metadata.group(1), metadata.group(3));
      return;
    }
    OpenMetricsSample sample = OpenMetricsSample.parse(line);
    @Nullable OpenMetricsFamily current = family;
    (current != null && current.owns(sample.name()) ? current : begin(sample.name())).add(sample);
  }

  private OpenMetricsFamily family(String name) {
    @Nullable OpenMetricsFamily current = family;
    return current != null && current.name.equals(name) ? current : begin(name);
  }

  private OpenMetricsFamily begin(String name) {
    if (family != null) {
      family.finish();
    }
    if (!seen.add(name)) {
      throw new IllegalArgumentException(name + " is there twice");
    }
    OpenMetricsFamily fresh = new OpenMetricsFamily(name);
    family = fresh;
    return fresh;
  }
}
