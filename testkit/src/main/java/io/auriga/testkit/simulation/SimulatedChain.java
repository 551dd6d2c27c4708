package io.auriga.testkit.simulation;

import io.auriga.clients.consensus.BeaconEvent;
import io.auriga.clients.consensus.DepositContract;
import io.auriga.testkit.replay.NodeState;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.Timeline;
import io.auriga.types.BlockHash;
import io.auriga.types.ChainSpec;
import io.auriga.types.Genesis;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole chain with all that happens on it, made up from a seed: forks from Capella to Fulu on the
 * minimal preset, missed slots, competing branches, delayed finality. The truth that nodes tell and
 * that an {@link Oracle} compares with. Immutable.
 */
public final class SimulatedChain {
  private final SimulationPlan plan;
  private final ChainSpec spec;
  private final Genesis genesis;
  private final Map<Root, SimulatedBlock> blocks = new LinkedHashMap<>();
  private final Map<BlockHash, SimulatedBlock> byHash = new HashMap<>();
  private final Timeline timeline;
  private final List<Optional<BeaconEvent>> announcements;

  SimulatedChain(
      SimulationPlan plan,
      ChainSpec spec,
      Genesis genesis,
      Collection<SimulatedBlock> blocks,
      List<ScriptedEvent> events) {
    this.plan = plan;
    this.spec = spec;
    this.genesis = genesis;
    for (SimulatedBlock block : blocks) {
      this.blocks.put(block.root(), block);
      this.byHash.put(block.blockHash(), block);
    }
    this.timeline =
        new Timeline(
            blocks.stream().map(SimulatedBlock::recorded).toList(),
            events.stream().map(ScriptedEvent::timed).toList());
    this.announcements = events.stream().map(ScriptedEvent::announcement).toList();
  }

  public static SimulatedChain ofSeed(long seed) {
    return of(SimulationPlan.ofSeed(seed));
  }

  public static SimulatedChain of(SimulationPlan plan) {
    return new ChainScript(plan).write();
  }

  public SimulationPlan plan() {
    return plan;
  }

  public ChainSpec spec() {
    return spec;
  }

  public Genesis genesis() {
    return genesis;
  }

  public DepositContract depositContract() {
    return new DepositContract(spec.chainId(), spec.depositContract());
  }

  public Timeline timeline() {
    return timeline;
  }

  /** The root of the genesis block, of which there is nothing but its header. */
  public Optional<Root> genesisRoot() {
    return blocks.values().stream().map(SimulatedBlock::parentRoot).findFirst();
  }

  /** What the event stream says of each event of the timeline; empty where it says nothing. */
  public List<Optional<BeaconEvent>> announcements() {
    return announcements;
  }

  /** Every block, orphans too, in the order in which they were made. */
  public Collection<SimulatedBlock> blocks() {
    return Collections.unmodifiableCollection(blocks.values());
  }

  public Optional<SimulatedBlock> block(Root root) {
    return Optional.ofNullable(blocks.get(root));
  }

  public Optional<SimulatedBlock> block(BlockHash hash) {
    return Optional.ofNullable(byHash.get(hash));
  }

  /** What an honest node knows at {@code instant}. */
  public NodeState at(Instant instant) {
    return timeline.at(instant);
  }

  /** A block and its ancestors, newest first, as far as the chain goes back. */
  public List<SimulatedBlock> ancestry(Root root) {
    List<SimulatedBlock> ancestry = new ArrayList<>();
    for (Optional<SimulatedBlock> block = block(root);
        block.isPresent();
        block = block(block.get().parentRoot())) {
      ancestry.add(block.get());
    }
    return ancestry;
  }

  public Instant startOf(Slot slot) {
    return genesis.time().plus(spec.slotDuration().multipliedBy(slot.value()));
  }

  /** The end of the last slot. */
  public Instant end() {
    return startOf(new Slot(plan.slots() + 1L));
  }

  /** The same chain for the replay nodes, over HTTP. */
  public Recording toRecording() {
    return ChainRecording.of(this);
  }

  @Override
  public String toString() {
    return "SimulatedChain[seed " + plan.seed() + ", " + blocks.size() + " blocks]";
  }
}
