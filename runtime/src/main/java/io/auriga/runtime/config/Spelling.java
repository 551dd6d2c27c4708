package io.auriga.runtime.config;

import java.util.Optional;

/** Finds what was probably meant. */
final class Spelling {
  private Spelling() {}

  /** The candidate with the fewest edits, if a third of the letters or fewer differ. */
  static Optional<String> nearest(String word, Iterable<String> candidates) {
    Optional<String> nearest = Optional.empty();
    int best = Math.max(2, word.length() / 3) + 1;
    for (String candidate : candidates) {
      int distance = distance(word, candidate);
      if (distance < best) {
        best = distance;
        nearest = Optional.of(candidate);
      }
    }
    return nearest;
  }

  /** Letters to insert, delete or replace (Levenshtein), row by row. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int i = 0; i < row.length; i++) {
      row[i] = i;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
