package io.auriga.withdrawals.kind;

import io.auriga.chain.ChainPosition;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FollowerListener;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.execution.ExecutionLogs;
import io.auriga.runtime.store.Store;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.LoadedWalk;
import io.auriga.withdrawals.LoadedWalk.Stretch;
import io.auriga.withdrawals.PatientWorker;
import io.auriga.withdrawals.WithdrawalKind;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.kind.KindWork.Judgement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges the withdrawals of the ledger, beside the follower and never in its way: a thread of its
 * own, one question to a node at a time, new blocks first and old ones when there is nothing new.
 * What is left to do is read from the store, so that it goes on after any restart. Blocks that were
 * loaded as history come last, the newest first and at a pace of their own.
 */
public final class KindWorker implements FollowerListener, AutoCloseable {
  /** Blocks judged at once: with 16 withdrawals each, one question about 512 validators. */
  private static final int BATCH = 32;

  /**
   * Loaded blocks judged at once: one question about their validators, and one more for each block
   * that a late state leaves open.
   */
  private static final int LOADED_BATCH = 16;

  /** Slots looked through at once for blocks that were left out. */
  private static final long WINDOW = 8_192;

  /** Nodes serve the states of so many epochs; older blocks wait until they are final. */
  private static final long LIVE_EPOCHS = 4;

  /** Old blocks may come in at any time, from a repair or an import. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(30);

  private final KindStore store;
  private final RequestLogs logs;
  private final WithdrawalQueries ledger;
  private final KindJudge judge;
  private final ChainSpec spec;
  private final SlotClock clock;
  private final KindMetrics metrics;
  private final Store rows;
  private final LoadedWalk walk = new LoadedWalk();
  private final PatientWorker worker;

  // Of the worker's thread: up to where old blocks were looked through, and when that ended last.
  private long lookedUpTo = -1;
  private @Nullable Instant lookedThrough;

  /**
   * @param loadedPause after each look at loaded blocks; zero to leave them alone
   */
  public KindWorker(
      Store store,
      BeaconStates states,
      ExecutionLogs logs,
      ChainSpec spec,
      SlotClock clock,
      KindMetrics metrics,
      Duration loadedPause) {
    this.rows = store;
    this.store = new KindStore(store, spec);
    this.logs = new RequestLogs(store, logs);
    this.ledger = new WithdrawalQueries(store);
    this.judge = new KindJudge(this.store, ledger, states, spec);
    this.spec = spec;
    this.clock = clock;
    this.metrics = metrics;
    this.worker = new PatientWorker("kinds", this::step, this::loadedStep, loadedPause);
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
   * @throws NodeException if no node gave a usable answer; nothing was done then
   */
  public boolean step() {
    List<KindWork> works = next();
    if (!works.isEmpty()) {
      List<Judgement> _ = judge(works);
      return true;
    }
    return logs.step() || !isLookedThrough();
  }

  /**
   * Does some of what there is to do for blocks that were loaded as history. They are final: what
   * no node can tell of them now is kept as such, and not asked again.
   *
   * @return whether there may be more
   * @throws NodeException as {@link #step}
   */
  public boolean loadedStep() {
    Optional<Stretch> stretch = walk.next(rows, clock.now());
    if (stretch.isPresent()) {
      List<KindWork> works = store.unjudged(stretch.get(), LOADED_BATCH);
      long last = works.isEmpty() ? stretch.get().first() : works.getLast().id();
      try {
        List<Judgement> _ = judge(works);
      } catch (NodeException unanswered) {
        walk.failed(last);
        throw unanswered;
      }
      walk.passed(last);
    }
    return logs.loadedStep() || stretch.isPresent();
  }

  /**
   * Judges the newest loaded blocks of a range that were never judged, some at a time.
   *
   * @param judged hears of each withdrawal's kind
   * @return where to go on, as the next {@code last}; empty when all of the range is judged
   * @throws NodeException as {@link #step}
   */
  public Optional<Slot> judgeLoaded(Slot first, Slot last, Consumer<WithdrawalKind> judged) {
    List<KindWork> works = store.unjudged(Stretch.of(first, last), LOADED_BATCH);
    judge(works).forEach(one -> one.evidence().forEach(found -> judged.accept(found.kind())));
    return works.isEmpty() || works.getLast().slot().equals(first)
        ? Optional.empty()
        : Optional.of(new Slot(works.getLast().slot().value() - 1));
  }

  private List<Judgement> judge(List<KindWork> works) {
    if (works.isEmpty()) {
      return List.of();
    }
    List<Judgement> judgements = judge.judge(works);
    store.save(judgements, clock.now());
    for (Judgement judgement : judgements) {
      metrics.judged(judgement.evidence());
    }
    return judgements;
  }

  private List<KindWork> next() {
    Optional<ChainPosition> position = ledger.summary().position();
    if (position.isEmpty()) {
      lookedThrough = clock.now();
      return List.of();
    }
    long finalized = position.get().finalized().map(block -> block.slot().value()).orElse(-1L);
    long live = clock.currentSlot().value() - LIVE_EPOCHS * spec.slotsPerEpoch();
    List<KindWork> works =
        store.unjudged(
            new Slot(Math.max(0, Math.max(finalized + 1, live))),
            position.get().head().slot(),
            BATCH);
    if (works.isEmpty()) {
      works = store.reopened(BATCH);
    }
    return works.isEmpty() ? old(finalized) : works;
  }

  private List<KindWork> old(long finalized) {
    if (isLookedThrough()) {
      boolean again = lookedThrough != null && lookedThrough.plus(LOOK_AGAIN).isBefore(clock.now());
      if (again) {
        lookedUpTo = -1;
      } else if (lookedUpTo >= finalized) {
        return List.of();
      }
    }
    long to = Math.min(finalized, lookedUpTo + WINDOW);
    List<KindWork> works =
        to <= lookedUpTo
            ? List.of()
            : store.unjudged(new Slot(lookedUpTo + 1), new Slot(to), BATCH);
    if (works.isEmpty()) {
      lookedUpTo = Math.max(lookedUpTo, to);
      lookedThrough = lookedUpTo >= finalized ? clock.now() : null;
    }
    return works;
  }

  private boolean isLookedThrough() {
    return lookedThrough != null;
  }

  @Override
  public void close() {
    worker.close();
  }
}
