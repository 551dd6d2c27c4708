package io.auriga.clients.consensus;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The same states for several askers, who mostly want the same validators of the same few states:
 * each validator of a state is asked for once. A balance is taken from the validator, which holds
 * it. Shared by any number of threads; one question about a state is under way at a time, and who
 * comes meanwhile waits for it, since its answer may be the one he wants.
 *
 * <p>Only a state named by its root is shared, since no other name stands for the same state
 * forever, and only validators named by index. A failure, or a state that the node lacks, is not
 * remembered: the next asker tries for himself.
 */
public final class SharedBeaconStates implements BeaconStates {
  /** About 300 bytes each: some 5 MB. A block asks for 16 of two states, and a replay for 64. */
  private static final int VALIDATORS_MAX = 16_384;

  /** A question about more is no block's, and would drive out what others are about to want. */
  private static final int PER_QUESTION_MAX = 2_048;

  /**
   * Long enough for the block behind, short enough that one who looks again at what did not agree
   * hears another node.
   */
  private static final Duration LIFETIME = Duration.ofMinutes(2);

  private final BeaconStates nodes;
  private final InstantSource time;
  private final Map<Root, Held> held = new LinkedHashMap<>(); // guarded by this, oldest first
  private int weight; // guarded by this: of all that is held

  /** What is known of a state. */
  private static final class Held {
    private final Instant since;
    // Guarded by the map's lock; what an entry without validators costs at first.
    private int weight = 1;
    private final ReentrantLock flight = new ReentrantLock();
    // All below guarded by the flight.
    private final Set<ValidatorIndex> asked = new HashSet<>();
    private final Map<ValidatorIndex, Validator> found = new HashMap<>();
    private boolean optimistic;
    private boolean finalized = true;

    Held(Instant since) {
      this.since = since;
    }

    void add(Set<ValidatorIndex> indices, StateAnswer<List<Validator>> answer) {
      asked.addAll(indices);
      answer.data().forEach(validator -> found.put(validator.index(), validator));
      optimistic |= answer.optimistic();
      finalized &= answer.finalized();
    }

    StateAnswer<List<Validator>> answer(Set<ValidatorIndex> indices) {
      return new StateAnswer<>(
          indices.stream().map(found::get).filter(Objects::nonNull).toList(),
          optimistic,
          finalized);
    }
  }

  public SharedBeaconStates(BeaconStates nodes) {
    this(nodes, InstantSource.system());
  }

  SharedBeaconStates(BeaconStates nodes, InstantSource time) {
    this.nodes = nodes;
    this.time = time;
  }

  @Override
  public String name() {
    return nodes.name();
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    Optional<Set<ValidatorIndex>> indices = indices(ids);
    return state instanceof StateId.ByRoot(Root root) && indices.isPresent()
        ? shared(root, indices.get())
        : nodes.validators(state, ids);
  }

  @Override
  public Optional<StateAnswer<List<ValidatorBalance>>> balances(
      StateId state, Collection<ValidatorId> ids) {
    return isShared(state, ids)
        ? BeaconStates.super.balances(state, ids)
        : nodes.balances(state, ids);
  }

  private static boolean isShared(StateId state, Collection<ValidatorId> ids) {
    return state instanceof StateId.ByRoot && indices(ids).isPresent();
  }

  /** Empty for a question that is not shared. */
  private static Optional<Set<ValidatorIndex>> indices(Collection<ValidatorId> ids) {
    Set<ValidatorIndex> indices = new LinkedHashSet<>();
    for (ValidatorId id : ids) {
      if (!(id instanceof ValidatorId.ByIndex(ValidatorIndex index))) {
        return Optional.empty();
      }
      indices.add(index);
    }
    return indices.isEmpty() || indices.size() > PER_QUESTION_MAX
        ? Optional.empty()
        : Optional.of(indices);
  }

  private Optional<StateAnswer<List<Validator>>> shared(Root state, Set<ValidatorIndex> indices) {
    Held known = held(state);
    await(known.flight, state);
    try {
      Set<ValidatorIndex> missing = new LinkedHashSet<>(indices);
      missing.removeAll(known.asked);
      if (!missing.isEmpty()) {
        Optional<StateAnswer<List<Validator>>> answer =
            nodes.validators(StateId.of(state), missing.stream().map(ValidatorId::of).toList());
        if (answer.isEmpty()) {
          return answer;
        }
        known.add(missing, answer.get());
        count(state, known, missing.size());
      }
      return Optional.of(known.answer(indices));
    } finally {
      known.flight.unlock();
    }
  }

  private void await(ReentrantLock flight, Root state) {
    try {
      flight.lockInterruptibly();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new NodeException(
          ClientError.INTERRUPTED,
          name(),
          "read validators of state " + state,
          "the process is stopping",
          stopping);
    }
  }

  private synchronized Held held(Root state) {
    Instant now = time.instant();
    dropWhileTooOldOrTooMany(now);
    Held known = held.get(state);
    if (known == null) {
      known = new Held(now);
      held.put(state, known);
      weight += known.weight;
    }
    return known;
  }

  private synchronized void count(Root state, Held known, int more) {
    if (held.get(state) == known) {
      known.weight += more;
      weight += more;
    }
    dropWhileTooOldOrTooMany(time.instant());
  }

  /** Who holds an entry that is dropped goes on with it. */
  private void dropWhileTooOldOrTooMany(Instant now) {
    Iterator<Held> oldest = held.values().iterator();
    while (oldest.hasNext()) {
      Held entry = oldest.next();
      if (weight <= VALIDATORS_MAX && entry.since.plus(LIFETIME).isAfter(now)) {
        return;
      }
      oldest.remove();
      weight -= entry.weight;
    }
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    return nodes.pendingPartialWithdrawals(state);
  }

  @Override
  public PendingDeposits pendingDeposits(StateId state) {
    return nodes.pendingDeposits(state);
  }

  @Override
  public Optional<StateAnswer<List<ValidatorIndex>>> syncCommittee(StateId state) {
    return nodes.syncCommittee(state);
  }

  @Override
  public Optional<StateAnswer<List<ScheduledExit>>> scheduledExits(StateId state) {
    return nodes.scheduledExits(state);
  }

  @Override
  public Optional<StateAnswer<List<ValidatorIndex>>> consolidationSources(StateId state) {
    return nodes.consolidationSources(state);
  }

  @Override
  public Optional<StateAnswer<List<Withdrawal>>> expectedWithdrawals(StateId state, Slot proposal) {
    return nodes.expectedWithdrawals(state, proposal);
  }

  @Override
  public Optional<StateAnswer<List<Committee>>> committees(StateId state, Epoch epoch) {
    return nodes.committees(state, epoch);
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    return nodes.state(state);
  }

  @Override
  public String toString() {
    return "SharedBeaconStates[" + name() + "]";
  }
}
