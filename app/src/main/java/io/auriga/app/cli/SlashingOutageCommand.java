package io.auriga.app.cli;

import io.auriga.app.config.AurigaConfig;
import io.auriga.types.AurigaException;
import io.auriga.types.Hex;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.slashing.DoppelgangerBook;
import io.auriga.validators.slashing.DoppelgangerBook.Outage;
import io.auriga.validators.slashing.OffenceBook;
import io.auriga.validators.watched.Watched;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code auriga slashing outage}: when the clients of watched validators are off. */
@Command(
    name = "outage",
    description = {
      "Declares that the clients of validators are off: whatever is then seen to be signed with"
          + " their keys was signed by somebody else, and is told at once as"
          + " AUR-SLASHING-DOPPELGANGER. Declare it once the client has stopped, and its end before"
          + " it starts again. Without validators it lists what was declared.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga slashing outage 17 100..103 --note \"moved to host b\"",
      "  auriga slashing outage --label group:north --from 2026-11-25T10:00:00Z",
      "  auriga slashing outage 17 --end",
      "  auriga slashing outage --json"
    })
final class SlashingOutageCommand implements Callable<Integer> {
  private static final String ATTEMPT = "declare an outage";
  private static final int VALIDATORS_MAX = 10_000;
  private static final int NOTE_MAX = 200;
  private static final int LISTED_MAX = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "VALIDATOR",
      description = "Indices, or ranges such as 100..103.")
  private List<String> named = List.of();

  @Option(
      names = "--label",
      paramLabel = "LABEL",
      description = "Those with this label, such as operator:acme, group:north or watched.")
  private @Nullable String label;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Since when they are off: a time, or how long ago. Default: now.")
  private @Nullable String from;

  @Option(names = "--note", paramLabel = "TEXT", description = "What for; told with each finding.")
  private String note = "";

  @Option(names = "--end", description = "They are on again, from now on.")
  private boolean end;

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    AurigaConfig loaded = config.load(Map.of());
    if (named.isEmpty() && label == null) {
      if (end || from != null) {
        throw new AurigaException(CliError.USAGE, ATTEMPT, "no validators are named");
      }
      list(loaded);
      return ExitCode.OK;
    }
    if (note.length() > NOTE_MAX) {
      throw wrong("--note", note, "it has more than " + NOTE_MAX + " characters");
    }
    Collection<ValidatorIndex> validators = validators(loaded);
    Instant now = InstantSource.system().instant();
    Instant since = from == null ? now : since(from);
    int changed =
        StoreAccess.write(
            loaded,
            ATTEMPT,
            store -> {
              DoppelgangerBook book = new DoppelgangerBook(store);
              return end
                  ? book.declareOn(validators, now)
                  : book.declareOff(validators, since, Hex.printable(note), now);
            });
    spec.commandLine().getOut().println(told(validators.size(), changed));
    return ExitCode.OK;
  }

  private String told(int validators, int changed) {
    if (json) {
      return JsonLine.of(
          line ->
              line.text("declared", end ? "on" : "off")
                  .number("validators", validators)
                  .number("changed", changed));
    }
    return end
        ? "%d of %d validators were off, and are on from now on.".formatted(changed, validators)
        : "%d validators are off; %d of %d were declared so before."
            .formatted(changed, validators - changed, validators);
  }

  private Collection<ValidatorIndex> validators(AurigaConfig loaded) {
    TreeSet<ValidatorIndex> validators = new TreeSet<>();
    for (String text : named) {
      range(text, validators);
    }
    if (label != null) {
      Watched watched = WatchAccess.learned(loaded, loaded.watch().read());
      for (int index : watched.indicesOf(label)) {
        validators.add(new ValidatorIndex(index));
      }
    }
    if (validators.isEmpty()) {
      throw wrong("--label", String.valueOf(label), "no watched validator that is known has it");
    }
    if (validators.size() > VALIDATORS_MAX) {
      throw new AurigaException(
          CliError.USAGE, ATTEMPT, "more than " + VALIDATORS_MAX + " validators are named");
    }
    return validators;
  }

  private static void range(String text, Collection<ValidatorIndex> validators) {
    String[] ends = text.split("\\.\\.", -1);
    try {
      long first = ValidatorIndex.parseDecimal(ends[0]).value();
      long last = ends.length == 1 ? first : ValidatorIndex.parseDecimal(ends[1]).value();
      if (ends.length > 2 || first < 0 || last < first || last - first >= VALIDATORS_MAX) {
        throw new IllegalArgumentException(
            "not a range that goes upwards over at most " + VALIDATORS_MAX + " validators");
      }
      for (long index = first; index <= last; index++) {
        validators.add(new ValidatorIndex(index));
      }
    } catch (IllegalArgumentException malformed) {
      throw new AurigaException(
          CliError.USAGE,
          "use validator " + Hex.abbreviate(text),
          String.valueOf(malformed.getMessage()));
    }
  }

  private static Instant since(String text) {
    InstantSource clock = InstantSource.system();
    try {
      Instant time = TimeText.parse(text, clock);
      if (time.isAfter(clock.instant())) {
        throw wrong("--from", text, "that is still to come");
      }
      return time;
    } catch (IllegalArgumentException malformed) {
      throw wrong("--from", text, String.valueOf(malformed.getMessage()));
    }
  }

  private static AurigaException wrong(String option, String value, String problem) {
    return new AurigaException(
        CliError.USAGE, "use " + option + " " + Hex.abbreviate(value), problem);
  }

  private void list(AurigaConfig loaded) {
    List<Outage> outages =
        new ArrayList<>(
            StoreAccess.read(
                loaded,
                "list outages",
                OffenceBook.MIGRATIONS,
                store -> new DoppelgangerBook(store).outages(LISTED_MAX)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      outages.forEach(
          one ->
              out.println(
                  JsonLine.of(
                      line ->
                          line.text("validator", one.validator().toString())
                              .text("from", one.from().toString())
                              .text("until", one.until().map(Instant::toString).orElse(null))
                              .text("note", one.note()))));
      return;
    }
    if (outages.isEmpty()) {
      out.println("No client was declared off.");
      return;
    }
    TextTable table =
        new TextTable(
            TextTable.Column.right("VALIDATOR"),
            TextTable.Column.left("OFF FROM"),
            TextTable.Column.left("TO"),
            TextTable.Column.left("NOTE"));
    for (Outage one : outages) {
      table.add(
          one.validator().toString(),
          one.from().toString(),
          one.until().map(Instant::toString).orElse("lasts"),
          one.note());
    }
    table.print(out);
  }
}
