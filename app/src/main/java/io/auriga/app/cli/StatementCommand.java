package io.auriga.app.cli;

import io.auriga.app.config.AurigaConfig;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.withdrawals.statement.Groups;
import io.auriga.withdrawals.statement.Statement;
import io.auriga.withdrawals.statement.StatementKey;
import io.auriga.withdrawals.statement.StatementQueries;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga withdrawals statement}: what a period paid, for the books. */
@Command(
    name = "statement",
    description = {
      "Writes an accounting statement of a period: what was paid, and what of it was principal,"
          + " consensus income or requested, in Gwei. Only what is final is in it; what is not yet"
          + " is shown apart.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga withdrawals statement --from 2026-01-01 --to 2026-02-01 --by validator",
      "  auriga withdrawals statement --from 2026-01-01 --to 2027-01-01 --by day,group --config"
          + " auriga.yaml --format parquet --output year.parquet"
    })
final class StatementCommand implements Callable<Integer> {
  /** A user who waits longer than this wants to know that something happens. */
  private static final long SILENCE_MILLIS = 2_000;

  private static final String WRITE = "write the statement";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "Slots beginning then or later: 2026-11-22, 2026-11-22T10:00:00Z, or 7d ago.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      description = "Slots beginning before this time. A date is its first moment, in UTC.")
  private String to = "";

  @Option(
      names = "--by",
      paramLabel = "KEY,…",
      split = ",",
      hideParamSyntax = true,
      description =
          "A line for each validator, address, group or day, or each combination of several; else a"
              + " single line. Groups are named in the file of --config.")
  private List<String> by = List.of();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description = "csv, json or parquet. Default: ${DEFAULT-VALUE}.")
  private String format = "csv";

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write to this file instead of to standard output; it must not exist yet.")
  private @Nullable Path output;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    InstantSource time = InstantSource.system();
    Instant first = time("--from", from, time);
    Instant last = time("--to", to, time);
    if (!first.isBefore(last)) {
      throw wrong("--to", to, "it is not after --from");
    }
    Set<StatementKey> keys = EnumSet.noneOf(StatementKey.class);
    by.forEach(key -> keys.add(choice("--by", key.strip(), StatementKey.class)));
    StatementForm form = choice("--format", format, StatementForm.class);
    if (form == StatementForm.PARQUET && output == null) {
      throw wrong("--format", format, "a Parquet file is binary; name it with --output");
    }
    if (output != null) {
      PartFile.requireNew(output, WRITE);
    }
    AurigaConfig loaded = config.load(Map.of());
    Groups groups = keys.contains(StatementKey.GROUP) ? groups(loaded) : Groups.NONE;
    StatementPeriod period = new StatementPeriod(first, last, keys);
    Statement statement = LedgerAccess.read(loaded, store -> write(store, period, groups, form));
    untold(statement);
    apart(statement);
    return ExitCode.OK;
  }

  private static Groups groups(AurigaConfig loaded) {
    Groups groups = StatementGroups.of(loaded);
    if (groups.isEmpty()) {
      throw wrong("--by", "group", "the configuration names no groups");
    }
    return groups;
  }

  private Statement write(Store store, StatementPeriod period, Groups groups, StatementForm form) {
    StatementQueries queries = new StatementQueries(store);
    Path file = output;
    if (file != null) {
      return PartFile.write(
          file, WRITE, stream -> write(queries, period, groups, form.to(period, stream)));
    }
    try {
      Writer out = StandardOutput.of(spec.commandLine().getOut());
      return write(queries, period, groups, form.to(period, out));
    } catch (IOException failure) {
      throw new AurigaException(
          CliError.OUTPUT,
          WRITE + " to standard output",
          String.valueOf(failure.getMessage()),
          failure);
    }
  }

  private Statement write(
      StatementQueries queries, StatementPeriod period, Groups groups, StatementWriter writer)
      throws IOException {
    try {
      Statement statement =
          queries.statement(
              period.from(),
              period.to(),
              period.by(),
              groups,
              progress(queries.count(period.from(), period.to())),
              line -> {
                try {
                  writer.line(line);
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              });
      writer.end(statement);
      return statement;
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private LongConsumer progress(long expected) {
    PrintWriter err = spec.commandLine().getErr();
    InstantSource time = InstantSource.system();
    long start = time.millis();
    long[] said = {start};
    return read -> {
      long now = time.millis();
      if (now - said[0] >= SILENCE_MILLIS) {
        said[0] = now;
        long left = (now - start) * Math.max(0, expected - read) / Math.max(1, read) / 1000;
        err.println("%d of %d withdrawals read, about %d s left …".formatted(read, expected, left));
      }
    };
  }

  private void untold(Statement statement) {
    if (!statement.unattributed().isEmpty()) {
      spec.commandLine()
          .getErr()
          .println(
              "Not told apart, in Gwei by reason (see docs/operating/statements.md): %s."
                  .formatted(
                      statement.unattributed().entrySet().stream()
                          .map(one -> one.getKey() + " " + one.getValue())
                          .collect(Collectors.joining(", "))));
    }
  }

  /** Not in the file, where a sum over a column would take it in. */
  private void apart(Statement statement) {
    if (statement.open().count() > 0) {
      spec.commandLine()
          .getErr()
          .println(
              "Not final yet, and in no line: %d withdrawals, %s Gwei."
                  .formatted(statement.open().count(), statement.open().amount()));
    }
  }

  private static Instant time(String option, String text, InstantSource now) {
    try {
      return TimeText.parse(text, now);
    } catch (IllegalArgumentException malformed) {
      throw wrong(option, text, String.valueOf(malformed.getMessage()));
    }
  }

  private static <E extends Enum<E>> E choice(String option, String text, Class<E> type) {
    for (E one : type.getEnumConstants()) {
      if (one.name().equals(text.toUpperCase(Locale.ROOT))) {
        return one;
      }
    }
    throw wrong(
        option,
        text,
        "it is none of "
            + EnumSet.allOf(type).stream()
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  private static AurigaException wrong(String option, String text, String problem) {
    return new AurigaException(CliError.USAGE, "use " + option + " " + text, problem);
  }
}
