package io.auriga.app.cli;

import io.auriga.types.AurigaException;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalRecord;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga withdrawals export}: everything that matches, from one state of the store. */
@Command(
    name = "export",
    description = {
      "Writes all withdrawals that match, oldest first, from one consistent state of the ledger.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga withdrawals export --from 2026-01-01 --to 2027-01-01 > year.csv",
      "  auriga withdrawals export --stage finalized --json --output finalized.jsonl"
    })
final class ExportCommand implements Callable<Integer> {
  /** A user who waits longer than this wants to know that something happens. */
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private static final int LOOK_EVERY = 4096;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FilterOptions filter = new FilterOptions();

  @Option(names = "--json", description = "One JSON object a withdrawal, a line each; else CSV.")
  private boolean json;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write to this file instead of to standard output; it must not exist yet.")
  private @Nullable Path output;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    Path file = output;
    if (file == null) {
      PrintWriter out = spec.commandLine().getOut();
      export(out);
      if (out.checkError()) {
        throw failed("standard output", new IOException("it was closed"));
      }
      return ExitCode.OK;
    }
    if (Files.exists(file)) {
      throw new AurigaException(CliError.USAGE, "export to " + file, "the file exists already");
    }
    try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      export(writer);
    } catch (IOException failure) {
      throw failed(file.toString(), failure);
    } catch (UncheckedIOException failure) {
      throw failed(file.toString(), new IOException(failure));
    }
    return ExitCode.OK;
  }

  private static AurigaException failed(String where, IOException failure) {
    return new AurigaException(
        CliError.OUTPUT,
        "export to " + where,
        failure.getClass().getSimpleName() + ", " + failure.getMessage(),
        failure);
  }

  private void export(Writer target) {
    InstantSource time = InstantSource.system();
    BufferedWriter writer = new BufferedWriter(target, 1 << 16);
    Progress progress = new Progress(spec.commandLine().getErr(), time);
    LedgerAccess.ask(
        config,
        queries -> {
          line(writer, json ? null : WithdrawalText.CSV_HEADING);
          WithdrawalFilter wanted =
              filter.filter(queries, time).withOrder(WithdrawalFilter.Order.OLDEST_FIRST);
          queries.export(wanted, record -> record(writer, record, progress));
          return progress.count;
        });
    progress.end();
    try {
      writer.flush();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void record(Writer writer, WithdrawalRecord record, Progress progress) {
    line(writer, json ? WithdrawalText.json(record) : WithdrawalText.csv(record));
    progress.add();
  }

  private static void line(Writer writer, @Nullable String line) {
    if (line == null) {
      return;
    }
    try {
      writer.write(line);
      writer.write('\n');
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Says how many are written, once it takes long. */
  private static final class Progress {
    private final PrintWriter err;
    private final InstantSource time;
    private final long start;
    private long said;
    private long count;

    Progress(PrintWriter err, InstantSource time) {
      this.err = err;
      this.time = time;
      this.start = time.millis();
      this.said = start;
    }

    void add() {
      count++;
      if (count % LOOK_EVERY == 0 && time.millis() - said >= SILENCE.toMillis()) {
        said = time.millis();
        err.println(count + " withdrawals written, " + (said - start) / 1000 + " s …");
      }
    }

    void end() {
      if (said != start) {
        err.println(count + " withdrawals written");
      }
    }
  }
}
