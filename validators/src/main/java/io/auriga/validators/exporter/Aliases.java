package io.auriga.validators.exporter;

import io.auriga.runtime.metrics.Metrics;
import io.auriga.validators.slo.Count;
import io.auriga.validators.slo.Indicator;
import io.auriga.validators.watched.Watched;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The names that others made known, with their labels and units: those of eth-validator-watcher,
 * whose rates are percentages, and those of Lighthouse's validator monitor, whose counters have no
 * {@code _total}.
 */
final class Aliases {
  private final Metrics metrics;
  private final Supplier<Picture> picture;
  private final Supplier<SortedMap<String, Integer>> upcoming;
  private final String network;

  private Aliases(
      Metrics metrics,
      Supplier<Picture> picture,
      Supplier<SortedMap<String, Integer>> upcoming,
      String network) {
    this.metrics = metrics;
    this.picture = picture;
    this.upcoming = upcoming;
    this.network = network;
  }

  static void register(
      Metrics metrics,
      Supplier<Picture> picture,
      Supplier<SortedMap<String, Integer>> upcoming,
      String network) {
    Aliases aliases = new Aliases(metrics, picture, upcoming, network);
    aliases.ofWatcher();
    aliases.ofMonitor();
  }

  private void ofWatcher() {
    metrics.alias(
        "eth_epoch",
        "As auriga_duties_epoch.",
        values ->
            picture.get().epoch().ifPresent(epoch -> values.put((double) epoch.value(), network)),
        "network");
    metrics.alias(
        "eth_slot",
        "The slot of the newest block whose votes are counted.",
        values ->
            picture.get().head().ifPresent(slot -> values.put((double) slot.value(), network)),
        "network");
    newest(
        "eth_missed_attestations",
        "Attestations missed in the newest epoch.",
        scope -> scope.counts().of(Indicator.INCLUSION).missed());
    newest(
        "eth_missed_consecutive_attestations",
        "Validators that missed the newest epoch's attestation and the one before.",
        Picture.Scope::missedTwice);
    newest(
        "eth_suboptimal_sources_rate",
        "Percentage of the newest epoch's attestations without a timely source.",
        scope ->
            percent(
                scope.attestations().assigned() - scope.attestations().source(),
                scope.attestations().assigned()));
    newest(
        "eth_suboptimal_targets_rate",
        "Percentage of the newest epoch's attestations without a timely target.",
        scope -> percent(scope.counts().of(Indicator.TARGET)));
    newest(
        "eth_suboptimal_heads_rate",
        "Percentage of the newest epoch's attestations without a timely head.",
        scope -> percent(scope.counts().of(Indicator.HEAD)));
    growing(
        "eth_block_proposals_finalized_total",
        "Blocks proposed in final epochs.",
        proposals -> proposals.total() - proposals.missed());
    growing(
        "eth_missed_block_proposals_finalized_total",
        "Blocks missed in final epochs.",
        Count::missed);
    atHead(
        "eth_block_proposals_head_total",
        "Blocks proposed, each epoch as it was when it was counted first: two epochs behind the"
            + " head.",
        proposals -> proposals.total() - proposals.missed());
    atHead(
        "eth_missed_block_proposals_head_total",
        "Blocks missed, each epoch as it was when it was counted first: two epochs behind the"
            + " head.",
        Count::missed);
    metrics.alias(
        "eth_future_block_proposals",
        "Blocks still to be proposed in this epoch, and from Fulu on in the next one.",
        values ->
            upcoming.get().forEach((scope, count) -> values.put(count, theirs(scope), network)),
        "scope",
        "network");
  }

  private void atHead(String name, String help, ToDoubleFunction<Count> value) {
    metrics.aliasCounter(
        name,
        help,
        values ->
            picture
                .get()
                .sums()
                .proposals()
                .forEach(
                    (scope, count) ->
                        values.put(value.applyAsDouble(count), theirs(scope), network)),
        "scope",
        "network");
  }

  private void newest(String name, String help, ToDoubleFunction<Picture.Scope> value) {
    metrics.alias(
        name,
        help,
        values ->
            picture
                .get()
                .scopes()
                .forEach(
                    (scope, state) ->
                        values.put(value.applyAsDouble(state), theirs(scope), network)),
        "scope",
        "network");
  }

  private void growing(String name, String help, ToDoubleFunction<Count> value) {
    metrics.aliasCounter(
        name,
        help,
        values ->
            picture
                .get()
                .totals()
                .forEach(
                    (scope, totals) ->
                        values.put(
                            value.applyAsDouble(totals.of(Indicator.PROPOSALS)),
                            theirs(scope),
                            network)),
        "scope",
        "network");
  }

  /** Their words for everybody who is watched, and for everybody there is. */
  private static String theirs(String scope) {
    return switch (scope) {
      case Watched.ALL -> "scope:watched";
      case Watched.NETWORK -> "scope:all-network";
      default -> scope;
    };
  }

  private static double percent(Count count) {
    return percent(count.missed(), count.total());
  }

  private static double percent(long part, long total) {
    return total == 0 ? 0 : 100.0 * part / total;
  }

  private void ofMonitor() {
    monitor("attester", Indicator.INCLUSION, "included");
    monitor("target_attester", Indicator.TARGET, "with a timely target");
    monitor("head_attester", Indicator.HEAD, "with a timely head");
  }

  private void monitor(String what, Indicator indicator, String done) {
    String name = "validator_monitor_prev_epoch_on_chain_" + what;
    total(
        name + "_hit",
        "Attestations of final epochs " + done + ".",
        indicator,
        count -> count.total() - count.missed());
    total(
        name + "_miss", "Attestations of final epochs not " + done + ".", indicator, Count::missed);
  }

  private void total(String name, String help, Indicator indicator, ToDoubleFunction<Count> value) {
    metrics.alias(
        name,
        help,
        values -> {
          Growing.@Nullable Totals all = picture.get().totals().get(Watched.ALL);
          if (all != null) {
            values.put(value.applyAsDouble(all.of(indicator)), "total");
          }
        },
        "validator");
  }
}
