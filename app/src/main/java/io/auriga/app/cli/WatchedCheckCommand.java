package io.auriga.app.cli;

import io.auriga.app.config.AurigaConfig;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.watched.WatchList;
import io.auriga.validators.watched.Watched;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga validators check}: whether the list of those who are watched is right. */
@Command(
    name = "check",
    description = {
      "Reads the list of watched validators as 'auriga run' does, with all files that it names, and"
          + " says what is wrong with it: before a running Auriga sees it. With a consensus node it"
          + " also says what the chain does not know.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:All is well",
      "1:A validator is named that the node does not know, or something is wrong with one",
      "2:The list is wrong: a running Auriga would go on with the one before"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga validators check --config auriga.yaml",
      "  auriga validators check --config auriga.yaml --consensus http://localhost:5052 --json"
    })
final class WatchedCheckCommand implements Callable<Integer> {
  /** As many of a kind as a person reads. */
  private static final int SHOWN = 10;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private NodeOptions nodes = new NodeOptions();
  @Mixin private ConfigOptions config = new ConfigOptions();

  private record Scope(String name, int validators) {}

  @Override
  public Integer call() {
    AurigaConfig loaded = config.load(nodes.settings());
    WatchList list = loaded.watch().read();
    boolean asked = !loaded.consensus().isEmpty();
    Watched watched =
        WatchAccess.watched(loaded, list, new SearchProgress(spec.commandLine().getErr()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(toJson(list, watched, asked));
    } else {
      print(out, list, watched, asked);
    }
    boolean bad = !watched.findings().isEmpty() || (asked && watched.pending().count() > 0);
    return bad ? ExitCode.FINDING : ExitCode.OK;
  }

  private static List<Scope> scopes(Watched watched) {
    return watched.scopes().entrySet().stream()
        .map(entry -> new Scope(entry.getKey(), entry.getValue().length))
        .toList();
  }

  private static String toJson(WatchList list, Watched watched, boolean asked) {
    Watched.Pending pending = watched.pending();
    return JsonLine.of(
        line ->
            line.number("named", list.named())
                .flag("nodeAsked", asked)
                .number("validators", watched.validators().size())
                .objects(
                    "scopes",
                    scopes(watched),
                    (row, scope) ->
                        row.text("scope", scope.name()).number("validators", scope.validators()))
                .object(
                    "pending",
                    inner ->
                        inner
                            .texts("indices", texts(pending.indices(), ValidatorIndex::toString))
                            .texts("pubkeys", texts(pending.keys(), BlsPublicKey::toHex))
                            .texts("addresses", texts(pending.addresses(), Address::toHex)))
                .objects(
                    "findings",
                    watched.findings(),
                    (row, finding) ->
                        row.text("code", finding.error().code())
                            .text("problem", finding.problem())
                            .text("remedy", finding.error().remedy())));
  }

  private static <T> List<String> texts(List<T> values, Function<T, String> text) {
    return values.stream().map(text).toList();
  }

  private static void print(PrintWriter out, WatchList list, Watched watched, boolean asked) {
    out.printf("Named: %s.%n", list);
    out.printf("Known validators: %d.%n", watched.validators().size());
    for (Map.Entry<String, long[]> scope : watched.scopes().entrySet()) {
      if (!scope.getKey().equals(Watched.ALL)) {
        out.printf("  %s: %d%n", scope.getKey(), scope.getValue().length);
      }
    }
    Watched.Pending pending = watched.pending();
    if (pending.count() > 0) {
      out.println(
          asked
              ? "Not known to the chain (a deposit under way, or a mistake):"
              : "Not known yet; name a consensus node to have it asked:");
      some(out, texts(pending.indices(), ValidatorIndex::toString));
      some(out, texts(pending.keys(), BlsPublicKey::toHex));
      some(out, texts(pending.addresses(), Address::toHex));
    }
    for (Watched.Finding finding : watched.findings()) {
      out.printf(
          "%s: %s. What to do: %s%n",
          finding.error().code(), finding.problem(), finding.error().remedy());
    }
  }

  private static void some(PrintWriter out, List<String> texts) {
    texts.stream().limit(SHOWN).forEach(text -> out.println("  " + text));
    if (texts.size() > SHOWN) {
      out.printf("  and %d more%n", texts.size() - SHOWN);
    }
  }
}
