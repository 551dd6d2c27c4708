package io.auriga.withdrawals.expected;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorBalance;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks nodes about one state, named by its root so that no answer can be of another, and no longer
 * than the time that there is for a block.
 */
final class StateQuestions {
  /** So many ids fit into the address of a request with room to spare. */
  private static final int PROBES = 32;

  /**
   * {@code VALIDATOR_REGISTRY_LIMIT} is 2^40; what an {@code int} cannot index, nothing here can.
   */
  private static final long COUNT_MAX = Integer.MAX_VALUE;

  private final BeaconStates nodes;
  private final StateId state;
  private final long deadline;

  StateQuestions(BeaconStates nodes, StateId state, Duration time) {
    this.nodes = nodes;
    this.state = state;
    this.deadline = System.nanoTime() + time.toNanos();
  }

  /** Validators by index, all of them. */
  Map<Integer, Validator> validators(List<Integer> indices) {
    List<ValidatorId> ids = new ArrayList<>();
    indices.forEach(index -> ids.add(ValidatorId.of(new ValidatorIndex(index))));
    Map<Integer, Validator> found = new HashMap<>();
    for (Validator validator :
        within(() -> nodes.validators(state, ids)).orElseThrow(this::unknown).data()) {
      found.put((int) validator.index().value(), validator);
    }
    for (int index : indices) {
      if (!found.containsKey(index)) {
        throw new NotProvableException(Reason.STATE, "the beacon node left out validator " + index);
      }
    }
    return found;
  }

  PendingPartials.Listed partials() {
    return switch (within(() -> nodes.pendingPartialWithdrawals(state))) {
      case PendingPartials.Listed listed -> listed;
      case PendingPartials.Unavailable(String reason) ->
          throw new NotProvableException(
              Reason.STATE, "the queue of requested withdrawals is not to be had: " + reason);
    };
  }

  /** Seat by seat. */
  List<ValidatorIndex> syncCommittee() {
    return within(() -> nodes.syncCommittee(state))
        .orElseThrow(
            () ->
                new NotProvableException(
                    Reason.STATE, "the beacon node does not say who sits in the sync committee"))
        .data();
  }

  /** What the node itself computes for a block of the slot; empty if it does not tell. */
  Optional<List<Withdrawal>> expected(Slot proposal) {
    return within(() -> nodes.expectedWithdrawals(state, proposal)).map(StateAnswer::data);
  }

  /**
   * How many validators there are. Indices have no gaps, so that the highest one is found by asking
   * for a few at a time.
   *
   * @param atLeast a number that there are for certain; mostly the answer or nearly so
   */
  int count(int atLeast) {
    long known = atLeast;
    long beyond = COUNT_MAX;
    boolean near = true;
    while (known < beyond) {
      // Validators known .. beyond - 1 may or may not exist: look at some of them.
      List<Long> probes = near ? nearby(known, beyond) : spread(known, beyond);
      near = false;
      long highest = highest(probes);
      for (long probe : probes) {
        if (probe <= highest) {
          known = Math.max(known, probe + 1);
        } else {
          beyond = Math.min(beyond, probe);
        }
      }
    }
    return (int) known;
  }

  /** The next ones, then ever further ones. */
  private static List<Long> nearby(long known, long beyond) {
    List<Long> probes = new ArrayList<>();
    for (long step = 0; probes.size() < PROBES / 2 && known + step < beyond; step++) {
      probes.add(known + step);
    }
    for (long step = PROBES; known + step < beyond; step *= 4) {
      probes.add(known + step);
    }
    return probes;
  }

  private static List<Long> spread(long known, long beyond) {
    long width = Math.max(1, (beyond - known) / PROBES);
    List<Long> probes = new ArrayList<>();
    for (long probe = known; probe < beyond && probes.size() < PROBES; probe += width) {
      probes.add(probe);
    }
    return probes;
  }

  private long highest(List<Long> indices) {
    List<ValidatorId> ids =
        indices.stream().map(index -> ValidatorId.of(new ValidatorIndex(index))).toList();
    long highest = -1;
    for (ValidatorBalance balance :
        within(() -> nodes.balances(state, ids)).orElseThrow(this::unknown).data()) {
      highest = Math.max(highest, balance.index().value());
    }
    return highest;
  }

  private <T> T within(Supplier<T> question) {
    if (System.nanoTime() - deadline > 0) {
      throw new NotProvableException(Reason.TIME, "the beacon node's answers took too long");
    }
    return question.get();
  }

  private NotProvableException unknown() {
    return new NotProvableException(
        Reason.STATE, "the beacon node does not have state " + state.path());
  }
}
