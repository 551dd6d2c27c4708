package io.auriga.runtime.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of OpenMetrics text that carries a value, taken apart strictly.
 *
 * @param timestamp null where there is none
 */
record OpenMetricsSample(
    String name,
    Map<String, String> labels,
    double value,
    @Nullable Double timestamp,
    Optional<Map<String, String>> exemplar) {
  static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";

  private static final Pattern METRIC = Pattern.compile(NAME);
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final String REAL = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?";
  private static final Pattern NUMBER = Pattern.compile(REAL + "|[-+]?(?i:inf|infinity)|(?i:nan)");
  private static final Pattern TIME = Pattern.compile(REAL);

  /** Moves through one line. */
  private static final class Cursor {
    private final String line;
    private int at;

    Cursor(String line) {
      this.line = line;
    }

    boolean atEnd() {
      return at == line.length();
    }

    boolean skip(String expected) {
      boolean found = line.startsWith(expected, at);
      at += found ? expected.length() : 0;
      return found;
    }

    void require(String expected) {
      if (!skip(expected)) {
        throw bad("'" + expected + "' is expected");
      }
    }

    String take(Pattern pattern, String what) {
      Matcher matcher = pattern.matcher(line).region(at, line.length());
      if (!matcher.lookingAt()) {
        throw bad(what + " is expected");
      }
      at = matcher.end();
      return matcher.group();
    }

    String quoted() {
      require("\"");
      StringBuilder text = new StringBuilder();
      while (!atEnd() && line.charAt(at) != '"') {
        char next = line.charAt(at++);
        if (next == '\\' && !atEnd()) {
          char escaped = line.charAt(at++);
          text.append(
              switch (escaped) {
                case 'n' -> "\n";
                case '"', '\\' -> String.valueOf(escaped);
                default -> "\\" + escaped;
              });
        } else {
          text.append(next);
        }
      }
      require("\"");
      return text.toString();
    }

    Map<String, String> labels() {
      Map<String, String> labels = new LinkedHashMap<>();
      if (skip("}")) {
        return labels;
      }
      do {
        String name = take(LABEL, "a label's name");
        require("=");
        if (labels.put(name, quoted()) != null) {
          throw bad("label " + name + " is there twice");
        }
      } while (skip(","));
      require("}");
      return labels;
    }

    IllegalArgumentException bad(String problem) {
      return new IllegalArgumentException(problem + " at " + at + " of: " + line);
    }
  }

  static OpenMetricsSample parse(String line) {
    Cursor cursor = new Cursor(line);
    String name = cursor.take(METRIC, "a name");
    Map<String, String> labels = cursor.skip("{") ? cursor.labels() : Map.of();
    cursor.require(" ");
    double value = number(cursor.take(NUMBER, "a value"));
    @Nullable Double timestamp = null;
    Optional<Map<String, String>> exemplar = Optional.empty();
    if (!line.startsWith(" # ", cursor.at) && cursor.skip(" ")) {
      timestamp = Double.valueOf(cursor.take(TIME, "a time"));
    }
    if (cursor.skip(" # {")) {
      Map<String, String> of = cursor.labels();
      cursor.require(" ");
      double _ = number(cursor.take(NUMBER, "an exemplar's value"));
      if (cursor.skip(" ")) {
        String _ = cursor.take(TIME, "an exemplar's time");
      }
      int length =
          of.entrySet().stream()
              .mapToInt(
                  label ->
                      label.getKey().length()
                          + label.getValue().codePointCount(0, label.getValue().length()))
              .sum();
      if (length > 128) {
        throw cursor.bad("an exemplar's labels are longer than 128 characters");
      }
      exemplar = Optional.of(of);
    }
    if (!cursor.atEnd()) {
      throw cursor.bad("the line should end");
    }
    return new OpenMetricsSample(name, labels, value, timestamp, exemplar);
  }

  static double number(String text) {
    return switch (text.toLowerCase(java.util.Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
