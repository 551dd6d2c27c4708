package io.auriga.app.cli;

import io.auriga.app.config.AurigaConfig;
import io.auriga.app.web.api.SloJson;
import io.auriga.app.web.page.Moment;
import io.auriga.validators.slo.SloKeeper;
import io.auriga.validators.slo.SloReport;
import io.auriga.validators.slo.SloReport.Line;
import io.auriga.validators.slo.SloRules;
import io.auriga.validators.slo.SloStore;
import io.auriga.validators.slo.Window;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auriga validators slo}: how the objectives stand. */
@Command(
    name = "slo",
    description = {
      "Says for each group and objective how much of the error budget of 30 days is left, how fast"
          + " it burns, when it is gone, and whether that can be chance. Asks the store of 'auriga"
          + " run', also while it runs.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:No budget burns", "1:An alert holds, or nothing was counted yet"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  auriga validators slo --config auriga.yaml",
      "  auriga validators slo --config auriga.yaml --json",
      "  auriga validators slo --rules > auriga.rules.yml"
    })
final class SloCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "One JSON object a scope and objective, a line each.")
  private boolean json;

  @Option(names = "--rules", description = "Prints alert rules for Prometheus instead.")
  private boolean rules;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    AurigaConfig loaded = config.load(Map.of());
    PrintWriter out = spec.commandLine().getOut();
    if (rules) {
      out.print(SloRules.yaml(loaded.objectives().significance()));
      return ExitCode.OK;
    }
    Optional<SloReport> report = read(loaded);
    if (report.isEmpty() || report.get().lines().isEmpty()) {
      out.println(json ? "" : "No duty of a watched validator was counted yet.");
      return ExitCode.FINDING;
    }
    if (json) {
      report.get().lines().forEach(line -> out.println(SloJson.line(line)));
    } else {
      print(out, report.get());
    }
    boolean burns = report.get().lines().stream().anyMatch(line -> !line.alerts().isEmpty());
    return burns ? ExitCode.FINDING : ExitCode.OK;
  }

  private static Optional<SloReport> read(AurigaConfig config) {
    return StoreAccess.read(
        config,
        "say how the objectives stand",
        SloStore.MIGRATIONS,
        store ->
            SloKeeper.readOnly(new SloStore(store), config.objectives(), InstantSource.system())
                .map(SloKeeper::report));
  }

  private static void print(PrintWriter out, SloReport report) {
    TextTable table =
        new TextTable(
            TextTable.Column.left("SCOPE"),
            TextTable.Column.left("OBJECTIVE"),
            TextTable.Column.right("30 DAYS"),
            TextTable.Column.right("NETWORK"),
            TextTable.Column.right("BUDGET LEFT"),
            TextTable.Column.right("BURN 1h"),
            TextTable.Column.right("1d"),
            TextTable.Column.left("GONE IN"),
            TextTable.Column.left("ALERT"));
    for (Line line : report.lines()) {
      SloReport.Stretch month = line.window(Window.DAYS_30);
      table.add(
          line.scope(),
          line.objective().indicator().lowerName() + " " + line.objective().text(),
          share(month.count().missed(), month.count().total()),
          share(month.network().missed(), month.network().total()),
          line.budget().left().map(left -> percent(100 * left)).orElse("-"),
          burn(line, Window.HOUR_1),
          burn(line, Window.DAY_1),
          line.budget().goneIn().map(gone -> Moment.span(gone.toSeconds())).orElse("lasts"),
          line.severity().map(Enum::name).orElse(""));
    }
    table.print(out);
    out.printf("%nAs of epoch %s.%n", report.epoch().orElseThrow());
  }

  private static String share(long missed, long total) {
    return total == 0 ? "-" : percent(100.0 * (total - missed) / total);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.2f %%", value);
  }

  private static String burn(Line line, Window window) {
    return line.window(window)
        .burn()
        .map(rate -> String.format(Locale.ROOT, "%.1f", rate))
        .orElse("-");
  }
}
