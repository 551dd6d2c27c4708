package io.auriga.validators.slashing;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.StateId;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.validators.accounting.CommitteeShelf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who sits in the committees of an epoch on the branch of a block. Who does was decided by the
 * blocks before the epoch before it, so that branches which have those in common have the same
 * committees, and others may not. Belongs to one thread, but for {@link #finalized}.
 */
final class BranchCommittees {
  private static final Logger LOG = LoggerFactory.getLogger(BranchCommittees.class);

  /** Blocks carry votes of their epoch and the one before, of each branch. */
  private static final int EPOCHS_MAX = 6;

  /** Committees that are the same on all branches which have this block in common. */
  private record Key(Epoch epoch, Root anchor) {}

  private final ChainSpec spec;
  private final SlotClock clock;
  private final BeaconStates states;
  private final CommitteeShelf shelf;
  private final Branches branches = new Branches();
  private final Map<Key, EpochCommittees> kept = new LinkedHashMap<>();
  private final Map<Key, Slot> failed = new LinkedHashMap<>();
  private volatile long finalSlot = -1;

  BranchCommittees(ChainSpec spec, SlotClock clock, BeaconStates states, CommitteeShelf shelf) {
    this.spec = spec;
    this.clock = clock;
    this.states = states;
    this.shelf = shelf;
  }

  /** Takes a block that was followed, also if it is undone later. */
  void follow(Root root, Branches.Block block) {
    branches.add(root, block);
  }

  boolean knows(Root block) {
    return branches.find(block).isPresent();
  }

  /** Says that the blocks up to a slot are final. */
  void finalized(Slot slot) {
    finalSlot = slot.value();
  }

  /**
   * The committees of an epoch on the branch of a block; empty while nobody tells them, and asked
   * for again a slot later.
   */
  Optional<EpochCommittees> of(Epoch epoch, Root branch) {
    Slot now = clock.currentSlot();
    // A node computes at most one epoch ahead, and who names a later one makes us ask in vain.
    if (epoch.value() < 0 || epoch.value() > spec.epochOf(now).value() + 1) {
      return Optional.empty();
    }
    Slot decided = decided(epoch);
    Optional<Root> anchor = branches.anchor(branch, decided);
    if (anchor.isEmpty()) {
      return Optional.empty();
    }
    Optional<EpochCommittees> computed = shelf.find(epoch, anchor.get()).map(EpochCommittees::of);
    Key key = new Key(epoch, anchor.get());
    EpochCommittees known = kept.get(key);
    if (computed.isPresent() || known != null) {
      return computed.or(() -> Optional.ofNullable(known));
    }
    Branches.Block block = branches.find(branch).orElseThrow();
    // A state from before that does not know them yet.
    if (now.equals(failed.get(key)) || block.slot().isBefore(decided)) {
      return Optional.empty();
    }
    Optional<EpochCommittees> found = ask(epoch, block);
    if (found.isPresent()) {
      failed.remove(key);
      keep(kept, key, found.get());
    } else {
      keep(failed, key, now);
    }
    return found;
  }

  /** The slot from which on no block has a say in the committees of an epoch. */
  private Slot decided(Epoch epoch) {
    return spec.startSlotOf(
        new Epoch(Math.max(0, epoch.value() - spec.number("MIN_SEED_LOOKAHEAD"))));
  }

  private static <T> void keep(Map<Key, T> map, Key key, T value) {
    map.put(key, value);
    if (map.size() > EPOCHS_MAX) {
      Key oldest = map.keySet().iterator().next();
      T _ = map.remove(oldest);
    }
  }

  /** By the root of the state behind a block, so that the answer is of no other branch. */
  private Optional<EpochCommittees> ask(Epoch epoch, Branches.Block block) {
    try {
      Optional<EpochCommittees> found = ask(epoch, StateId.of(block.stateRoot()));
      // What is final has one branch, and old states are often found by their slot alone.
      boolean isFinal = block.slot().value() <= finalSlot;
      return found.isEmpty() && isFinal ? ask(epoch, StateId.of(block.slot())) : found;
    } catch (AurigaException failure) {
      LOG.atWarn()
          .addKeyValue("epoch", epoch)
          .addKeyValue("code", failure.code())
          .addKeyValue("problem", failure.getMessage())
          .log("Committees are not known, so that aggregates cannot be watched for now");
      return Optional.empty();
    }
  }

  private Optional<EpochCommittees> ask(Epoch epoch, StateId state) {
    return states
        .committees(state, epoch)
        .map(answer -> EpochCommittees.of(List.copyOf(answer.data())));
  }
}
