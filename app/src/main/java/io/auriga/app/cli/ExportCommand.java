package io.auriga.app.cli;

import io.auriga.app.web.api.WithdrawalCsv;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalQueries;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Function;
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
    InstantSource time = InstantSource.system();
    Function<WithdrawalQueries, WithdrawalFilter> wanted = filter.filter(time);
    long _ =
        TextOutput.write(
            spec.commandLine().getOut(), output, "export", out -> export(out, wanted, time));
    return ExitCode.OK;
  }

  /** Says how many it wrote. */
  private long export(
      Writer target, Function<WithdrawalQueries, WithdrawalFilter> wanted, InstantSource time)
      throws IOException {
    BufferedWriter writer = new BufferedWriter(target, 1 << 16);
    Progress progress = new Progress(spec.commandLine().getErr(), time);
    try {
      LedgerAccess.ask(
          config,
          queries -> {
            if (!json) {
              line(writer, WithdrawalCsv.HEADING);
            }
            queries.export(
                wanted.apply(queries).withOrder(WithdrawalFilter.Order.OLDEST_FIRST),
                record -> {
                  line(writer, json ? WithdrawalText.json(record) : WithdrawalCsv.line(record));
                  progress.add();
                });
            return progress.count;
          });
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
    progress.end();
    writer.flush();
    return progress.count;
  }

  private static void line(Writer writer, String line) {
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
