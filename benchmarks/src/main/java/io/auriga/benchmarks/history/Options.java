package io.auriga.benchmarks.history;

import io.auriga.benchmarks.history.HeldData.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What is to be run.
 *
 * @param rows how many withdrawals, a run each
 * @param heap of each process, as for {@code -Xmx}
 * @param data the folder for the stores
 * @param keep whether they stay
 */
record Options(
    List<Kind> kinds,
    List<Long> rows,
    String heap,
    Path data,
    boolean keep,
    boolean json,
    boolean help) {
  static final String USAGE =
      """
      usage: benchmarks/history [--store sqlite|postgresql|both] [--rows N,N,...] [--heap SIZE]
                                [--data FOLDER] [--keep] [--json]

        --store  both, if not said
        --rows   how many withdrawals, one run for each: 1000000, if not said. A million takes a
                 minute or two, and 0.2 GB in SQLite, 0.8 GB in PostgreSQL
        --heap   of the process that loads and of the one that asks: 64m, if not said
        --data   where the stores lie: benchmarks/target/history, if not said
        --keep   leave them there: what is there is not loaded again, and a load that was stopped
                 goes on
        --json   a line for each store and size, instead of a table
      """;

  private static final long ROWS_MAX = 1_000_000_000;

  static Options parse(String[] arguments) {
    List<Kind> kinds = List.of(Kind.values());
    List<Long> rows = List.of(1_000_000L);
    String heap = "64m";
    Path data = Path.of(System.getProperty("auriga.benchmarks.data", "."));
    boolean keep = false;
    boolean json = false;
    boolean help = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--store" -> kinds = kinds(value(arguments, i++));
        case "--rows" -> rows = rows(value(arguments, i++));
        case "--heap" -> heap = value(arguments, i++);
        case "--data" -> data = Path.of(value(arguments, i++));
        case "--keep" -> keep = true;
        case "--json" -> json = true;
        case "--help", "-h" -> help = true;
        default -> throw new IllegalArgumentException("what is " + arguments[i] + "?");
      }
    }
    return new Options(kinds, rows, heap, data.toAbsolutePath(), keep, json, help);
  }

  private static String value(String[] arguments, int option) {
    if (option + 1 == arguments.length) {
      throw new IllegalArgumentException(arguments[option] + " needs a value");
    }
    return arguments[option + 1];
  }

  private static List<Kind> kinds(String text) {
    return switch (text) {
      case "sqlite" -> List.of(Kind.SQLITE);
      case "postgresql" -> List.of(Kind.POSTGRESQL);
      case "both" -> List.of(Kind.values());
      default -> throw new IllegalArgumentException("there is no store " + text);
    };
  }

  private static List<Long> rows(String text) {
    List<Long> rows =
        Arrays.stream(text.split(",", -1))
            .map(Options::rowsOf)
            .sorted(Comparator.naturalOrder())
            .distinct()
            .toList();
    return rows;
  }

  private static long rowsOf(String text) {
    long rows;
    try {
      rows = Long.parseLong(text.strip());
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException("\"" + text + "\" is no number of withdrawals", malformed);
    }
    if (rows < 200_000 || rows > ROWS_MAX) {
      throw new IllegalArgumentException("a run takes 200,000 to a milliard withdrawals");
    }
    return rows;
  }
}
