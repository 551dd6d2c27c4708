package io.auriga.withdrawals.reconcile;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.clients.NodeException;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.LedgerGap;
import io.auriga.withdrawals.PatientWorker;
import io.auriga.withdrawals.WithdrawalQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks blocks that are not final yet, as they come, while nodes still have the states around
 * them; looks again at what diverged; and repairs what can be repaired. Beside the follower and
 * never in its way: a thread of its own, one block at a time.
 */
public final class ReconcileWorker implements FollowerListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReconcileWorker.class);

  /** Execution clients keep the states of the last 128 blocks. */
  private static final long SLOTS = 96;

  private static final int AT_ONCE = 1;
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
  private final ReconcileStore store;
  private final ReconcileQueries queries;
  private final WithdrawalQueries ledger;
  private final ReconcileNodes nodes;
  private final BlockReconciler reconciler;
  private final SlotClock clock;
  private final ReconcileMetrics metrics;
  private final PatientWorker worker = new PatientWorker("reconcile", this::step);

  public ReconcileWorker(
      Store store, ReconcileNodes nodes, SlotClock clock, ReconcileMetrics metrics) {
    this.store = new ReconcileStore(store);
    this.queries = new ReconcileQueries(store);
    this.ledger = new WithdrawalQueries(store);
    this.nodes = nodes;
    this.reconciler = new BlockReconciler(Optional.of(nodes));
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Begins to work, on a thread of its own. */
  public void start() {
    worker.start();
  }

  @Override
  public void committed(ChainUpdate update) {
    worker.wake();
  }

  /**
   * Does some of the work.
   *
   * @return whether there may be more at once
   * @throws NodeException if no node answered at all; what is left to do is tried again
   */
  public boolean step() {
    Instant now = clock.now();
    List<BlockFacts> blocks = next();
    if (blocks.isEmpty()) {
      store.saveGaps(LedgerGap.lost(ledger.knownGaps()), now);
      boolean more = lookAgain(now);
      metrics.divergences(queries.open());
      return more;
    }
    blocks.forEach(block -> check(block, now));
    return true;
  }

  private List<BlockFacts> next() {
    Optional<ChainPosition> position = ledger.summary().position();
    if (position.isEmpty()) {
      return List.of();
    }
    long live = Math.max(0, clock.currentSlot().value() - SLOTS);
    return store.unchecked(new Slot(live), position.get().head().slot(), AT_ONCE);
  }

  private void check(BlockFacts block, Instant now) {
    List<CheckResult> results = reconciler.check(block, true);
    store.save(block, results, now);
    metrics.checked(block.slot(), results);
    for (CheckResult result : results) {
      if (result.outcome() instanceof CheckResult.Outcome.Diverged(String expected, String found)) {
        LOG.atWarn()
            .addKeyValue("code", result.code().code())
            .addKeyValue("slot", block.slot())
            .addKeyValue("root", block.root())
            .addKeyValue("subject", result.subject())
            .addKeyValue("expected", expected)
            .addKeyValue("found", found)
            .log("Two sides do not agree");
        if (result.code() == ReconcileError.STORED_LIST) {
          repair(block, now);
        }
      }
    }
    metrics.divergences(queries.open());
  }

  private void repair(BlockFacts block, Instant now) {
    Optional<ChainBlock> whole;
    try {
      whole = nodes.block().apply(block.root());
    } catch (AurigaException unanswered) {
      // It stays open and is looked at again.
      return;
    }
    if (whole.isPresent() && store.repair(block, whole.get())) {
      store
          .block(block.root())
          .ifPresent(again -> store.save(again, reconciler.check(again, true), now));
    }
  }

  /** Looks again at a block that diverged, which another node or a repair may have cured. */
  private boolean lookAgain(Instant now) {
    List<Root> open = store.openBlocks(now.minus(LOOK_AGAIN), AT_ONCE);
    for (Root root : open) {
      store.block(root).ifPresentOrElse(block -> check(block, now), () -> store.leave(root, now));
    }
    return !open.isEmpty();
  }

  @Override
  public void close() {
    worker.close();
  }
}
