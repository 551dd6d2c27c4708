package io.auriga.app.web.page;

import io.auriga.app.web.WebInputs;
import io.auriga.validators.slo.BurnRule.Severity;
import io.auriga.validators.slo.Count;
import io.auriga.validators.slo.Indicator;
import io.auriga.validators.slo.SloReport;
import io.auriga.validators.slo.SloReport.Line;
import io.auriga.validators.slo.SloReport.Stretch;
import io.auriga.validators.slo.Window;
import io.auriga.validators.watched.Label;
import io.auriga.validators.watched.Watched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the page of the objectives. */
final class Slos {
  /** As many as a person scrolls through; those that burn come first. */
  private static final int SCOPES_SHOWN = 24;

  private final WebInputs inputs;

  Slos(WebInputs inputs) {
    this.inputs = inputs;
  }

  SloPage page(Chrome chrome, Instant now) {
    SloReport report = inputs.slo().report();
    Map<String, List<Line>> byScope = new LinkedHashMap<>();
    report.lines().stream()
        .sorted(Comparator.comparing(Slos::urgency))
        .forEach(line -> byScope.computeIfAbsent(line.scope(), _ -> new ArrayList<>()).add(line));
    List<SloPage.Scope> scopes =
        byScope.entrySet().stream()
            .limit(SCOPES_SHOWN)
            .map(entry -> scope(entry.getKey(), entry.getValue()))
            .toList();
    long burning = report.lines().stream().filter(line -> !line.alerts().isEmpty()).count();
    boolean page = report.lines().stream().anyMatch(line -> is(line, Severity.PAGE));
    return new SloPage(
        chrome,
        burning == 0
            ? "No error budget burns faster than chance explains."
            : Digits.counted(burning, "error budget") + " burning, and not by chance.",
        burning == 0 ? Tone.OK : page ? Tone.BAD : Tone.WARN,
        report.at().map(at -> Moment.of(at, now)),
        scopes,
        byScope.size() - scopes.size());
  }

  private static boolean is(Line line, Severity severity) {
    return line.severity().filter(severity::equals).isPresent();
  }

  /** What burns comes first, then all who are watched, then the others by name. */
  private static String urgency(Line line) {
    String rank = is(line, Severity.PAGE) ? "0" : is(line, Severity.TICKET) ? "1" : "2";
    return rank + (line.scope().equals(Watched.ALL) ? " " : line.scope());
  }

  private SloPage.Scope scope(String scope, List<Line> lines) {
    long[] validators = inputs.watch().get().watched().scopes().get(scope);
    return new SloPage.Scope(
        scope,
        scope.equals(Watched.ALL)
            ? "All watched"
            : scope.startsWith(Label.GROUP + ":")
                ? "Group " + scope.substring(Label.GROUP.length() + 1)
                : scope,
        validators == null ? "" : Digits.counted(validators.length, "validator"),
        lines.stream()
            .sorted(Comparator.comparing(line -> line.objective().indicator()))
            .map(this::card)
            .toList());
  }

  private SloPage.Card card(Line line) {
    Stretch month = line.window(Window.DAYS_30);
    String left = line.budget().left().map(Slos::percent).orElse("no duty yet");
    String gone =
        line.budget()
            .goneIn()
            .map(
                in ->
                    in.isZero()
                        ? "The budget is gone"
                        : "Gone in " + Moment.span(in.toSeconds()) + " at the present rate")
            .orElse("Lasts at the present rate");
    return new SloPage.Card(
        name(line.objective().indicator()),
        line.objective().text().replace("%", " %"),
        tone(line),
        left,
        gone,
        picture(line, left),
        share(month.count()),
        share(month.network()),
        "%s in 1\u00a0h · %s in 6\u00a0h · %s in 1\u00a0d"
            .formatted(
                burn(line, Window.HOUR_1), burn(line, Window.HOURS_6), burn(line, Window.DAY_1)),
        chance(line.window(Window.DAY_1)),
        line.alerts().stream()
            .map(
                alert ->
                    "%s: burns %.1f times as fast over %s"
                        .formatted(
                            alert.rule().severity() == Severity.PAGE ? "Page" : "Ticket",
                            alert.burn(),
                            alert.rule().over().text()))
            .toList());
  }

