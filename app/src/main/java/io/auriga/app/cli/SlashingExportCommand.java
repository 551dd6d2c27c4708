package io.auriga.app.cli;

import io.auriga.app.config.AurigaConfig;
import io.auriga.crypto.slashing.InterchangeWriter;
import io.auriga.crypto.slashing.Strategy;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.validators.slashing.KnownRecords;
import io.auriga.validators.slashing.KnownRecords.Known;
import io.auriga.validators.slashing.OffenceBook;
import io.auriga.validators.slashing.SeenVotes;
import io.auriga.validators.watched.WatchList;
import io.auriga.validators.watched.Watched;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga slashing export}: what watched keys are known to have signed. */
@Command(
    name = "export",
    description = {
      "Writes an interchange file (EIP-3076) of the watched keys: what the watch saw them sign in"
          + " blocks and streams (slashing.watch), together with what was imported of their"
          + " clients.",
      "",
      "It cannot know what nobody saw: votes of the current epoch and the one before, of epochs"
          + " without the watch, and what was signed but never reached a node. A client's own"
          + " export is the better file; this one is for when there is none, and then only once"
          + " the key has not signed for three epochs.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga slashing export --config auriga.yaml --out known.json",
      "  auriga slashing export --strategy minimal > minimal.json"
    })
final class SlashingExportCommand implements Callable<Integer> {
  private static final String WRITE = "write the interchange";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--strategy",
      paramLabel = "STRATEGY",
      defaultValue = "complete",
      description =
          "complete (every message that is known) or minimal (the highest numbers of each key)."
              + " Default: ${DEFAULT-VALUE}.")
  private Strategy strategy = Strategy.COMPLETE;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write to this file instead of to standard output; it must not exist yet.")
  private @Nullable Path output;

  @Option(
      names = "--json",
      description = "With --out: what was written, as one JSON object on a line.")
  private boolean json;

  @Mixin private ConfigOptions config = new ConfigOptions();

  /** What was written, and of which keys nothing is known or no client told anything. */
  private static final class Count {
    long keys;
    long blocks;
    long votes;
    long unknown;
    long untold;

    void add(Known known) {
      keys += known.isEmpty() ? 0 : 1;
      unknown += known.isEmpty() ? 1 : 0;
      untold += known.isTold() ? 0 : 1;
      blocks += known.record().blocks().size();
      votes += known.record().attestations().size();
    }
  }

  @Override
  public Integer call() {
    if (output != null) {
      PartFile.requireNew(output, WRITE);
    }
    AurigaConfig loaded = config.load(Map.of());
    List<KnownRecords.Key> wanted = wanted(loaded);
    return StoreAccess.read(
        loaded,
        "export what is known to be signed",
        OffenceBook.MIGRATIONS,
        store -> {
          KnownRecords known = new KnownRecords(store);
          Count count =
              TextOutput.write(
                  spec.commandLine().getOut(),
                  output,
                  WRITE,
                  out -> write(known, chain(store), wanted, out));
          tell(count, known.span());
          return ExitCode.OK;
        });
  }

  private static List<KnownRecords.Key> wanted(AurigaConfig loaded) {
    WatchList list = loaded.watch().read();
    Watched watched = WatchAccess.learned(loaded, list);
    List<KnownRecords.Key> wanted =
        Stream.concat(
                watched.validators().values().stream()
                    .map(one -> new KnownRecords.Key(one.key(), Optional.of(one.index()))),
                watched.pending().keys().stream()
                    .map(key -> new KnownRecords.Key(key, Optional.empty())))
            .toList();
    if (wanted.isEmpty()) {
      throw new AurigaException(
          CliError.USAGE,
          "export what watched keys signed",
          list.isEmpty() ? "nobody is watched" : "the keys of those who are watched are not known",
          "Name validators under watch or groups, and let 'auriga run' ask a node who they are",
          null);
    }
    return wanted;
  }

  private static Root chain(Store store) {
    return store
        .network()
        .map(Root::fromHex)
        .orElseThrow(
            () ->
                new AurigaException(
                    CliError.NO_STORE, WRITE, "the store at " + store.where() + " is of no chain"));
  }

  private Count write(KnownRecords known, Root chain, List<KnownRecords.Key> wanted, Writer out)
      throws IOException {
    Progress progress =
        new Progress(spec.commandLine().getErr(), InstantSource.system(), "keys", wanted.size());
    InterchangeWriter writer = new InterchangeWriter(out, chain);
    Count count = new Count();
    known.forEach(
        wanted,
        strategy,
        one -> {
          count.add(one);
          if (!one.isEmpty()) {
            writer.add(one.record());
          }
        },
        done -> progress.at(done, "Reading"));
    writer.end();
    return count;
  }

  private void tell(Count count, Optional<SeenVotes.Span> seen) {
    if (output != null && json) {
      spec.commandLine()
          .getOut()
          .println(
              JsonLine.of(
                  line ->
                      line.text("file", String.valueOf(output))
                          .number("keys", count.keys)
                          .number("blocks", count.blocks)
                          .number("attestations", count.votes)
                          .number("unknownKeys", count.unknown)
                          .number("keysNoClientTold", count.untold)
                          .text("seenFrom", seen.map(one -> one.first().toString()).orElse(null))
                          .text("seenTo", seen.map(one -> one.last().toString()).orElse(null))));
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.printf("%d keys, %d blocks, %d votes.%n", count.keys, count.blocks, count.votes);
    err.println(
        seen.map(
                span ->
                    "Votes were seen of %d of the epochs %s to %s; what was signed later, or reached no node, is not in it."
                        .formatted(span.epochs(), span.first(), span.last()))
            .orElse("No votes were seen (slashing.watch): it is what clients told, and no more."));
    if (count.unknown > 0) {
      err.printf("Nothing is known of %d more keys.%n", count.unknown);
    }
    if (count.untold > 0) {
      err.printf("No client told what %d of the keys signed.%n", count.untold);
    }
  }
}
