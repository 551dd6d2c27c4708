package io.auriga.withdrawals;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingDeposits;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Root;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node's states under a test's control: those that were put are served, by their root. */
final class StatesInMemory implements BeaconStates {
  private final Map<Root, List<Validator>> states = new HashMap<>();
  final List<StateId> asked = new ArrayList<>();
  final Map<Root, PendingDeposits.Listed> queues = new HashMap<>();
  boolean down;

  void put(Root stateRoot, List<Validator> validators) {
    states.put(stateRoot, validators);
  }

  @Override
  public String name() {
    return "states";
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    asked.add(state);
    if (down) {
      throw new NodeException(ClientError.UNREACHABLE, name(), "read validators", "it is down");
    }
    if (!(state instanceof StateId.ByRoot(Root root)) || !states.containsKey(root)) {
      return Optional.empty();
    }
    List<Validator> found =
        Objects.requireNonNull(states.get(root)).stream()
            .filter(
                validator ->
                    ids.contains(ValidatorId.of(validator.index()))
                        || ids.contains(ValidatorId.of(validator.publicKey())))
            .toList();
    return Optional.of(new StateAnswer<>(found, false, false));
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    return new PendingPartials.Unavailable("not kept here");
  }

  @Override
  public PendingDeposits pendingDeposits(StateId state) {
    PendingDeposits.@Nullable Listed queue =
        state instanceof StateId.ByRoot(Root root) ? queues.get(root) : null;
    return queue == null ? new PendingDeposits.Unavailable("not kept here") : queue;
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    return Optional.empty();
  }
}
