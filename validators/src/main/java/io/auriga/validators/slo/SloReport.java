package io.auriga.validators.slo;

import io.auriga.types.Epoch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How every objective stands after an epoch.
 *
 * @param epoch the newest that is counted; empty before the first
 * @param at when that was counted
 */
public record SloReport(
    Optional<Epoch> epoch, Optional<Instant> at, Duration epochLength, List<Line> lines) {
  public SloReport {
    lines = List.copyOf(lines);
  }

  /** One objective of one scope. */
  public record Line(
      String scope,
      Objective objective,
      Map<Window, Stretch> windows,
      Budget budget,
      List<Alert> alerts) {
    public Line {
      windows = Map.copyOf(windows);
      alerts = List.copyOf(alerts);
    }

    public Stretch window(Window window) {
      return java.util.Objects.requireNonNull(windows.get(window));
    }

    /** The most urgent alert's. */
    public Optional<BurnRule.Severity> severity() {
      return alerts.stream().map(alert -> alert.rule().severity()).min(Enum::compareTo);
    }
  }

  /**
   * One window.
   *
   * @param epochs how many it has
   * @param covered how many of them are known
   * @param network the same duties of the whole network, to compare with
   * @param burn how many times as fast as the budget lasts duties are missed, those left out that
   *     the network missed as well; empty without duties
   * @param chance how probable so many own misses, or more, would be if the objective was met
   * @param chanceAsNetwork how probable they would be at the network's own rate
   */
  public record Stretch(
      int epochs,
      int covered,
      Count count,
      Count network,
      Optional<Double> burn,
      double chance,
      double chanceAsNetwork) {}

  /**
   * What may be missed in 30 days.
   *
   * @param allowed misses, of the duties of 30 days; reckoned from what is known of them
   * @param spent misses so far, shared ones too
   * @param left the share of the budget that is left; below 0 where more was missed
   * @param goneIn how long it lasts at the rate of the last six hours, 0 if it is gone; empty if it
   *     lasts
   */
  public record Budget(
      double allowed, long spent, Optional<Double> left, Optional<Duration> goneIn) {}

  /** A rule that holds now. */
  public record Alert(BurnRule rule, double burn, double chance) {}
}
