package io.auriga.clients.consensus;

import io.auriga.clients.NodeException;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What consensus clients say of states of the chain: of a few validators, or all of one state. For
 * questions that no block answers; whatever follows from blocks is not asked here. Every method
 * asks the node, blocks the (virtual) thread until the answer or the deadline, and throws {@link
 * NodeException} when there is no usable answer. Nothing it says is verified.
 *
 * <p>An answer is empty where the node does not know the state: it pruned it, or never saw it.
 */
public interface BeaconStates {
  /** What to call the node in messages and metrics; holds no secret. */
  String name();

  /**
   * The validators of these names, in no order; those that the state does not hold are left out.
   * Many names cost several requests, each of which may see another {@link StateId#head()}: name
   * the state by slot or root where all must be of one moment.
   */
  Optional<StateAnswer<List<Validator>>> validators(StateId state, Collection<ValidatorId> ids);

  /** The balances of these validators, otherwise as {@link #validators}. */
  default Optional<StateAnswer<List<ValidatorBalance>>> balances(
      StateId state, Collection<ValidatorId> ids) {
    return validators(state, ids).map(BeaconStates::balances);
  }

  /** A validator holds its balance. */
  private static StateAnswer<List<ValidatorBalance>> balances(StateAnswer<List<Validator>> answer) {
    return new StateAnswer<>(
        answer.data().stream()
            .map(validator -> new ValidatorBalance(validator.index(), validator.balance()))
            .toList(),
        answer.optimistic(),
        answer.finalized());
  }

  /** The queue of requested partial withdrawals, which exists since Electra. */
  PendingPartials pendingPartialWithdrawals(StateId state);

  /**
   * The deposits that wait to be credited, which there are since Electra. Tens of thousands at
   * times: to be asked only where it decides something.
   */
  default PendingDeposits pendingDeposits(StateId state) {
    return new PendingDeposits.Unavailable(name() + " is not asked for it");
  }

  /**
   * Who sits in the sync committee of the state, seat by seat; one may have several. Empty also
   * where the node does not serve the route.
   */
  default Optional<StateAnswer<List<ValidatorIndex>>> syncCommittee(StateId state) {
    return Optional.empty();
  }

  /**
   * Validators that have duties still and were given the epoch in which these end, slashed ones
   * too: a few tens of thousands on mainnet in busy times. Empty also where the node does not
   * answer questions by status.
   */
  default Optional<StateAnswer<List<ScheduledExit>>> scheduledExits(StateId state) {
    return Optional.empty();
  }

  /**
   * Validators that are to be emptied into others (EIP-7251), since Electra. Empty also where the
   * node does not serve the route.
   */
  default Optional<StateAnswer<List<ValidatorIndex>>> consolidationSources(StateId state) {
    return Optional.empty();
  }

  /**
   * The withdrawals that a block of {@code proposal} on top of the state must carry, as the node
   * computes them. The standard has dropped the route (v4.0.0): empty also where the node does not
   * serve it.
   */
  default Optional<StateAnswer<List<Withdrawal>>> expectedWithdrawals(
      StateId state, Slot proposal) {
    return Optional.empty();
  }

  /**
   * Who sits in the committees of an epoch, in no order: a hundred kilobytes or ten megabytes,
   * depending on the network. Empty also where the node does not serve it for that epoch.
   */
  default Optional<StateAnswer<List<Committee>>> committees(StateId state, Epoch epoch) {
    return Optional.empty();
  }

  /** The whole state as SSZ: hundreds of megabytes on mainnet, and work for the node. */
  Optional<StateAnswer<StateBytes>> state(StateId state);
}
