package io.auriga.testkit.simulation;

import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.testkit.replay.Checkpoints;
import io.auriga.types.BlockHash;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.ForkVersion;
import io.auriga.types.Genesis;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the story of a chain, slot by slot. A branch may only begin at or after the justified
 * block, as the protocol's fork choice has it, or, where the plan says so, at or after the final
 * one; nothing final is ever undone.
 */
final class ChainScript {
  private static final Instant GENESIS_TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final double IGNORED_BRANCH_SHARE = 0.03;

  private final SimulationPlan plan;
  private final RandomGenerator random;
  private final ChainSpec spec;
  private final Genesis genesis;
  private final BlockFactory factory;
  private final BlockFactory.Parent origin;

  private final Map<Root, SimulatedBlock> blocks = new LinkedHashMap<>();
  private final List<ScriptedEvent> events = new ArrayList<>();
  private @Nullable SimulatedBlock head;
  private Checkpoints checkpoints = Checkpoints.GENESIS;
  private long epochDone;
  private Instant now = GENESIS_TIME;

  ChainScript(SimulationPlan plan) {
    this.plan = plan;
    this.random = new SplittableRandom(plan.seed() ^ 0x5eed);
    this.spec = spec(plan.forks());
    this.genesis = new Genesis(GENESIS_TIME, Root.of(bytes()), ForkVersion.fromHex("0x00000001"));
    this.factory = new BlockFactory(BlockSchemas.of(spec), genesis, random, plan.emptyShare());
    this.origin =
        new BlockFactory.Parent(
            Root.of(bytes()),
            BlockHash.of(bytes()),
            originNumber(plan.seed(), random.nextInt(1_000_000)),
            random.nextBoolean() ? 0 : random.nextLong(1L << 40));
  }

  /** Every fourth chain has no execution block but the genesis one before it. */
  private static long originNumber(long seed, int later) {
    return Math.floorMod(seed, 4) == 0 ? 0 : later;
  }

