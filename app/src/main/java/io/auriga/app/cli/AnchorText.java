package io.auriga.app.cli;

import io.auriga.withdrawals.HistoryUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says which loaded history nobody vouches for but the files that it came from. */
final class AnchorText {
  /** A person wants to know where to begin, and not all of a thousand. */
  private static final int SHOWN_MAX = 3;

  private AnchorText() {}

  static Optional<String> notice(List<HistoryUnit> unanchored) {
    if (unanchored.isEmpty()) {
      return Optional.empty();
    }
    String slots =
        unanchored.stream()
            .limit(SHOWN_MAX)
            .map(load -> "slots %s to %s".formatted(load.first(), load.last()))
            .collect(Collectors.joining(", "));
    int others = unanchored.size() - SHOWN_MAX;
    return Optional.of(
        "Not anchored: "
            + slots
            + (others > 0 ? " and " + others + " other loads" : "")
            + ". Only the files themselves say that these blocks are of the chain: import them"
            + " again with --consensus URL or --trusted-state FILE, or load and follow what comes"
            + " after them.");
  }

  /** Who vouches for a load, in a few words. */
  static String of(HistoryUnit load, List<HistoryUnit> unanchored) {
    return load.anchor().orElse(unanchored.contains(load) ? "nobody" : "what follows it");
  }
}
