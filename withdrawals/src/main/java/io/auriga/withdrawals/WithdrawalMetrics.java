package io.auriga.withdrawals;

import io.auriga.chain.BlockRef;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainError;
import io.auriga.chain.ChainException;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.ExecutionMatch;
import io.auriga.chain.FinalityUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.IndexGap;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is committed. Remembers the blocks that are not final yet, so that it can say what a
 * checkpoint or a reorg means in withdrawals; after a restart it learns them from the ledger. Used
 * by the follower's thread.
 */
public final class WithdrawalMetrics implements FollowerListener {
  /** Nine days without finality on a network with 12-second slots; older ones are not counted. */
  static final int UNFINAL_MAX = 65_536;

  /** A block first seen later than this after its slot is history that is caught up with. */
  private static final Duration LIVE_WITHIN = Duration.ofMinutes(5);

  /** From a good block's propagation to an hour without finality. */
  private static final List<Double> BOUNDS =
      List.of(
          0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 24.0, 60.0, 300.0, 600.0, 900.0, 1200.0, 1800.0,
          3600.0);

  private final Counter reached;
  private final Counter amount;
  private final Counter orphaned;
  private final Counter mismatches;
  private final Gauge gapSize;
  private final Gauge lastIndex;
  private final Gauge finalizedIndex;
  private final Histogram stageSeconds;
  private final SequencedMap<Root, UnfinalBlock> unfinal = new LinkedHashMap<>();

  /** Begins with what the ledger holds. */
  public WithdrawalMetrics(Metrics metrics, WithdrawalQueries queries) {
    reached =
        metrics.counter(
            "auriga_withdrawals_total",
            "Withdrawals that reached a stage: consensus, execution, safe or finalized. One that"
                + " comes back after a reorg counts again.",
            "stage");
    amount =
        metrics.counter(
            "auriga_withdrawals_amount_gwei_total",
            "Gwei of the withdrawals committed from canonical blocks.");
    orphaned =
        metrics.counter(
            "auriga_withdrawals_orphaned_total", "Withdrawals whose block a reorg undid.");
    mismatches =
        metrics.counter(
            "auriga_withdrawals_mismatches_total",
            "Blocks or checkpoints that were refused: block, execution, index or finality. Should"
                + " stay flat.",
            "cause");
    gapSize =
        metrics.gauge(
            "auriga_withdrawals_gap_size",
            "Withdrawals that must exist and are not in the ledger. Should be 0.");
    lastIndex =
        metrics.gauge("auriga_withdrawals_last_index", "Index of the last canonical withdrawal.");
    finalizedIndex =
        metrics.gauge("auriga_withdrawals_finalized_index", "Index of the last final withdrawal.");
    stageSeconds =
        metrics.histogram(
            "auriga_withdrawals_stage_seconds",
            "Time from the start of a block's slot until the block reached a stage. Blocks that are"
                + " only caught up with do not count.",
            BOUNDS,
            "stage");
    for (String cause : List.of("block", "execution", "index", "finality")) {
      mismatches.initLabelValues(cause);
    }
    for (Stage stage : List.of(Stage.CONSENSUS, Stage.EXECUTION, Stage.SAFE, Stage.FINALIZED)) {
      reached.initLabelValues(stage.lowerName());
    }
    queries.unfinal(UNFINAL_MAX).forEach(block -> unfinal.put(block.block().root(), block));
    LedgerSummary summary = queries.summary();
    gapSize.set((double) queries.missing());
    summary.lastIndex().ifPresent(index -> lastIndex.set((double) index.value()));
    queries.lastFinalIndex().ifPresent(index -> finalizedIndex.set((double) index.value()));
  }

  @Override
  public void committed(ChainUpdate update) {
    update.undone().forEach(this::undone);
    update.applied().forEach(this::applied);
    update.matched().forEach(this::matched);
    update.finality().ifPresent(finality -> finality(finality, update.at()));
    if (!update.undone().isEmpty() || !update.applied().isEmpty()) {
      newestIndex().ifPresent(index -> lastIndex.set((double) index));
    }
  }

  /** Holes as they were last found; none clears the gauge. */
  public void gaps(List<IndexGap> gaps) {
    gapSize.set((double) gaps.stream().mapToLong(IndexGap::count).sum());
  }

  @Override
  public void refused(AurigaException failure) {
    if (failure instanceof ChainException refusal) {
      cause(refusal.error()).ifPresent(cause -> mismatches.labelValues(cause).inc());
    }
  }

  private static Optional<String> cause(ChainError error) {
    return switch (error) {
      case BLOCK_MISMATCH -> Optional.of("block");
      case EXECUTION_MISMATCH -> Optional.of("execution");
      case INDEX_GAP -> Optional.of("index");
      case FINALITY_CONFLICT -> Optional.of("finality");
      case MISSING_BLOCK, FUTURE_HEAD, NO_START, INTERNAL -> Optional.empty();
    };
  }

  private void undone(BlockRef ref) {
    @Nullable UnfinalBlock block = unfinal.remove(ref.root());
    if (block != null) {
      orphaned.inc(block.withdrawals());
    }
  }

  private void applied(ChainBlock applied) {
    UnfinalBlock block = UnfinalBlock.of(applied);
    amount.inc(block.gwei());
    reach(Stage.CONSENSUS, block, applied.seenAt());
    applied.executedAt().ifPresent(at -> reach(Stage.EXECUTION, block, at));
    unfinal.put(applied.root(), block);
    if (unfinal.size() > UNFINAL_MAX) {
      var _ = unfinal.pollFirstEntry();
    }
  }

  private void matched(ExecutionMatch match) {
    @Nullable UnfinalBlock block = unfinal.get(match.root());
    if (block != null && !block.executed()) {
      reach(Stage.EXECUTION, block, match.at());
      unfinal.put(match.root(), block.withExecuted());
    }
  }

  private void finality(FinalityUpdate update, Instant at) {
    update.safe().ifPresent(safe -> unfinal.replaceAll((_, block) -> madeSafe(block, safe, at)));
    update
        .finalized()
        .ifPresent(
            finalized -> {
              List<UnfinalBlock> done =
                  unfinal.values().stream().filter(block -> block.isUpTo(finalized)).toList();
              for (UnfinalBlock block : done) {
                reach(Stage.FINALIZED, block, at);
                block.lastIndex().ifPresent(index -> finalizedIndex.set((double) index));
                unfinal.remove(block.block().root());
              }
            });
  }

  private UnfinalBlock madeSafe(UnfinalBlock block, BlockRef safe, Instant at) {
    if (block.safe() || !block.isUpTo(safe)) {
      return block;
    }
    reach(Stage.SAFE, block, at);
    return block.withSafe();
  }

  private void reach(Stage stage, UnfinalBlock block, Instant at) {
    reached.labelValues(stage.lowerName()).inc(block.withdrawals());
    if (Duration.between(block.time(), block.seenAt()).compareTo(LIVE_WITHIN) < 0) {
      double seconds = Duration.between(block.time(), at).toMillis() / 1_000.0;
      stageSeconds.labelValues(stage.lowerName()).observe(seconds);
    }
  }

  private OptionalLong newestIndex() {
    return unfinal.values().stream()
        .filter(block -> block.lastIndex().isPresent())
        .max(Comparator.comparing((UnfinalBlock block) -> block.block().slot()))
        .map(UnfinalBlock::lastIndex)
        .orElse(OptionalLong.empty());
  }
}
