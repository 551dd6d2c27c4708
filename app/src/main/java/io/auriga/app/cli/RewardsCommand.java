package io.auriga.app.cli;

import io.auriga.app.config.AurigaConfig;
import io.auriga.app.web.api.RewardJson;
import io.auriga.app.web.api.RewardPeriod;
import io.auriga.types.AurigaException;
import io.auriga.types.Epoch;
import io.auriga.types.Hex;
import io.auriga.validators.rewards.RewardPart;
import io.auriga.validators.rewards.RewardReport;
import io.auriga.validators.rewards.RewardStore;
import io.auriga.validators.rewards.RewardTotals;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.Watched;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga validators rewards}: what watched validators earned. */
@Command(
    name = "rewards",
    description = {
      "Says what watched validators earned on the consensus layer, what a perfect validator would"
          + " have, and what is missing between the two, for each group and label and for"
          + " validators that are named. Asks the store of 'auriga run', also while it runs.",
      "",
      "Amounts are Gwei; penalties are negative. What no node said is unknown and in no amount.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every epoch of it is known",
      "1:An epoch or a part is not known, or differs from what blocks say"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga validators rewards --config auriga.yaml --last 7d",
      "  auriga validators rewards --config auriga.yaml --epoch 405000 --validator 1234,1235",
      "  auriga validators rewards --config auriga.yaml --group north --json"
    })
final class RewardsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--epoch", paramLabel = "EPOCH", description = "One epoch.")
  private @Nullable String epoch;

  @Option(
      names = "--last",
      paramLabel = "TIME",
      description = "How far back from the newest epoch: 12h, 7d (default: 1d).")
  private @Nullable String last;

  @Option(
      names = "--validator",
      paramLabel = "INDEX…",
      split = ",",
      hideParamSyntax = true,
      description = "Validators to tell one by one.")
  private List<String> validators = List.of();

  @Option(
      names = "--group",
      paramLabel = "NAME",
      description = "Tells the validators of this group one by one.")
  private @Nullable String group;

  @Option(names = "--json", description = "One JSON object for the whole, then one a line.")
  private boolean json;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    if (epoch != null && last != null) {
      throw new AurigaException(
          CliError.USAGE, "say what was earned", "both --epoch and --last are given");
    }
    AurigaConfig loaded = config.load(Map.of());
    Watched watched = WatchAccess.learned(loaded, loaded.watch().read());
    Optional<RewardReport> report = read(loaded, watched);
    PrintWriter out = spec.commandLine().getOut();
    if (report.isEmpty() || report.get().kept() == 0) {
      if (!json) {
        out.println("No rewards of that time are known.");
      }
      return ExitCode.FINDING;
    }
    if (json) {
      printJson(out, report.get());
    } else {
      print(out, report.get());
    }
    boolean isWhole =
        report.get().kept() == report.get().epochs()
            && report.get().comparison().different() == 0
            && report.get().scopes().values().stream().allMatch(one -> one.totals().isWhole())
            && report.get().validators().values().stream().allMatch(RewardTotals::isWhole);
    return isWhole ? ExitCode.OK : ExitCode.FINDING;
  }

  private Optional<RewardReport> read(AurigaConfig loaded, Watched watched) {
    int[] wanted =
        IntStream.concat(
                validators.stream().mapToInt(RewardsCommand::parsedIndex), members(watched))
            .toArray();
    SortedMap<String, int[]> scopes = watched.indicesByScope();
    Optional<Epoch> one = parsed("--epoch", epoch, Epoch::parseDecimal);
    RewardPeriod period = parsed("--last", last, RewardPeriod::parse).orElse(RewardPeriod.DAY);
    return StoreAccess.read(
        loaded,
        "say what was earned",
        RewardStore.MIGRATIONS,
        store -> {
          RewardStore kept = new RewardStore(store);
          return one.isPresent()
              ? Optional.of(RewardReport.of(kept, one.get(), one.get(), scopes, wanted))
              : kept.clock()
                  .flatMap(
                      clock ->
                          RewardReport.ofLast(kept, period.epochs(clock.epoch()), scopes, wanted));
        });
  }

  private IntStream members(Watched watched) {
    if (group == null) {
      return IntStream.empty();
    }
    String scope = Label.GROUP + ":" + group;
    if (!watched.scopes().containsKey(scope)) {
      throw new AurigaException(
          CliError.USAGE, "read --group", "no watched validator is in " + Hex.abbreviate(group));
    }
    return IntStream.of(watched.indicesOf(scope));
  }

  private static <T> Optional<T> parsed(
      String option, @Nullable String text, Function<String, T> parser) {
    try {
      return Optional.ofNullable(text).map(parser);
    } catch (IllegalArgumentException malformed) {
      throw new AurigaException(
          CliError.USAGE, "read " + option, String.valueOf(malformed.getMessage()));
    }
  }

  private static int parsedIndex(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new AurigaException(
          CliError.USAGE, "read --validator", Hex.abbreviate(text) + " is no validator's index");
    }
    return Integer.parseInt(text);
  }

  private static void printJson(PrintWriter out, RewardReport report) {
    out.println(RewardJson.heading(report));
    report.scopes().forEach((scope, line) -> out.println(RewardJson.scope(scope, line)));
    report
        .validators()
        .forEach((validator, totals) -> out.println(RewardJson.validator(validator, totals)));
  }

  private static void print(PrintWriter out, RewardReport report) {
    out.printf(
        "Epochs %s to %s: %d of %d are known, %d are final.%n%n",
        report.first(), report.last(), report.kept(), report.epochs(), report.settled());
    TextTable table =
        new TextTable(
            TextTable.Column.left("GWEI"),
            TextTable.Column.right("EARNED"),
            TextTable.Column.right("IDEAL"),
            TextTable.Column.right("MISSED"),
            TextTable.Column.right("HEAD"),
            TextTable.Column.right("TARGET"),
            TextTable.Column.right("SOURCE"),
            TextTable.Column.right("LEAK"),
            TextTable.Column.right("SYNC"),
            TextTable.Column.right("PROPOSAL"));
    report.scopes().forEach((scope, line) -> add(table, scope, line.totals()));
    report
        .validators()
        .forEach((validator, totals) -> add(table, "validator " + validator, totals));
    table.print(out);
    out.printf(
        "%nThe columns behind MISSED say what of it was for what; ? is not known.%n"
            + "Compared with duties counted from blocks: %d parts equal, %d explained, %d"
            + " different.%n",
        report.comparison().equal(),
        report.comparison().explained(),
        report.comparison().different());
    report.comparison().difference().ifPresent(text -> out.println("First: " + text + "."));
  }

  private static void add(TextTable table, String name, RewardTotals totals) {
    table.add(
        name,
        grouped(totals.earned()) + (totals.isWhole() ? "" : " ?"),
        grouped(totals.ideal()),
        grouped(totals.missed()),
        missed(totals, RewardPart.HEAD),
        missed(totals, RewardPart.TARGET),
        missed(totals, RewardPart.SOURCE),
        missed(totals, RewardPart.INACTIVITY),
        missed(totals, RewardPart.SYNC),
        missed(totals, RewardPart.PROPOSAL));
  }

  private static String missed(RewardTotals totals, RewardPart part) {
    return totals.epochs() > 0 && totals.unknown(part) == totals.epochs()
        ? "?"
        : grouped(totals.missed(part));
  }

  private static String grouped(long gwei) {
    return String.format(Locale.ROOT, "%,d", gwei);
  }
}
