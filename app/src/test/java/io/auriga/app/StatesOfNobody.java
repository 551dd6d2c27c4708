package io.auriga.app;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A node that answers, and knows nothing. */
class StatesOfNobody implements BeaconStates {
  @Override
  public String name() {
    return "nobody";
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    return Optional.empty();
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    return new PendingPartials.Unavailable("it knows nothing");
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    return Optional.empty();
  }
}
