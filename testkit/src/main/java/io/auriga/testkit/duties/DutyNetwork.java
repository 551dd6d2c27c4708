package io.auriga.testkit.duties;

import io.auriga.chain.BlockRef;
import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A network of validators, slot after slot, that is the same each time for one plan. */
public final class DutyNetwork {
  /** The votes of one slot, good only where the epoch's committees are as they were then. */
  private record Cast(long epoch, Root mix, List<VoteGroup> groups) {}

  private final DutyPlan plan;
  private final ChainSpec spec;
  private final Random random;
  private final SlotVoters voters;
  private final BlockPacker packer;
  private final Root genesisMix;
  private final Deque<Cast> pool = new ArrayDeque<>();
  private final Map<Epoch, int[]> sizes = new HashMap<>();
  private DutyBlock head;
  private Slot slot = new Slot(0);

  public DutyNetwork(DutyPlan plan) {
    this.plan = plan;
    this.spec = plan.spec();
    this.random = new Random(plan.seed());
    this.voters = new SlotVoters(plan, random);
    this.packer = new BlockPacker(plan, random);
    this.genesisMix = SlotVoters.random(random);
    BlockRef genesis = new BlockRef(slot, SlotVoters.random(random));
    this.head = new DutyBlock(genesis, null, null, genesisMix);
    vote();
  }

  /** The state with which it begins. */
  public BeaconStateView genesisState() {
    return DutyGenesis.state(plan, genesisMix);
  }

  public DutyPlan plan() {
    return plan;
  }

  /** The head of the chain, which is its newest block. */
  public DutyBlock head() {
    return head;
  }

  public Slot slot() {
    return slot;
  }

  /** Goes on by a slot; the new head, if the slot has a block. */
  public Optional<DutyBlock> next() {
    slot = slot.next();
    boolean proposed = random.nextDouble() >= plan.missedSlots();
    if (proposed) {
      boolean orphans = random.nextDouble() < plan.reorgs();
      DutyBlock parent = orphans ? head.back(1 + random.nextInt(plan.reorgDepth())) : head;
      head = propose(parent);
    }
    vote();
    return proposed ? Optional.of(head) : Optional.empty();
  }

  /** Builds a block of this slot on any block; it becomes the head. */
  private DutyBlock propose(DutyBlock parent) {
    SignedBlockView view = packer.pack(slot, parent, votesFor(parent));
    byte[] mix = parent.mix().toBytes();
    byte[] share = NaiveCommittees.sha256(view.operations().randaoReveal());
    for (int i = 0; i < mix.length; i++) {
      mix[i] ^= share[i];
    }
    return new DutyBlock(new BlockRef(slot, view.blockRoot()), parent, view, Root.of(mix));
  }

  /** The votes that a block of this slot may have ({@code process_attestation}). */
  private List<VoteGroup> votesFor(DutyBlock parent) {
    long epoch = spec.epochOf(slot).value();
    boolean deneb = spec.forkAt(slot).isAtLeast(ForkName.DENEB);
    List<VoteGroup> groups = new ArrayList<>();
    for (Cast cast : pool) {
      if (cast.epoch() + 1 < epoch || !cast.mix().equals(mixFor(parent, cast.epoch()))) {
        continue;
      }
      for (VoteGroup group : cast.groups()) {
        long delay = slot.value() - group.data().slot().value();
        if (group.since() <= slot.value() && (deneb || delay <= spec.slotsPerEpoch())) {
          groups.add(group);
        }
      }
    }
    return groups;
  }

  private void vote() {
    Epoch epoch = spec.epochOf(slot);
    int[] all = sizes.computeIfAbsent(epoch, e -> committeeSizes(plan.active(e).length));
    int perSlot = all.length / (int) spec.slotsPerEpoch();
    int number = (int) (slot.value() % spec.slotsPerEpoch());
    int[] ofSlot = Arrays.copyOfRange(all, number * perSlot, (number + 1) * perSlot);
    pool.addLast(
        new Cast(epoch.value(), mixFor(head, epoch.value()), voters.votes(slot, head, ofSlot)));
    while (pool.size() > 2 * spec.slotsPerEpoch()) {
      pool.removeFirst();
    }
  }

  /** Who votes does not matter here, only how many: the sizes of an epoch's committees. */
  private int[] committeeSizes(int active) {
    int[] sizes = new int[(int) (NaiveCommittees.perSlot(spec, active) * spec.slotsPerEpoch())];
    for (int i = 0; i < sizes.length; i++) {
      long start = (long) active * i / sizes.length;
      sizes[i] = (int) ((long) active * (i + 1) / sizes.length - start);
    }
    return sizes;
  }

  /** The mix from which the seed of an epoch follows, on a block's branch. */
  public Root mixFor(DutyBlock branch, long epoch) {
    long fixedIn = epoch - spec.number("MIN_SEED_LOOKAHEAD") - 1;
    return fixedIn < 0 ? genesisMix : branch.at((fixedIn + 1) * spec.slotsPerEpoch() - 1).mix();
  }
}
