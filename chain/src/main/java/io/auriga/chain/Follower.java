package io.auriga.chain;

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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

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
  private static final Duration RETRY_AFTER_FAILURE = Duration.ofMillis(500);
  private static final Duration RETRY_CONFIRMATION = Duration.ofMillis(200);
  private static final Duration CLOSE_DEADLINE = Duration.ofSeconds(10);

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
    this.listener = listener;
    this.state = new FollowerState(clock, listener);
    this.branches = new BranchFinder(node, store);
    this.reader = new BlockReader(config, source, store, clock.time(), listener, state);
    this.finality = new FinalityFollower(node, store, spec, clock.time(), listener);
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
    return store.unmatched(1).isEmpty() ? config.pollInterval() : RETRY_CONFIRMATION;
  }

  /**
   * One round: up to the node's head, then confirmations and finality.
   *
   * @return false if it failed; {@link #snapshot} says why
   */
  public boolean step() {
    try {
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
      advance(head);
      state.headAt(store.position().map(ChainPosition::head));
      confirm();
      finality.update();
      state.following();
      return true;
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return false;
    } catch (AurigaException failure) {
      if (failure instanceof ChainException refusal
          && refusal.error() != ChainError.MISSING_BLOCK) {
        repair.suspect(refusal);
      }
      state.stalled(failure);
      return false;
    }
  }

  private void advance(BlockHeader head) throws InterruptedException {
    while (true) {
      Optional<ChainPosition> position = store.position();
      if (position.isPresent() && store.canonical(head.root()).isPresent()) {
        BlockRef at = position.get().head();
        if (!at.root().equals(head.root())) {
          listener.headWentBack(at, new BlockRef(head.slot(), head.root()));
        }
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

  /** Asks the execution node again about blocks it did not have when they were committed. */
  private void confirm() {
    List<ExecutionMatch> matched =
        store.unmatched(CONFIRMATIONS_PER_ROUND).stream()
            .flatMap(
                block ->
                    source.confirm(block.blockHash(), block.withdrawals()).stream()
                        .map(at -> new ExecutionMatch(block.block().root(), at)))
            .toList();
    if (!matched.isEmpty()) {
      reader.commit(ChainUpdate.ofMatches(state.now(), matched));
    }
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
        var _ = thread.join(CLOSE_DEADLINE);
      } catch (InterruptedException impatient) {
        Thread.currentThread().interrupt();
      }
    }
    reader.close();
  }
}
