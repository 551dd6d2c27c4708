package io.auriga.runtime.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A path such as {@code /api/v1/withdrawals/{index}}: fixed segments, and named ones in braces. */
record RoutePattern(String text, List<String> segments) {
  static RoutePattern parse(String text) {
    if (!text.matches("/|(/([a-zA-Z0-9._~-]+|\\{[a-zA-Z]+}))+/?")) {
      throw new IllegalArgumentException("Not a route pattern: " + text);
    }
    return new RoutePattern(text, split(text));
  }

  /** The segments of a path; the last is empty after a slash at the end. */
  static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /** The named segments' values if the path, already decoded segment by segment, matches. */
  Optional<Map<String, String>> match(List<String> path) {
    if (path.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new TreeMap<>();
    for (int i = 0; i < path.size(); i++) {
      String segment = segments.get(i);
      if (isParameter(segment)) {
        if (path.get(i).isEmpty()) {
          return Optional.empty();
        }
        parameters.put(segment.substring(1, segment.length() - 1), path.get(i));
      } else if (!segment.equals(path.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  /** Fixed segments win over named ones, from the left: the smaller, the earlier it is tried. */
  String order() {
    List<String> marks = new ArrayList<>();
    for (String segment : segments) {
      marks.add(isParameter(segment) ? "1" : "0");
    }
    return String.join("", marks);
  }

  private static boolean isParameter(String segment) {
    return segment.startsWith("{");
  }
}
