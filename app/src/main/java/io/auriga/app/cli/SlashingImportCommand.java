package io.auriga.app.cli;

import io.auriga.app.cli.slashing.InterchangeFile;
import io.auriga.app.config.AurigaConfig;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.Hex;
import io.auriga.types.Root;
import io.auriga.validators.slashing.SigningRecords;
import io.auriga.validators.slashing.SigningRecords.Imported;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code auriga slashing import}: what clients say that their keys signed, into the store. */
@Command(
    name = "import",
    description = {
      "Keeps what interchange files (EIP-3076) say was signed, beside what the watch sees: for"
          + " 'auriga slashing export', and to find who else signs with a key. A file is taken"
          + " whole or not at all; taken twice it changes nothing.",
      "",
      "Of each key the newest 8192 votes and blocks are kept. 'auriga run' may write to the same"
          + " store meanwhile.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything is kept",
      "2:The command line or the configuration is wrong; nothing was done",
      "3:A file is unreadable; those before it are kept, and nothing of it is",
      "4:A file is of another chain, or the store cannot be written"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga slashing import export.json",
      "  auriga slashing import export.json.gz --source north-1 --as-of 2026-11-25T10:00:00Z"
    })
final class SlashingImportCommand implements Callable<Integer> {
  private static final String ATTEMPT = "keep what clients say was signed";
  private static final int SOURCE_MAX = 200;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files, plain or .gz.")
  private List<String> files = List.of();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description =
          "Which client tells it; what it told before of a key is replaced. Default: the file's"
              + " name.")
  private @Nullable String source;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "When the client wrote the file, if you know: everything that its keys signed before is"
              + " in it. A time, or how long ago: 10m. Give no later time than that; without one,"
              + " a vote behind the file's last one is never held against it.")
  private @Nullable String asOf;

  @Option(names = "--json", description = "One JSON object a file, a line each.")
  private boolean json;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    Optional<Instant> complete = asOf == null ? Optional.empty() : Optional.of(time(asOf));
    if (source != null && (source.isBlank() || source.length() > SOURCE_MAX)) {
      throw usage("--source", source, "a name has 1 to " + SOURCE_MAX + " characters");
    }
    if (source != null && files.size() > 1) {
      throw usage("--source", source, "several files would be one source; import them in turn");
    }
    AurigaConfig loaded = config.load(Map.of());
    Progress progress =
        new Progress(spec.commandLine().getErr(), InstantSource.system(), "files", files.size());
    return StoreAccess.write(
        loaded,
        ATTEMPT,
        store -> {
          Root chain = chain(store);
          for (int i = 0; i < files.size(); i++) {
            progress.at(i, "Importing");
            String file = files.get(i);
            spec.commandLine().getOut().println(line(file, add(store, chain, file, complete)));
          }
          return ExitCode.OK;
        });
  }

  private Imported add(Store store, Root chain, String file, Optional<Instant> complete) {
    try {
      return new SigningRecords(store)
          .add(
              source == null ? Hex.printable(file) : Hex.printable(source),
              _ -> complete,
              InstantSource.system().instant(),
              chain,
              entries -> InterchangeFile.read(file, entries));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Root chain(Store store) {
    return store
        .network()
        .map(Root::fromHex)
        .orElseThrow(
            () ->
                new AurigaException(
                    CliError.NO_STORE,
                    ATTEMPT,
                    "the store at " + store.where() + " is of no chain"));
  }

  private static Instant time(String text) {
    InstantSource clock = InstantSource.system();
    try {
      Instant time = TimeText.parse(text, clock);
      if (time.isAfter(clock.instant())) {
        throw usage("--as-of", text, "that is still to come");
      }
      return time;
    } catch (IllegalArgumentException malformed) {
      throw usage("--as-of", text, String.valueOf(malformed.getMessage()));
    }
  }

  private static AurigaException usage(String option, String value, String problem) {
    return new AurigaException(CliError.USAGE, "use " + option + " " + value, problem);
  }

  private String line(String file, Imported imported) {
    return json
        ? JsonLine.of(
            line ->
                line.text("file", file)
                    .number("keys", imported.keys())
                    .number("newBlocks", imported.blocks())
                    .number("newAttestations", imported.votes()))
        : "%s: %d keys, %d blocks and %d votes that were not known."
            .formatted(file, imported.keys(), imported.blocks(), imported.votes());
  }
}