  private static ChainSpec spec(SimulationPlan.ForkEpochs forks) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("PRESET_BASE", "minimal");
    values.put("CONFIG_NAME", "simulated");
    values.put("SECONDS_PER_SLOT", 12);
    values.put("DEPOSIT_CHAIN_ID", 31_337);
    values.put("DEPOSIT_CONTRACT_ADDRESS", "0x1234567890123456789012345678901234567890");
    values.put("GENESIS_FORK_VERSION", "0x00000001");
    String[] names = {"ALTAIR", "BELLATRIX", "CAPELLA", "DENEB", "ELECTRA", "FULU"};
    int[] epochs = {0, 0, 0, forks.deneb(), forks.electra(), forks.fulu()};
    for (int i = 0; i < names.length; i++) {
      values.put(names[i] + "_FORK_EPOCH", epochs[i]);
      values.put(names[i] + "_FORK_VERSION", "0x0" + (i + 1) + "000001");
    }
    return ChainSpec.of(values);
  }

  SimulatedChain write() {
    for (long slot = 1; slot <= plan.slots(); slot++) {
      now =
          GENESIS_TIME
              .plus(spec.slotDuration().multipliedBy(slot))
              .plusMillis(random.nextInt(500, 4_000));
      happen(new Slot(slot));
    }
    return new SimulatedChain(plan, spec, genesis, blocks.values(), events);
  }

  private void happen(Slot slot) {
    SimulatedBlock fork = branchingPoint(slot);
    if (fork != null) {
      switchBranch(slot, fork);
    } else if (random.nextDouble() >= plan.missedShare()) {
      SimulatedBlock block = announce(slot, head);
      becomeHead(block);
      if (random.nextDouble() < IGNORED_BRANCH_SHARE && plan.reorgs().share() > 0) {
        var _ = announce(slot, parentOf(block));
      }
    }
  }

  /** Where a competing branch begins that wins in this slot; null if none does. */
  private @Nullable SimulatedBlock branchingPoint(Slot slot) {
    if (head == null || plan.reorgs().depthMax() == 0) {
      return null;
    }
    // The end of a stretch without finality is where the deepest reorg is possible.
    boolean deepest =
        plan.stall().epochs() > 0
            && plan.reorgs().share() > 0
            && slot.value()
                == (plan.stall().fromEpoch() + plan.stall().epochs()) * spec.slotsPerEpoch() - 1;
    if (!deepest && random.nextDouble() >= plan.reorgs().share()) {
      return null;
    }
    int depth = deepest ? plan.reorgs().depthMax() : 1 + random.nextInt(plan.reorgs().depthMax());
    Checkpoint firm =
        plan.reorgs().pastJustified() ? checkpoints.finalized() : checkpoints.justified();
    SimulatedBlock fork = head;
    while (head.slot().value() - fork.slot().value() < depth) {
      SimulatedBlock parent = fork.root().equals(firm.root()) ? null : parentOf(fork);
      if (parent == null || head.slot().value() - parent.slot().value() > depth) {
        break;
      }
      fork = parent;
    }
    return fork.root().equals(head.root()) ? null : fork;
  }

  private void switchBranch(Slot slot, SimulatedBlock fork) {
    SimulatedBlock old = Objects.requireNonNull(head);
    SimulatedBlock tip = fork;
    for (Slot at = fork.slot().next(); !at.isAfter(slot); at = at.next()) {
      if (at.equals(slot) || random.nextDouble() >= plan.missedShare()) {
        tip = announce(at, tip);
        now = now.plusMillis(1);
      }
    }
    long depth = old.slot().value() - fork.slot().value();
    events.add(ScriptedEvent.reorg(now, slot, depth, old, tip, spec.epochOf(slot).value()));
    SimulatedBlock justified = blocks.get(checkpoints.justified().root());
    if (justified != null && justified.slot().isAfter(fork.slot())) {
      // The new branch has not seen the votes: for it the last final block is also the justified.
      Checkpoint last = checkpoints.finalized();
      checkpoints = new Checkpoints(last, last, last);
      events.add(ScriptedEvent.finality(now, checkpoints));
    }
    becomeHead(tip);
  }

  private SimulatedBlock announce(Slot slot, @Nullable SimulatedBlock parent) {
    SimulatedBlock block =
        factory.build(slot, parent == null ? origin : BlockFactory.Parent.of(parent));
    blocks.put(block.root(), block);
    events.add(ScriptedEvent.block(now, block));
    return block;
  }

  private void becomeHead(SimulatedBlock block) {
    head = block;
    long epoch = spec.epochOf(block.slot()).value();
    events.add(ScriptedEvent.head(now, block, epoch > epochDone));
    if (epoch > epochDone) {
      epochDone = epoch;
      if (epoch >= 2 && !plan.stall().covers(epoch)) {
        justify(epoch - 1);
      }
    }
  }

  /** Casper's usual case: an epoch is final when the next one is justified. */
  private void justify(long epoch) {
    Checkpoint justified = checkpoint(epoch);
    boolean consecutive = checkpoints.justified().epoch().value() == epoch - 1;
    Checkpoint finalized =
        consecutive && epoch > 1 ? checkpoints.justified() : checkpoints.finalized();
    boolean newlyFinal = !finalized.equals(checkpoints.finalized());
    checkpoints = new Checkpoints(checkpoints.justified(), justified, finalized);
    events.add(ScriptedEvent.finality(now, checkpoints));
    if (newlyFinal) {
      SimulatedBlock block = blocks.get(finalized.root());
      Root state = block == null ? Root.ZERO : block.view().stateRoot();
      events.add(ScriptedEvent.finalized(now, finalized, state));
    }
  }

  private Checkpoint checkpoint(long epoch) {
    Slot start = spec.startSlotOf(new Epoch(epoch));
    SimulatedBlock block = head;
    while (block != null && block.slot().isAfter(start)) {
      block = parentOf(block);
    }
    return new Checkpoint(new Epoch(epoch), block == null ? origin.root() : block.root());
  }

  private @Nullable SimulatedBlock parentOf(SimulatedBlock block) {
    return blocks.get(block.parentRoot());
  }

  private byte[] bytes() {
    byte[] bytes = new byte[Root.LENGTH];
    random.nextBytes(bytes);
    return bytes;
  }
}
