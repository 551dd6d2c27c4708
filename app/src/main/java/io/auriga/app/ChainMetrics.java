package io.auriga.app;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.types.AurigaException;
import io.auriga.types.SlotClock;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;

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

  ChainMetrics(PrometheusRegistry registry, SlotClock clock) {
    this.clock = clock;
    headSlot =
        Gauge.builder()
            .name("auriga_chain_head_slot")
            .help("Slot of the last block committed to the store.")
            .register(registry);
    nodeHeadSlot =
        Gauge.builder()
            .name("auriga_chain_node_head_slot")
            .help("Slot of the head that the followed beacon node last named.")
            .register(registry);
    lagSlots =
        Gauge.builder()
            .name("auriga_chain_lag_slots")
            .help("Slots between the store and the node's head; 0 while following.")
            .register(registry);
    finalizedEpoch =
        Gauge.builder()
            .name("auriga_chain_finalized_epoch")
            .help("Last finalized epoch taken from the consensus layer; never falls.")
            .register(registry);
    state =
        Gauge.builder()
            .name("auriga_chain_follower_state")
            .help("1 for what the follower is doing now, 0 for the rest.")
            .labelNames("state")
            .register(registry);
    blocks =
        Counter.builder()
            .name("auriga_chain_blocks_total")
            .help("Blocks verified and committed, those of undone branches included.")
            .register(registry);
    reorgs =
        Counter.builder()
            .name("auriga_chain_reorgs_total")
            .help("Times the chain was switched to another branch.")
            .register(registry);
    reorgDepth =
        Histogram.builder()
            .name("auriga_chain_reorg_depth_blocks")
            .help("Blocks undone by a reorg.")
            .classicUpperBounds(1, 2, 3, 4, 8, 16, 32, 64)
            .register(registry);
    refused =
        Counter.builder()
            .name("auriga_chain_refused_total")
            .help("Answers of nodes that were refused because they do not prove what they claim.")
            .labelNames("code")
            .register(registry);
    headWentBack =
        Counter.builder()
            .name("auriga_chain_head_went_back_total")
            .help("Times a node named a head older than one it had named before.")
            .register(registry);
    commitMark =
        Histogram.builder()
            .name("auriga_chain_commit_mark_seconds")
            .help("Time into its slot at which the newest block of an update was committed.")
            .classicUpperBounds(0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12)
            .register(registry);
    for (FollowerSnapshot.State each : FollowerSnapshot.State.values()) {
      state.labelValues(label(each)).set(0);
    }
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
        .ifPresent(moved -> finalizedEpoch.set((double) moved.finalizedEpoch().value()));
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
    snapshot.head().ifPresent(head -> headSlot.set((double) head.slot().value()));
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
