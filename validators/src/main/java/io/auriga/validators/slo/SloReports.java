package io.auriga.validators.slo;

import io.auriga.types.Epoch;
import io.auriga.validators.slo.SloReport.Alert;
import io.auriga.validators.slo.SloReport.Budget;
import io.auriga.validators.slo.SloReport.Line;
import io.auriga.validators.slo.SloReport.Stretch;
import io.auriga.validators.watched.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts of all scopes, and what they mean for the objectives. Not for several threads. */
final class SloReports {
  private final Objectives objectives;
  private final Duration epochLength;
  private final int month;
  private final SortedMap<String, CountSeries> scopes = new TreeMap<>();
  private long newest = -1;

  SloReports(Objectives objectives, Duration epochLength) {
    this.objectives = objectives;
    this.epochLength = epochLength;
    this.month = Window.DAYS_30.epochs(epochLength);
  }

  /** How many epochs count. */
  int epochsKept() {
    return month;
  }

  void put(EpochCounts counts) {
    scopes.computeIfAbsent(counts.scope(), _ -> new CountSeries(month)).put(counts);
    newest = Math.max(newest, counts.epoch().value());
  }

  SortedMap<String, CountSeries> scopes() {
    return Collections.unmodifiableSortedMap(scopes);
  }

  long newest() {
    return newest;
  }

  SloReport report(Optional<Instant> at) {
    if (newest < 0) {
      return new SloReport(Optional.empty(), at, epochLength, List.of());
    }
    List<Line> lines = new ArrayList<>();
    scopes.forEach(
        (scope, series) -> {
          // A label that nobody has any more is history.
          if (series.holds(newest)) {
            objectives.of(scope).forEach(objective -> lines.add(line(scope, series, objective)));
          }
        });
    return new SloReport(Optional.of(new Epoch(newest)), at, epochLength, lines);
  }

  private Line line(String scope, CountSeries series, Objective objective) {
    Map<Window, Stretch> windows = new EnumMap<>(Window.class);
    for (Window window : Window.values()) {
      windows.put(window, stretch(series, objective, window));
    }
    return new Line(scope, objective, windows, budget(series, objective, windows), alerts(windows));
  }

  private Stretch stretch(CountSeries series, Objective objective, Window window) {
    int epochs = window.epochs(epochLength);
    CountSeries.Sum sum = series.sum(objective.indicator(), newest, epochs);
    @Nullable CountSeries all = scopes.get(Watched.NETWORK);
    Count network =
        all == null ? Count.NONE : all.sum(objective.indicator(), newest, epochs).count();
    Count count = sum.count();
    Optional<Double> burn =
        count.own() == 0
            ? Optional.empty()
            : Optional.of(count.ownMissed() / (double) count.own() / objective.missRate());
    return new Stretch(
        epochs,
        sum.covered(),
        count,
        network,
        burn,
        Binomial.upperTail(count.ownMissed(), count.own(), objective.missRate()),
        network.own() == 0
            ? 1
            : Binomial.upperTail(
                count.ownMissed(), count.own(), network.ownMissed() / (double) network.own()));
  }

  private List<Alert> alerts(Map<Window, Stretch> windows) {
    List<Alert> alerts = new ArrayList<>();
    for (BurnRule rule : BurnRule.values()) {
      Stretch over = Objects.requireNonNull(windows.get(rule.over()));
      Stretch still = Objects.requireNonNull(windows.get(rule.still()));
      double burn = over.burn().orElse(0.0);
      if (burn >= rule.factor()
          && still.burn().orElse(0.0) >= rule.factor()
          && over.chance() <= objectives.significance()) {
        alerts.add(new Alert(rule, burn, over.chance()));
      }
    }
    return alerts;
  }

  private Budget budget(CountSeries series, Objective objective, Map<Window, Stretch> windows) {
    Stretch all = Objects.requireNonNull(windows.get(Window.DAYS_30));
    long spent = all.count().missed();
    if (all.count().total() == 0) {
      return new Budget(0, 0, Optional.empty(), Optional.empty());
    }
    // Of a month that was not seen whole, the rest is taken to be like what was seen.
    double duties = all.count().total() * (all.epochs() / (double) all.covered());
    double allowed = duties * objective.missRate();
    return new Budget(
        allowed,
        spent,
        Optional.of(1 - spent / allowed),
        goneIn(series, objective, windows, allowed));
  }

  /** Old misses leave the window while new ones come at the rate of the last six hours. */
  private Optional<Duration> goneIn(
      CountSeries series, Objective objective, Map<Window, Stretch> windows, double allowed) {
    Stretch recent = Objects.requireNonNull(windows.get(Window.HOURS_6));
    double rate = recent.count().missed() / (double) Math.max(1, recent.covered());
    double missed = Objects.requireNonNull(windows.get(Window.DAYS_30)).count().missed();
    for (int ahead = 0; ahead <= month; ahead++) {
      if (missed >= allowed) {
        return Optional.of(epochLength.multipliedBy(ahead));
      }
      missed += rate - series.of(objective.indicator(), newest - month + 1 + ahead).missed();
    }
    return Optional.empty();
  }
}
