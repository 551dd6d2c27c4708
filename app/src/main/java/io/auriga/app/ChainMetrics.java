package io.auriga.app;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.AurigaException;
import io.auriga.types.SlotClock;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** What the follower does, in numbers. */
final class ChainMetrics implements FollowerListener {
  private final SlotClock clock;
  private final Gauge headSlot;
  private final Gauge nodeHeadSlot;
  private final Gauge lagSlots;
  private final Gauge finalizedEpoch;
  private final Gauge state;
  private final Counter blocks;
  private final Counter reorgs;
  private final Histogram reorgDepth;
  private final Counter refused;
  private final Counter headWentBack;
  private final Histogram commitMark;
  private volatile long lastHead = -1;
  private volatile long lastFinalized = -1;
  private volatile long lastJustified = -1;

  ChainMetrics(Metrics metrics, SlotClock clock) {
    this.clock = clock;
    headSlot =
        metrics.gauge("auriga_chain_head_slot", "Slot of the last block committed to the store.");
    nodeHeadSlot =
        metrics.gauge(
            "auriga_chain_node_head_slot",
            "Slot of the head that the followed beacon node last named.");
    lagSlots =
        metrics.gauge(
            "auriga_chain_lag_slots",
            "Slots between the store and the node's head; 0 while following.");
    finalizedEpoch =
        metrics.gauge(
            "auriga_chain_finalized_epoch",
            "Last finalized epoch taken from the consensus layer; never falls.");
    state =
        metrics.gauge(
            "auriga_chain_follower_state",
            "1 for what the follower is doing now, 0 for the rest.",
            "state");
    blocks =
        metrics.counter(
            "auriga_chain_blocks_total",
            "Blocks verified and committed, those of undone branches included.");
    reorgs =
        metrics.counter(
            "auriga_chain_reorgs_total", "Times the chain was switched to another branch.");
    reorgDepth =
        metrics.histogram(
            "auriga_chain_reorg_depth_blocks",
            "Blocks undone by a reorg.",
            List.of(1.0, 2.0, 3.0, 4.0, 8.0, 16.0, 32.0, 64.0));
    refused =
        metrics.counter(
            "auriga_chain_refused_total",
            "Answers of nodes that were refused because they do not prove what they claim.",
            "code");
    headWentBack =
        metrics.counter(
            "auriga_chain_head_went_back_total",
            "Times a node named a head older than one it had named before.");
    commitMark =
        metrics.histogram(
            "auriga_chain_commit_mark_seconds",
            "Time into its slot at which the newest block of an update was committed.",
            List.of(0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0));
    for (FollowerSnapshot.State each : FollowerSnapshot.State.values()) {
      state.labelValues(label(each)).set(0);
    }
  }

  /** The names that consensus clients have agreed on for the same. */
  ChainMetrics withAliases(Metrics metrics) {
    alias(metrics, "beacon_head_slot", "As auriga_chain_head_slot.", () -> lastHead);
    alias(
        metrics, "beacon_finalized_epoch", "As auriga_chain_finalized_epoch.", () -> lastFinalized);
    alias(
        metrics,
        "beacon_current_justified_epoch",
        "The last justified epoch, of the consensus layer.",
        () -> lastJustified);
    metrics.aliasCounter(
        "beacon_reorgs_total", "As auriga_chain_reorgs_total.", values -> values.put(reorgs.get()));
    return this;
  }

  private static void alias(Metrics metrics, String name, String help, LongSupplier value) {
    metrics.alias(
        name,
        help,
        values -> {
          long known = value.getAsLong();
          if (known >= 0) {
            values.put((double) known);
          }
        });
  }

  @Override
  public void committed(ChainUpdate update) {
    blocks.inc(update.applied().size());
    if (!update.undone().isEmpty()) {
      reorgs.inc();
      reorgDepth.observe(update.undone().size());
    }
    update
        .finality()
        .ifPresent(
            moved -> {
              lastFinalized = moved.finalizedEpoch().value();
              lastJustified = moved.safeEpoch().value();
              finalizedEpoch.set((double) lastFinalized);
            });
    if (update.applied().size() == 1) {
      observeMark(update.applied().getFirst());
    }
  }

  /** Only a block that came alone tells how late the head is; a batch is catching up. */
  private void observeMark(ChainBlock block) {
    Duration mark = Duration.between(clock.startOf(block.view().slot()), clock.now());
    if (!mark.isNegative() && mark.compareTo(clock.slotDuration().multipliedBy(2)) < 0) {
      commitMark.observe(mark.toNanos() / 1e9);
    }
  }

  @Override
  public void stateChanged(FollowerSnapshot snapshot) {
    snapshot
        .head()
        .ifPresent(
            head -> {
              lastHead = head.slot().value();
              headSlot.set((double) lastHead);
            });
    snapshot.nodeHead().ifPresent(head -> nodeHeadSlot.set((double) head.slot().value()));
    lagSlots.set((double) snapshot.lagSlots());
    for (FollowerSnapshot.State each : FollowerSnapshot.State.values()) {
      state.labelValues(label(each)).set(each == snapshot.state() ? 1 : 0);
    }
  }

  @Override
  public void refused(AurigaException failure) {
    refused.labelValues(failure.code()).inc();
  }

  @Override
  public void headWentBack(BlockRef from, BlockRef to) {
    headWentBack.inc();
  }

  private static String label(FollowerSnapshot.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }
}
