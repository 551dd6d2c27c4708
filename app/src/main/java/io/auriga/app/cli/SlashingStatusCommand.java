package io.auriga.app.cli;

import io.auriga.types.AurigaException;
import io.auriga.validators.slashing.Doppelganger;
import io.auriga.validators.slashing.DoppelgangerBook;
import io.auriga.validators.slashing.OffenceBook;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga slashing status}: what the watch found, and what was stopped. */
@Command(
    name = "status",
    description = {
      "Shows the slashable offences that a running Auriga found (slashing.watch), those of watched"
          + " validators first, messages that watched validators' own clients did not sign, and the"
          + " local stops.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:No watched validator did anything slashable, and nobody else has a key of theirs",
      "1:At least one did, or somebody has",
      "2:The command line or the configuration is wrong",
      "4:The store cannot be read"
    },
    footerHeading = "%nExamples:%n",
    footer = {"  auriga slashing status", "  auriga slashing status --json --limit 1000"})
final class SlashingStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "How many offences and stops at most. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--json", description = "One JSON object on a line for each.")
  private boolean json;

  @Mixin private ConfigOptions config = new ConfigOptions();

  private record Found(
      List<OffenceBook.Entry> offences,
      List<DoppelgangerBook.Entry> doppelgangers,
      List<OffenceBook.Stop> stops) {}

  @Override
  public Integer call() {
    if (limit < 1 || limit > 100_000) {
      throw new AurigaException(
          CliError.USAGE, "use --limit " + limit, "it is not between 1 and 100000");
    }
    Found found = read();
    PrintWriter out = spec.commandLine().getOut();
    found.offences().forEach(offence -> out.println(json ? line(offence) : text(offence)));
    found.doppelgangers().forEach(one -> out.println(json ? line(one) : text(one)));
    found.stops().forEach(stop -> out.println(json ? line(stop) : text(stop)));
    if (!json && found.offences().isEmpty() && found.doppelgangers().isEmpty()) {
      out.println("No offences found.");
    }
    return found.offences().stream().anyMatch(OffenceBook.Entry::watched)
            || !found.doppelgangers().isEmpty()
        ? ExitCode.FINDING
        : ExitCode.OK;
  }

  private Found read() {
    return StoreAccess.read(
        config.load(Map.of()),
        "read the offences",
        OffenceBook.MIGRATIONS,
        store -> {
          OffenceBook book = new OffenceBook(store);
          return new Found(
              book.newest(limit), new DoppelgangerBook(store).newest(limit), book.stops(limit));
        });
  }

  private static String line(OffenceBook.Entry offence) {
    return JsonLine.of(
        line ->
            line.text("offence", offence.kind())
                .text("validator", offence.validator().toString())
                .text("slot", offence.slot().toString())
                .flag("watched", offence.watched())
                .text("foundAt", offence.foundAt().toString())
                .text("earlier", offence.earlier())
                .text("later", offence.later()));
  }

  private static String line(DoppelgangerBook.Entry entry) {
    Doppelganger found = entry.found();
    return JsonLine.of(
        line ->
            line.text("doppelganger", found.kind().name().toLowerCase(Locale.ROOT))
                .text("validator", found.validator().toString())
                .text("slot", found.slot().toString())
                .text("reason", found.reason().name().toLowerCase(Locale.ROOT))
                .text("message", found.message())
                .text("seenIn", found.where())
                .text("seenAt", found.seenAt().map(Instant::toString).orElse(null))
                .text("said", found.said())
                .text("foundAt", entry.at().toString()));
  }

  private static String text(DoppelgangerBook.Entry entry) {
    return entry.at() + "  doppelganger       " + entry.found().summary();
  }

  private static String line(OffenceBook.Stop stop) {
    return JsonLine.of(
        line ->
            line.text("stop", stop.action())
                .text("validator", stop.validator().toString())
                .flag("dryRun", stop.dryRun())
                .text("reason", stop.reason())
                .text("intendedAt", stop.intendedAt().toString())
                .number("attempts", stop.attempts())
                .text("outcome", stop.outcome().orElse(null)));
  }

  private static String text(OffenceBook.Entry offence) {
    return "%s  %-17s  validator %s%s, slot %s%n  %s%n  %s"
        .formatted(
            offence.foundAt(),
            offence.kind(),
            offence.validator(),
            offence.watched() ? " (watched)" : "",
            offence.slot(),
            offence.earlier(),
            offence.later());
  }

  private static String text(OffenceBook.Stop stop) {
    return "%s  stop by %s of validator %s%s: %s; %s"
        .formatted(
            stop.intendedAt(),
            stop.action(),
            stop.validator(),
            stop.dryRun() ? " (dry run)" : "",
            stop.reason(),
            stop.outcome().orElse("no outcome yet"));
  }
}
