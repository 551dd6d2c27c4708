package io.auriga.validators.rewards;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.Epoch;
import io.auriga.validators.watched.Watched;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;

/**
 * Rewards as metrics: series for each scope, of which there are at most 257, and per validator only
 * where that was asked for. A scrape sees one epoch whole.
 */
public final class RewardMetrics {
  private final int limit;
  private final Counter compared;
  private final Counter unanswered;
  private volatile Picture picture =
      new Picture(Optional.empty(), Instant.EPOCH, new TreeMap<>(), Map.of());

  private record Picture(
      Optional<Epoch> epoch,
      Instant at,
      SortedMap<String, RewardTotals> scopes,
      Map<Integer, RewardTotals> validators) {}

  /**
   * @param validators how many get series of their own; 0 for none
   */
  public RewardMetrics(Metrics metrics, int validators) {
    this.limit = validators;
    Supplier<Picture> one = Metrics.steady(() -> picture);
    metrics.gauge(
        "auriga_rewards_epoch",
        "The newest epoch whose rewards are known; -1 before the first.",
        () -> one.get().epoch().map(epoch -> (double) epoch.value()).orElse(-1.0));
    metrics.gauge(
        "auriga_rewards_last_success_timestamp_seconds",
        "When the rewards of an epoch were last taken; 0 before the first.",
        () -> (double) one.get().at().getEpochSecond());
    parts(
        metrics,
        one,
        "auriga_rewards_epoch_earned_gwei",
        "Earned in the newest epoch; below 0 where penalties are more.",
        (totals, part) -> (double) totals.earned(part));
    parts(
        metrics,
        one,
        "auriga_rewards_epoch_ideal_gwei",
        "What the same duties bring if nothing is missed and everything is timely.",
        (totals, part) -> (double) totals.ideal(part));
    parts(
        metrics,
        one,
        "auriga_rewards_epoch_unknown",
        "Validators of which no node said what the part came to; they are in no amount.",
        (totals, part) -> (double) totals.unknown(part));
    if (validators > 0) {
      metrics.gauge(
          "auriga_validator_earned_gwei",
          "Earned in the newest epoch; absent if a part is not known.",
          values ->
              one.get()
                  .validators()
                  .forEach(
                      (validator, totals) ->
                          values.put((double) totals.earned(), Integer.toString(validator))),
          "validator");
    }
    this.compared =
        metrics.counter(
            "auriga_rewards_compared_total",
            "Parts of rewards compared with duties counted from blocks.",
            "outcome");
    this.unanswered =
        metrics.counter(
            "auriga_rewards_unanswered_total",
            "Epochs that no node gave usable rewards of when it was asked.",
            "code");
  }

  private static void parts(
      Metrics metrics,
      Supplier<Picture> picture,
      String name,
      String help,
      ToDoubleBiFunction<RewardTotals, RewardPart> value) {
    metrics.gauge(
        name,
        help,
        values ->
            picture
                .get()
                .scopes()
                .forEach(
                    (scope, totals) -> {
                      for (RewardPart part : RewardPart.values()) {
                        values.put(value.applyAsDouble(totals, part), scope, part.lowerName());
                      }
                    }),
        "scope",
        "part");
  }

  void taken(EpochRewards rewards, Watched watched, Instant now) {
    if (picture.epoch().filter(newer -> newer.compareTo(rewards.epoch()) > 0).isPresent()) {
      return;
    }
    SortedMap<String, RewardTotals> scopes = new TreeMap<>();
    watched.indicesByScope().forEach((scope, members) -> scopes.put(scope, rewards.of(members)));
    Map<Integer, RewardTotals> validators = new TreeMap<>();
    Arrays.stream(watched.indicesOf(Watched.ALL))
        .limit(limit)
        .forEach(
            validator -> {
              RewardTotals totals = rewards.of(validator);
              if (totals.epochs() > 0 && totals.isWhole()) {
                validators.put(validator, totals);
              }
            });
    picture =
        new Picture(
            Optional.of(rewards.epoch()),
            now,
            Collections.unmodifiableSortedMap(scopes),
            Collections.unmodifiableMap(validators));
  }

  void compared(EpochRewards.Comparison comparison) {
    compared.labelValues("equal").inc(comparison.equal());
    compared.labelValues("explained").inc(comparison.explained());
    compared.labelValues("different").inc(comparison.different());
  }

  void unanswered(String code) {
    unanswered.labelValues(code).inc();
  }
}
