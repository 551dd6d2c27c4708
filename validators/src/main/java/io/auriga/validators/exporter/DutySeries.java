package io.auriga.validators.exporter;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.validators.accounting.DutyTotals;
import io.auriga.validators.slo.Count;
import io.auriga.validators.slo.Indicator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The series that are always there: for each scope, of which there are at most 258. */
final class DutySeries {
  private static final List<Double> DISTANCES = List.of(1.0, 2.0, 3.0, 4.0, 8.0, 16.0, 32.0);

  private DutySeries() {}

  static void register(Metrics metrics, Supplier<Picture> picture) {
    metrics.gauge(
        "auriga_duties_epoch",
        "The newest epoch whose duties are counted; -1 before the first.",
        () -> picture.get().epoch().map(epoch -> (double) epoch.value()).orElse(-1.0));
    metrics.gauge(
        "auriga_duties_last_success_timestamp_seconds",
        "When the duties of an epoch were last counted; 0 before the first.",
        () -> (double) picture.get().at().getEpochSecond());
    newest(
        metrics, picture, "auriga_duties_epoch_owed", "Duties in the newest epoch.", Count::total);
    newest(
        metrics,
        picture,
        "auriga_duties_epoch_missed",
        "Duties missed in the newest epoch.",
        Count::missed);
    metrics.gauge(
        "auriga_duties_missed_twice",
        "Validators that missed the newest epoch's attestation and the one before.",
        values ->
            picture
                .get()
                .scopes()
                .forEach((scope, state) -> values.put(state.missedTwice(), scope)),
        "scope");
    metrics.gauge(
        "auriga_duties_effectiveness_ratio",
        "Mean of 1 / (1 + lateness in blocks' slots) over the newest epoch's attestations; a missed"
            + " one is 0.",
        values ->
            picture
                .get()
                .scopes()
                .forEach(
                    (scope, state) ->
                        state
                            .attestations()
                            .effectiveness()
                            .ifPresent(ratio -> values.put(ratio, scope))),
        "scope");
    growing(metrics, picture, "auriga_duties_owed_total", "Duties of final epochs.", Count::total);
    growing(
        metrics,
        picture,
        "auriga_duties_missed_total",
        "Duties of final epochs that were missed.",
        Count::missed);
    metrics.histogram(
        "auriga_duties_inclusion_distance_slots",
        "Slots from an attestation to the block that has it, over final epochs; those that no block"
            + " has are not in it.",
        DISTANCES,
        histograms ->
            picture
                .get()
                .totals()
                .forEach(
                    (scope, totals) ->
                        histograms.put(
                            buckets(totals.attestations()),
                            (double) totals.attestations().distanceSum(),
                            scope)),
        "scope");
  }

  private static long[] buckets(DutyTotals attestations) {
    long[] counts = new long[DISTANCES.size() + 1];
    for (int slots = 1; slots < attestations.distanceLimit(); slots++) {
      int bucket = 0;
      while (bucket < DISTANCES.size() && slots > DISTANCES.get(bucket)) {
        bucket++;
      }
      counts[bucket] += attestations.atDistance(slots);
    }
    return counts;
  }

  private static void newest(
      Metrics metrics,
      Supplier<Picture> picture,
      String name,
      String help,
      ToLongFunction<Count> value) {
    metrics.gauge(
        name,
        help,
        values ->
            picture
                .get()
                .scopes()
                .forEach(
                    (scope, state) -> {
                      for (Indicator duty : Indicator.values()) {
                        values.put(
                            (double) value.applyAsLong(state.counts().of(duty)),
                            scope,
                            duty.lowerName());
                      }
                    }),
        "scope",
        "duty");
  }

  private static void growing(
      Metrics metrics,
      Supplier<Picture> picture,
      String name,
      String help,
      ToLongFunction<Count> value) {
    metrics.counter(
        name,
        help,
        values ->
            picture
                .get()
                .totals()
                .forEach(
                    (scope, totals) -> {
                      for (Indicator duty : Indicator.values()) {
                        values.put(
                            (double) value.applyAsLong(totals.of(duty)), scope, duty.lowerName());
                      }
                    }),
        "scope",
        "duty");
  }
}
