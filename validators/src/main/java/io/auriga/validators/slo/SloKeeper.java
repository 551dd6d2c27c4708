package io.auriga.validators.slo;

import io.auriga.types.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the counts of each epoch, keeps them, and says how the objectives stand. What it says
 * survives a restart; an epoch may come again, and then replaces what it was.
 */
public final class SloKeeper {
  private final SloStore store;
  private final InstantSource time;
  private final Duration epochLength;
  private final SloReports reports;
  private volatile SloReport report;

  /**
   * Reads what was kept.
   *
   * @param epochLength how long an epoch of the network lasts
   */
  public SloKeeper(
      SloStore store, Objectives objectives, Duration epochLength, InstantSource time) {
    this.store = store;
    this.time = time;
    this.epochLength = epochLength;
    this.reports = new SloReports(objectives, epochLength);
    store.read(reports.epochsKept(), reports::put);
    this.report = reports.report(store.clock().map(SloStore.Clock::countedAt));
  }

  /** What is kept in a store, for a reader without a node; empty if nothing was counted yet. */
  public static Optional<SloKeeper> readOnly(
      SloStore store, Objectives objectives, InstantSource time) {
    return store.clock().map(clock -> new SloKeeper(store, objectives, clock.epoch(), time));
  }

  /**
   * Takes the counts of one epoch, of all scopes. Durable when it returns.
   *
   * @param scopes all of the same epoch
   */
  public synchronized void take(List<EpochCounts> scopes) {
    if (scopes.isEmpty()) {
      return;
    }
    Epoch epoch = scopes.getFirst().epoch();
    if (scopes.stream().anyMatch(one -> !one.epoch().equals(epoch))) {
      throw new IllegalArgumentException("Counts of several epochs at once: " + scopes);
    }
    Instant now = time.instant();
    long newest = Math.max(reports.newest(), epoch.value());
    Epoch forget = new Epoch(Math.max(0, newest - reports.epochsKept() + 1));
    store.write(epoch, scopes, forget, new SloStore.Clock(epochLength, now));
    scopes.forEach(reports::put);
    report = reports.report(Optional.of(now));
  }

  /** How the objectives stand: one consistent look. */
  public SloReport report() {
    return report;
  }

  /**
   * One indicator's counts of one scope, back from the newest epoch, the oldest first: for a
   * picture.
   *
   * @param points into how many pieces the 30 days are cut
   */
  public synchronized List<Count> history(String scope, Indicator indicator, int points) {
    CountSeries series = reports.scopes().get(scope);
    List<Count> history = new ArrayList<>();
    int each = Math.ceilDiv(reports.epochsKept(), points);
    for (int i = points - 1; i >= 0; i--) {
      history.add(
          series == null
              ? Count.NONE
              : series.sum(indicator, reports.newest() - (long) i * each, each).count());
    }
    return history;
  }
}