  private static Tone tone(Line line) {
    if (is(line, Severity.PAGE)) {
      return Tone.BAD;
    }
    return is(line, Severity.TICKET) || line.budget().left().orElse(1.0) <= 0 ? Tone.WARN : Tone.OK;
  }

  static String name(Indicator indicator) {
    return switch (indicator) {
      case INCLUSION -> "Attestations included";
      case TARGET -> "Target votes";
      case HEAD -> "Head votes";
      case SYNC -> "Sync committee";
      case PROPOSALS -> "Proposals";
    };
  }

  private static String chance(Stretch stretch) {
    if (stretch.count().total() == 0) {
      return "No duty in the last day";
    }
    String text =
        "%s missed of %s in 1 d"
            .formatted(
                Digits.grouped(stretch.count().missed()), Digits.grouped(stretch.count().total()));
    String shared =
        stretch.count().shared() == 0
            ? ""
            : ", %s with the network".formatted(Digits.grouped(stretch.count().shared()));
    return text + shared + "; chance of so many " + probability(stretch.chance());
  }

  private static String probability(double chance) {
    if (chance >= 0.01) {
      return String.format(Locale.ROOT, "%.0f %%", chance * 100);
    }
    return chance < 1e-9
        ? "below 1 in a billion"
        : "1 in " + Digits.grouped(Math.round(1 / chance));
  }

  private static String burn(Line line, Window window) {
    return line.window(window)
        .burn()
        .map(rate -> String.format(Locale.ROOT, "%.1f×", rate))
        .orElse("–");
  }

  private static String share(Count count) {
    return count.total() == 0
        ? "no duty"
        : String.format(
            Locale.ROOT, "%.3f %%", 100.0 * (count.total() - count.missed()) / count.total());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share * 100);
  }

  private SloPage.Picture picture(Line line, String left) {
    List<Count> pieces =
        inputs.slo().history(line.scope(), line.objective().indicator(), SloPage.Picture.PIECES);
    double allowed = Math.max(line.budget().allowed(), Double.MIN_NORMAL);
    double total = pieces.stream().mapToLong(Count::missed).sum() / allowed;
    // A budget that was overspent goes below the line of nothing left, down to as much again.
    double depth = Math.clamp(total, 1, 2);
    StringBuilder path = new StringBuilder("M0 0");
    List<SloPage.Bar> bars = new ArrayList<>();
    double spent = 0;
    for (int i = 0; i < pieces.size(); i++) {
      Count piece = pieces.get(i);
      spent += piece.missed() / allowed;
      double y = Math.min(spent / depth, 1) * SloPage.Picture.HEIGHT;
      path.append(String.format(Locale.ROOT, "L%d %.2f", i + 1, y));
      if (piece.missed() > 0) {
        double rate = piece.missed() / (double) piece.total() / line.objective().missRate();
        bars.add(bar(i, rate));
      }
    }
    return new SloPage.Picture(
        path.toString(),
        path + "V%d H0Z".formatted(SloPage.Picture.HEIGHT),
        SloPage.Picture.HEIGHT / depth,
        bars,
        "The error budget over 30 days: %s left; it burned in %s of %d parts"
            .formatted(left, bars.size(), SloPage.Picture.PIECES));
  }

  /** On a logarithmic scale: a tenth of the allowed rate is just seen, a hundred times fills it. */
  private static SloPage.Bar bar(int x, double rate) {
    double height = Math.clamp((Math.log10(rate) + 1) / 3, 0.08, 1) * SloPage.Picture.BAR_HEIGHT;
    String css = rate >= 14.4 ? "bad" : rate >= 1 ? "warn" : "ok";
    return new SloPage.Bar(x, Math.round(height * 10) / 10.0, css);
  }
}
