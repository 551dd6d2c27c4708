package io.auriga.benchmarks.history;

import io.auriga.benchmarks.history.HeldData.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Loads withdrawals of mainnet's shape into a store and asks for them. Each step has a process of
 * its own with a small heap, so that one cannot live from what another left in memory.
 */
public final class HistoryScale {
  private static final int BAD_USAGE = 2;

  private HistoryScale() {}

  /** Runs all sizes on all stores; or, as {@code step}, one of the steps. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length > 0 && arguments[0].equals("step")) {
      step(arguments);
      return;
    }
    Options options;
    try {
      options = Options.parse(arguments);
    } catch (IllegalArgumentException wrong) {
      System.err.println("benchmarks/history: " + wrong.getMessage() + "\n\n" + Options.USAGE);
      System.exit(BAD_USAGE);
      return;
    }
    if (options.help()) {
      System.out.print(Options.USAGE);
      return;
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Kind kind : options.kinds()) {
      for (long rows : options.rows()) {
        Outcome outcome = run(options, kind, rows);
        if (options.json()) {
          System.out.println(outcome.json());
        }
        outcomes.add(outcome);
      }
    }
    if (!options.json()) {
      System.out.print(Outcome.table(outcomes, options.heap()));
    }
  }

  private static Outcome run(Options options, Kind kind, long rows)
      throws IOException, InterruptedException {
    Path folder = options.data().resolve(kind.argument() + "-" + rows);
    List<Measure> measures = new ArrayList<>();
    System.err.printf("%s, %,d withdrawals: loading%n", kind.title(), rows);
    measures.addAll(child(options, "load", kind, folder, rows));
    System.err.printf("%s, %,d withdrawals: asking%n", kind.title(), rows);
    measures.addAll(child(options, "ask", kind, folder, rows));
    if (!options.keep()) {
      delete(folder);
      Files.delete(log(folder));
    }
    return new Outcome(kind, rows, measures);
  }

  private static List<Measure> child(
      Options options, String step, Kind kind, Path folder, long rows)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + options.heap(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                HistoryScale.class.getName(),
                "step",
                step,
                kind.argument(),
                folder.toString(),
                Long.toString(rows))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Measure> measures = new ArrayList<>();
    Optional<String> other = Optional.empty();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (Iterator<String> each = lines.lines().iterator(); each.hasNext(); ) {
        String line = each.next();
        if (Measure.isLine(line)) {
          Measure measure = Measure.parse(line);
          System.err.printf("  %s: %s%n", measure.name(), measure.cell());
          measures.add(measure);
        } else {
          other = Optional.of(line);
        }
      }
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException(
          "the step \"%s\" failed; what it printed last: %s"
              .formatted(step, other.orElse("nothing")));
    }
    return measures;
  }

  private static Path log(Path folder) {
    return folder.resolveSibling(folder.getFileName() + ".eras");
  }

  private static void step(String[] arguments) throws IOException {
    Kind kind = Kind.valueOf(arguments[2].toUpperCase(Locale.ROOT));
    long rows = Long.parseLong(arguments[4]);
    Path folder = Path.of(arguments[3]);
    try (HeldData data = HeldData.open(kind, folder)) {
      Consumer<Measure> measured = measure -> System.out.println(measure.line());
      switch (arguments[1]) {
        case "load" -> new Loading(data, log(folder), rows).run().forEach(measured);
        case "ask" -> new Questions(data, rows, measured).ask();
        default -> throw new IllegalArgumentException(arguments[1]);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
