package io.auriga.chain;

import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.Topic;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one chain: an event wakes it, and it then reads everything between its position and the
 * node's head. All work of a round happens on one thread, the follower's own or that of the caller
 * of {@link #step}; only {@link #snapshot} and {@link #close} may be called from others.
 *
 * <p>A round that fails leaves the store at the last update that was committed whole, says why in
 * the snapshot, and is tried again: at the next event, or after the poll interval.
 */
public final class Follower implements AutoCloseable {
  /** Blocks closer to the head than this are read by parent root, since they may still change. */
  private static final int TAIL_SLOTS = 64;

  private static final int CONFIRMATIONS_PER_ROUND = 64;

  /** A node that gave so many bad answers in a row would give a round's worth of them. */
  private static final int CONFIRMATION_FAILURES_MAX = 3;

  private static final Duration RETRY_AFTER_FAILURE = Duration.ofMillis(500);
  private static final Duration RETRY_CONFIRMATION = Duration.ofMillis(200);

  /** Twice as long after each round that confirmed nothing, up to the poll interval. */
  private static final int RETRY_DOUBLINGS_MAX = 10;

  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final FollowerConfig config;
  private final BeaconNode node;
  private final BlockSource source;
  private final ChainStore store;
  private final ChainSpec spec;
  private final FollowerListener listener;
  private final FollowerState state;
  private final BranchFinder branches;
  private final BlockReader reader;
  private final FinalityFollower finality;
  private final GapRepair repair;

  /** One place: any number of events while a round lasts ask for just one more round. */
  private final BlockingQueue<Boolean> wakes = new ArrayBlockingQueue<>(1);

  private volatile boolean closed;
  private boolean unconfirmed;
  private int fruitlessConfirmations;
  private Optional<BlockRef> wentBackTo = Optional.empty();
  private @Nullable Thread thread;
  private @Nullable Subscription events;

  /**
   * @param node the beacon node, or several behind one face, that says where the head is
   * @param source where blocks come from
   */
  public Follower(
      FollowerConfig config,
      BeaconNode node,
      BlockSource source,
      ChainStore store,
      ChainSpec spec,
      SlotClock clock,
      FollowerListener listener) {
    this.config = config;
    this.node = node;
    this.source = source;
    this.store = store;
    this.spec = spec;
    this.listener = new GuardedListener(listener);
    this.state = new FollowerState(clock, this.listener);
    this.branches = new BranchFinder(node, store);
    this.reader = new BlockReader(config, source, store, spec, clock.time(), this.listener, state);
    this.finality = new FinalityFollower(node, store, spec, clock.time(), this.listener);
    this.repair = new GapRepair(reader, store);
  }

  /** Begins to follow on a thread of its own. */
  public void start() {
    events = node.events(EnumSet.allOf(Topic.class), event -> wake());
    thread = Thread.ofVirtual().name("auriga-chain-follow").start(this::run);
  }

  /** Asks for a round now. */
  public void wake() {
    var _ = wakes.offer(true);
  }

  public FollowerSnapshot snapshot() {
    return state.snapshot();
  }

  private void run() {
    try {
      rounds();
    } catch (Error fatal) {
      LOG.error("Following stopped for good; restart Auriga", fatal);
      failed(internal("go on following; restart Auriga", fatal));
      throw fatal;
    }
  }

  private void rounds() {
    while (!closed) {
      boolean done = step();
      try {
        Duration wait = done ? untilNextPoll() : RETRY_AFTER_FAILURE;
        if (!done) {
          // A node in trouble is not asked faster because it sends many events.
          Thread.sleep(wait);
        }
        var _ = wakes.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException closing) {
        return;
      }
    }
  }

  private Duration untilNextPoll() {
    if (!unconfirmed) {
      return config.pollInterval();
    }
    // An execution node that is far behind, or keeps no old blocks, is not asked without end.
    int doublings = Math.min(fruitlessConfirmations, RETRY_DOUBLINGS_MAX);
    Duration wait = RETRY_CONFIRMATION.multipliedBy(1L << doublings);
    return wait.compareTo(config.pollInterval()) < 0 ? wait : config.pollInterval();
  }

  /**
   * One round: up to the node's head, then confirmations and finality.
   *
   * @return false if it failed; {@link #snapshot} says why
   */
  public boolean step() {
    try {
      round();
      return true;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return false;
    } catch (AurigaException failure) {
      if (failure instanceof ChainException refusal) {
        repair.suspect(refusal);
        if (refusal.error() == ChainError.INDEX_GAP
            || refusal.error() == ChainError.FINALITY_CONFLICT) {
          // What single blocks are refused for was told when they were read.
          listener.refused(refusal);
        }
      }
      failed(failure);
      return false;
    } catch (RuntimeException ours) {
      // What the store holds is whole whatever happened, so trying again is safe.
      if (!closed) {
        LOG.error("A round of following failed for a reason that is ours", ours);
      }
      failed(internal("follow " + node.name(), ours));
      return false;
    }
  }

  private static ChainException internal(String attempted, Throwable cause) {
    return new ChainException(ChainError.INTERNAL, attempted, cause);
  }

  /** What fails because we are closing is nobody's problem. */
  private void failed(AurigaException failure) {
    if (!closed) {
      state.stalled(failure);
    }
  }

  private void round() throws InterruptedException {
    BlockHeader head =
        node.header(BlockId.head())
            .orElseThrow(
                () ->
                    new ChainException(
                        ChainError.MISSING_BLOCK,
                        "read the head of " + node.name(),
                        "it has none yet"));
    state.nodeHead(new BlockRef(head.slot(), head.root()));
    repair.repairIfNeeded();
    Optional<BlockRef> before = store.position().map(ChainPosition::head);
    advance(head);
    Optional<BlockRef> after = store.position().map(ChainPosition::head);
    state.headAt(after);
    if (!after.equals(before)) {
      fruitlessConfirmations = 0;
    }
    Optional<NodeException> unanswered = confirm();
    // Finality is the consensus layer's alone: it does not wait for an execution node.
    finality.update(head.optimistic());
    if (unanswered.isPresent()) {
      throw unanswered.get();
    }
    state.following();
  }

  private void advance(BlockHeader head) throws InterruptedException {
    while (true) {
      Optional<ChainPosition> position = store.position();
      if (position.isPresent() && store.canonical(head.root()).isPresent()) {
        noteWhetherBack(position.get().head(), new BlockRef(head.slot(), head.root()));
        return;
      }
      if (position.isPresent() && isBeforeAllHeld(head)) {
        // Nothing that is held says whether it is our chain's past or another chain.
        noteWhetherBack(position.get().head(), new BlockRef(head.slot(), head.root()));
        return;
      }
      Slot from = position.isPresent() ? position.get().head().slot().next() : startSlot(head);
      if (from.isAfter(head.slot()) && position.isEmpty()) {
        return;
      }
      Slot tail = new Slot(Math.max(0, head.slot().value() - TAIL_SLOTS));
      if (tail.isAfter(from)) {
        state.catchingUp();
        Optional<BlockRef> stranger = reader.readSlots(from, tail);
        if (stranger.isPresent()) {
          switchTo(header(stranger.get()));
        } else if (store.position().equals(position)) {
          // Every slot up to the tail was empty: the rest can only be found by parent root.
          switchTo(head);
        }
      } else {
        switchTo(head);
      }
    }
  }

  private boolean isBeforeAllHeld(BlockHeader head) {
    return store.firstSlot().map(first -> head.slot().isBefore(first)).orElse(false);
  }

  /** Tells it once for each head, not once a round. */
  private void noteWhetherBack(BlockRef ours, BlockRef named) {
    Optional<BlockRef> back = ours.equals(named) ? Optional.empty() : Optional.of(named);
    if (back.isPresent() && !back.equals(wentBackTo)) {
      listener.headWentBack(ours, named);
    }
    wentBackTo = back;
  }

  private void switchTo(BlockHeader head) throws InterruptedException {
    Slot floor = store.firstSlot().orElseGet(() -> startSlot(head));
    Branch branch = branches.find(head, floor);
    reader.readBranch(branch);
  }

  private BlockHeader header(BlockRef block) {
    return node.header(BlockId.of(block.root()))
        .orElseThrow(
            () ->
                new ChainException(
                    ChainError.MISSING_BLOCK,
                    "read the header of " + block + " from " + node.name(),
                    "it served the block and not its header"));
  }

  /** The first slot an empty store is to hold: never the genesis block, never before Capella. */
  private Slot startSlot(BlockHeader head) {
    Slot wanted =
        switch (config.start()) {
          case StartPoint.Head() -> head.slot();
          case StartPoint.AtSlot(Slot slot) -> slot;
          case StartPoint.Finalized() ->
              node.header(BlockId.finalized()).map(BlockHeader::slot).orElse(new Slot(0));
        };
    Slot capella =
        spec.forks()
            .epochOf(ForkName.CAPELLA)
            .map(spec::startSlotOf)
            .orElseThrow(
                () ->
                    new ChainException(
                        ChainError.NO_START,
                        "follow " + node.name(),
                        "its network has not scheduled Capella, so it has no withdrawals"));
    Slot first = capella.isAfter(wanted) ? capella : wanted;
    return first.value() == 0 ? new Slot(1) : first;
  }

  /**
   * Asks the execution node again about blocks it did not have when they were committed. What it
   * confirms is kept even if it fails at another block.
   *
   * @return why some questions stayed open
   * @throws ChainException the first mismatch, after everything else
   */
  private Optional<NodeException> confirm() {
    List<UnmatchedBlock> asked = store.unmatched(CONFIRMATIONS_PER_ROUND);
    List<ExecutionMatch> matched = new ArrayList<>();
    @Nullable ChainException mismatch = null;
    @Nullable NodeException unanswered = null;
    int failures = 0;
    for (UnmatchedBlock block : asked) {
      try {
        Optional<Instant> at = source.confirm(block.blockHash(), block.withdrawals());
        at.ifPresent(instant -> matched.add(new ExecutionMatch(block.block().root(), instant)));
      } catch (ChainException wrong) {
        mismatch = mismatch == null ? wrong : mismatch;
      } catch (NodeException failure) {
        unanswered = unanswered == null ? failure : unanswered;
        if (++failures == CONFIRMATION_FAILURES_MAX) {
          break;
        }
      }
    }
    unconfirmed = matched.size() < asked.size();
    fruitlessConfirmations = matched.isEmpty() ? fruitlessConfirmations + 1 : 0;
    if (!matched.isEmpty()) {
      reader.commit(ChainUpdate.ofMatches(state.now(), matched));
    }
    if (mismatch != null) {
      throw mismatch;
    }
    return Optional.ofNullable(unanswered);
  }

  @Override
  public void close() {
    closed = true;
    if (events != null) {
      events.close();
    }
    if (thread != null) {
      thread.interrupt();
      try {
        if (!thread.join(CLOSE_DEADLINE)) {
          LOG.warn(
              "A round of following still runs {} s after it was asked to end",
              CLOSE_DEADLINE.toSeconds());
        }
      } catch (InterruptedException impatient) {
        Thread.currentThread().interrupt();
      }
    }
    reader.close();
  }
}
