package io.auriga.testkit.replay;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which of SSZ and JSON a request prefers, by its {@code Accept} header. */
final class Accept {
  private Accept() {}

  static boolean prefersSsz(@Nullable String header) {
    if (header == null) {
      return false;
    }
    return quality(header, Reply.SSZ) > quality(header, Reply.JSON);
  }

  private static double quality(String header, String type) {
    double best = 0;
    for (String range : header.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      String name = parts[0].strip();
      if (name.equals(type)) {
        return weight(parts);
      }
      // A wildcard means JSON, the default of the Beacon API.
      if (type.equals(Reply.JSON) && (name.equals("*/*") || name.equals("application/*"))) {
        best = weight(parts);
      }
    }
    return best;
  }

  private static double weight(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        try {
          return Double.parseDouble(parameter.substring(2));
        } catch (NumberFormatException malformed) {
          return 0;
        }
      }
    }
    return 1;
  }
}
