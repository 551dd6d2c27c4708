package io.auriga.chain;

import io.auriga.clients.Subscription;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.Topic;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Duration;
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

  /**
   * A head so far ahead of the clock would be read up to for ever; what is less may be the clock's
   * fault.
   */
  private static final int FUTURE_SLOTS_MAX = 32;

  private static final Duration RETRY_AFTER_FAILURE = Duration.ofMillis(500);

  /** A start that nodes have no blocks for is looked for again twice as late each time. */
  private static final int RETRY_DOUBLINGS_MAX = 7;

  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final FollowerConfig config;
  private final BeaconNode node;
  private final ChainStore store;
  private final SlotClock clock;
  private final FollowerListener listener;
  private final FollowerState state;
  private final BranchFinder branches;
  private final BlockReader reader;
  private final FinalityFollower finality;
  private final Beginning beginning;
  private final GapRepair repair;
  private final Confirmations confirmations;

  /** One place: any number of events while a round lasts ask for just one more round. */
  private final BlockingQueue<Boolean> wakes = new ArrayBlockingQueue<>(1);

  private volatile boolean closed;
  private int vainStarts;

  /** Told the first, second, fourth … time. */
  private int failuresOfOurs;

  private @Nullable ChainException told;
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
    this.store = store;
    this.clock = clock;
    this.listener = new GuardedListener(listener);
    this.state = new FollowerState(clock, this.listener);
    this.branches = new BranchFinder(node, store);
    this.reader = new BlockReader(config, source, store, spec, clock.time(), this.listener, state);
    this.finality = new FinalityFollower(node, store, spec, clock.time(), this.listener);
    this.beginning = new Beginning(config.start(), node, reader, store, spec);
    this.repair = new GapRepair(reader, store, clock);
    this.confirmations = new Confirmations(source, store, reader, state);
  }

  /** Begins to follow on a thread of its own. */
  public void start() {
    events = node.events(Topic.CHAIN, event -> wake());
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
        Duration wait = RETRY_AFTER_FAILURE;
        if (done) {
          wait = confirmations.untilNext(config.pollInterval());
        } else {
          // A node in trouble is not asked faster because it sends many events.
          Thread.sleep(wait.multipliedBy(1L << Math.min(vainStarts, RETRY_DOUBLINGS_MAX)));
        }
        var _ = wakes.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException closing) {
        return;
      }
    }
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
        tellOf(refusal);
      }
      failed(failure);
      return false;
    } catch (RuntimeException ours) {
      // What the store holds is whole whatever happened, so trying again is safe.
      if (!closed && Integer.bitCount(++failuresOfOurs) == 1) {
        LOG.error(
            "A round of following failed for a reason that is ours (time {})",
            failuresOfOurs,
            ours);
      }
      failed(internal("follow " + node.name(), ours));
      return false;
    }
  }

  private void tellOf(ChainException refusal) {
    switch (refusal.error()) {
      case INDEX_GAP, FINALITY_CONFLICT -> {
        // The same one again while nothing is looked for is no news.
        if (refusal != told) {
          told = refusal;
          repair.suspect(refusal);
          listener.refused(refusal);
        }
      }
      case NO_START -> vainStarts++;
      // What single blocks are refused for was told when they were read.
      case BLOCK_MISMATCH, EXECUTION_MISMATCH, MISSING_BLOCK, FUTURE_HEAD, INTERNAL -> {}
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
    BlockHeader named = head();
    repair.repairIfNeeded(named.slot());
    Optional<BlockRef> before = store.position().map(ChainPosition::head);
    BlockHeader head = advance(named);
    vainStarts = 0;
    Optional<BlockRef> after = store.position().map(ChainPosition::head);
    state.headAt(after);
    if (!after.equals(before)) {
      confirmations.headMoved();
    }
    Optional<AurigaException> unconfirmed = confirmations.ask();
    // Finality is the consensus layer's alone: it does not wait for an execution node.
    finality.update(head.optimistic());
    if (unconfirmed.isPresent()) {
      throw unconfirmed.get();
    }
    repair.settled();
    state.following();
  }

  private BlockHeader head() {
    BlockHeader head =
        node.header(BlockId.head())
            .orElseThrow(
                () ->
                    new ChainException(
                        ChainError.MISSING_BLOCK,
                        "read the head of " + node.name(),
                        "it has none yet"));
    Slot now = clock.currentSlot();
    if (head.slot().isAfter(new Slot(now.value() + FUTURE_SLOTS_MAX))) {
      throw new ChainException(
          ChainError.FUTURE_HEAD,
          "follow %s to head %s".formatted(node.name(), head.root()),
          "it is of slot %s, and slot %s lasts now".formatted(head.slot(), now));
    }
    state.nodeHead(new BlockRef(head.slot(), head.root()));
    return head;
  }

  /** Says which head was reached: the node's own goes on while many blocks are read. */
  private BlockHeader advance(BlockHeader named) throws InterruptedException {
    BlockHeader head = named;
    while (true) {
      Optional<ChainPosition> position = store.position();
      if (position.isPresent() && store.canonical(head.root()).isPresent()) {
        noteWhetherBack(position.get().head(), new BlockRef(head.slot(), head.root()));
        return head;
      }
      if (position.isPresent() && isBeforeAllHeld(head)) {
        // Nothing that is held says whether it is our chain's past or another chain.
        noteWhetherBack(position.get().head(), new BlockRef(head.slot(), head.root()));
        return head;
      }
      Slot from = position.isPresent() ? position.get().head().slot().next() : beginning.slot(head);
      if (from.isAfter(head.slot()) && position.isEmpty()) {
        return head;
      }
      Slot tail = new Slot(Math.max(0, head.slot().value() - TAIL_SLOTS));
      if (!tail.isAfter(from)) {
        switchTo(head, from);
        continue;
      }
      state.catchingUp();
      Optional<ChainBlock> stranger =
          position.isPresent() ? reader.readSlots(from, tail) : beginning.read(from, tail);
      if (stranger.isPresent()) {
        switchTo(header(stranger.get()), from);
      } else if (store.position().equals(position)) {
        // Every slot up to the tail was empty: the rest can only be found by parent root.
        switchTo(head, from);
      } else {
        head = head();
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

  /**
   * @param start where an empty store begins
   */
  private void switchTo(BlockHeader head, Slot start) throws InterruptedException {
    Branch branch = branches.find(head, store.firstSlot().orElse(start));
    reader.readBranch(branch);
  }

  private static BlockHeader header(ChainBlock block) {
    return new BlockHeader(
        block.root(),
        block.ref().slot(),
        block.view().parentRoot(),
        true,
        block.optimistic(),
        false);
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
