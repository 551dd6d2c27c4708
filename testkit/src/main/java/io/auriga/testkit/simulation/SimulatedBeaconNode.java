package io.auriga.testkit.simulation;

import io.auriga.clients.Subscription;
import io.auriga.clients.consensus.BeaconBlock;
import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.DepositContract;
import io.auriga.clients.consensus.Finality;
import io.auriga.clients.consensus.SyncStatus;
import io.auriga.clients.consensus.Topic;
import io.auriga.testkit.replay.Checkpoints;
import io.auriga.testkit.replay.NodeState;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.types.ChainSpec;
import io.auriga.types.Genesis;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A consensus client of a simulated chain, in this process, as faithful as its {@link Trouble} lets
 * it be. Any thread may ask; one thread drives it: after moving the clock, {@link #deliverEvents}.
 */
public final class SimulatedBeaconNode implements BeaconNode {
  private static final int STALE_SLOTS_MAX = 12;

  private final String name;
  private final SimulatedChain chain;
  private final InstantSource time;
  private final Trouble trouble;
  private final Genesis genesis;
  private final EventDelivery events;

  public SimulatedBeaconNode(
      String name, SimulatedChain chain, InstantSource time, Trouble trouble) {
    this(name, chain, time, trouble, chain.genesis());
  }

  private SimulatedBeaconNode(
      String name, SimulatedChain chain, InstantSource time, Trouble trouble, Genesis genesis) {
    this.name = name;
    this.chain = chain;
    this.time = time;
    this.trouble = trouble;
    this.genesis = genesis;
    this.events = new EventDelivery(name, chain, time, trouble);
  }

  /** The same, but on a network that began with other validators. */
  public SimulatedBeaconNode onAnotherNetwork() {
    return new SimulatedBeaconNode(
        name, chain, time, trouble, new Genesis(genesis.time(), Root.ZERO, genesis.forkVersion()));
  }

  /** Delivers what has happened since the last time, on the calling thread. */
  public void deliverEvents() {
    events.deliver();
  }

  /** What went wrong with its events so far. */
  public EventFaults eventFaults() {
    return events.faults();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<BeaconBlock> block(BlockId id) {
    trouble.failSometimes(name, "read block " + id.path(), id.path());
    NodeState state = state();
    return find(state, id)
        .filter(
            _ -> !trouble.happens(trouble.plan().beacon().missing(), "block missing", id.path()))
        .map(block -> serve(state, block));
  }

  private BeaconBlock serve(NodeState state, RecordedBlock block) {
    SimulatedBlock truth = chain.block(block.root()).orElseThrow();
    SimulatedBlock served = truth;
    byte[] ssz = truth.view().bytes();
    if (trouble.happens(trouble.plan().beacon().lies(), "beacon lie", block.root())) {
      Optional<byte[]> changed = Lies.changedWithdrawal(truth, trouble);
      boolean other = changed.isEmpty() || trouble.choose(4, "beacon lie", block.root()) == 0;
      Optional<SimulatedBlock> parent = chain.block(truth.parentRoot());
      if (other && parent.isPresent()) {
        served = parent.get();
        ssz = served.view().bytes();
      } else {
        ssz = changed.orElse(ssz);
      }
    }
    return new BeaconBlock(served.view().fork(), ssz, isOptimistic(), state.isFinal(block));
  }

  @Override
  public Optional<BlockHeader> header(BlockId id) {
    trouble.failSometimes(name, "read header " + id.path(), id.path());
    NodeState state = state();
    if (trouble.happens(trouble.plan().beacon().missing(), "header missing", id.path())) {
      return Optional.empty();
    }
    return find(state, id)
        .map(
            block ->
                new BlockHeader(
                    block.root(),
                    block.slot(),
                    block.parentRoot(),
                    state.isCanonical(block),
                    isOptimistic(),
                    state.isFinal(block)))
        .or(() -> genesisHeader(id));
  }

  private Optional<BlockHeader> genesisHeader(BlockId id) {
    return chain
        .genesisRoot()
        .filter(root -> id.equals(BlockId.of(root)) || id.equals(BlockId.genesis()))
        .map(root -> new BlockHeader(root, new Slot(0), Root.ZERO, true, false, true));
  }

  private static Optional<RecordedBlock> find(NodeState state, BlockId id) {
    return switch (id) {
      case BlockId.Head() -> state.head();
      case BlockId.Genesis() -> Optional.empty();
      case BlockId.Finalized() -> state.finalized();
      case BlockId.Justified() -> state.justified();
      case BlockId.BySlot(Slot slot) -> state.canonicalAt(slot);
      case BlockId.ByRoot(Root root) -> state.known(root);
    };
  }

  @Override
  public Finality finality() {
    trouble.failSometimes(name, "read finality", "head");
    Checkpoints checkpoints = state().checkpoints();
    return new Finality(
        checkpoints.previousJustified(),
        checkpoints.justified(),
        checkpoints.finalized(),
        isOptimistic());
  }

  @Override
  public SyncStatus syncing() {
    trouble.failSometimes(name, "read sync status", "head");
    Slot head = state().head().map(RecordedBlock::slot).orElse(new Slot(0));
    Slot clock = SlotClock.of(chain.spec(), chain.genesis(), time).currentSlot();
    long distance = Math.max(0, clock.value() - head.value());
    return new SyncStatus(
        head, distance, distance > chain.spec().slotsPerEpoch(), isOptimistic(), false);
  }

  @Override
  public String version() {
    return "Simulated/v1 seed " + chain.plan().seed();
  }

  @Override
  public Genesis genesis() {
    return genesis;
  }

  @Override
  public ChainSpec spec() {
    return chain.spec();
  }

  @Override
  public DepositContract depositContract() {
    return chain.depositContract();
  }

  @Override
  public Subscription events(Set<Topic> topics, Consumer<BeaconEvent> listener) {
    return events.subscribe(topics, listener);
  }

  private NodeState state() {
    Instant now = time.instant();
    if (trouble.happens(trouble.plan().beacon().stale(), "stale", name)) {
      int slots = 1 + trouble.choose(STALE_SLOTS_MAX, "stale", name);
      now = now.minus(chain.spec().slotDuration().multipliedBy(slots));
    }
    return chain.at(now);
  }

  private boolean isOptimistic() {
    return trouble.happens(trouble.plan().beacon().optimistic(), "optimistic", name);
  }
}
