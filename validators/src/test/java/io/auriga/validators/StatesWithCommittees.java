package io.auriga.validators;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.Committee;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A node that knows committees and nothing else. */
public final class StatesWithCommittees implements BeaconStates {
  public final List<Committee> committees = new ArrayList<>();
  public boolean absent;
  public int asked;

  public void members(Slot slot, long index, long... validators) {
    committees.add(
        new Committee(slot, index, Arrays.stream(validators).mapToInt(Math::toIntExact).toArray()));
  }

  @Override
  public String name() {
    return "committees";
  }

  @Override
  public Optional<StateAnswer<List<Committee>>> committees(StateId state, Epoch epoch) {
    asked++;
    return absent
        ? Optional.empty()
        : Optional.of(new StateAnswer<>(List.copyOf(committees), false, false));
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    return Optional.empty();
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    return new PendingPartials.Unavailable("it knows committees only");
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    return Optional.empty();
  }
}
