package io.auriga.withdrawals.reconcile;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.IndexGap;
import io.auriga.clients.NodeException;
import io.auriga.runtime.store.Store;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.LedgerGap;
import io.auriga.withdrawals.LoadedWalk;
import io.auriga.withdrawals.LoadedWalk.Stretch;
import io.auriga.withdrawals.PatientWorker;
import io.auriga.withdrawals.WithdrawalQueries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks blocks that are not final yet, as they come, while nodes still have the states around
 * them; looks again at what diverged; and repairs what can be repaired. Beside the follower and
 * never in its way: a thread of its own, one block at a time. Blocks that were loaded as history
 * come last, the newest first and at a pace of their own; what nodes do not serve of them is not
 * provable, and not asked again.
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

  /** Years of blocks are not to be run again by a node that nobody asked to. */
  private final BlockReconciler ofLoaded;

  private final SlotClock clock;
  private final ReconcileMetrics metrics;
  private final Store rows;
  private final LoadedWalk walk = new LoadedWalk();
  private final PatientWorker worker;

  // Of the worker's thread: what the last way through the loaded blocks found missing.
  private List<IndexGap> lostOfLoads = List.of();

  /**
   * @param loadedPause after each look at a loaded block; zero to leave them alone
   */
  public ReconcileWorker(
      Store store,
      ReconcileNodes nodes,
      SlotClock clock,
      ReconcileMetrics metrics,
      Duration loadedPause) {
    this.rows = store;
    this.store = new ReconcileStore(store);
    this.queries = new ReconcileQueries(store);
    this.ledger = new WithdrawalQueries(store);
    this.nodes = nodes;
    this.reconciler = new BlockReconciler(Optional.of(nodes));
    this.ofLoaded = new BlockReconciler(Optional.of(nodes.withoutTraces()));
    this.clock = clock;
    this.metrics = metrics;
    this.worker = new PatientWorker("reconcile", this::step, this::loadedStep, loadedPause);
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
      saveGaps(now);
      boolean more = lookAgain(now);
      metrics.divergences(queries.open());
      return more;
    }
    blocks.forEach(block -> check(block, now));
    return true;
  }

  /**
   * Checks a block that was loaded as history, and after the oldest one what is missing among them.
   *
   * @return whether there may be more
   * @throws NodeException as {@link #step}
   */
  public boolean loadedStep() {
    Instant now = clock.now();
    Optional<Stretch> stretch = walk.next(rows, now);
    if (stretch.isEmpty()) {
      return false;
    }
    List<BlockFacts> blocks = store.unchecked(stretch.get(), AT_ONCE);
    long last = blocks.isEmpty() ? stretch.get().first() : blocks.getLast().id();
    try {
      blocks.forEach(block -> check(block, now));
    } catch (NodeException unanswered) {
      walk.failed(last);
      throw unanswered;
    }
    walk.passed(last);
    if (walk.next(rows, now).isEmpty()) {
      lostOfLoads = ledger.lostOfLoads();
      saveGaps(now);
    }
    return true;
  }

  private void saveGaps(Instant now) {
    List<IndexGap> lost = new ArrayList<>(LedgerGap.lost(ledger.knownGaps()));
    lost.addAll(lostOfLoads);
    store.saveGaps(lost, now);
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
    List<CheckResult> results = results(block);
    store.save(block, results, now);
    if (block.isLoaded()) {
      metrics.checked(results);
    } else {
      metrics.checked(block.slot(), results);
    }
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

  private List<CheckResult> results(BlockFacts block) {
    return (block.isLoaded() ? ofLoaded : reconciler).check(block, true);
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
      store.block(block.root()).ifPresent(again -> store.save(again, results(again), now));
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
