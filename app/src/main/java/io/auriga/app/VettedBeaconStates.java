package io.auriga.app;

import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.Committee;
import io.auriga.clients.consensus.PendingDeposits;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.ScheduledExit;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorBalance;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** States of a beacon node that count only once it was seen to be of the followed network. */
record VettedBeaconStates(
    BeaconStates states, BeaconNode node, NetworkCheck.Network network, Vetting vetting)
    implements BeaconStates {
  private BeaconStates vetted() {
    vetting.requireNetwork(node, network);
    return states;
  }

  @Override
  public String name() {
    return states.name();
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    return vetted().validators(state, ids);
  }

  @Override
  public Optional<StateAnswer<List<ValidatorBalance>>> balances(
      StateId state, Collection<ValidatorId> ids) {
    return vetted().balances(state, ids);
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    return vetted().pendingPartialWithdrawals(state);
  }

  @Override
  public PendingDeposits pendingDeposits(StateId state) {
    return vetted().pendingDeposits(state);
  }

  @Override
  public Optional<StateAnswer<List<ValidatorIndex>>> syncCommittee(StateId state) {
    return vetted().syncCommittee(state);
  }

  @Override
  public Optional<StateAnswer<List<ScheduledExit>>> scheduledExits(StateId state) {
    return vetted().scheduledExits(state);
  }

  @Override
  public Optional<StateAnswer<List<ValidatorIndex>>> consolidationSources(StateId state) {
    return vetted().consolidationSources(state);
  }

  @Override
  public Optional<StateAnswer<List<Withdrawal>>> expectedWithdrawals(StateId state, Slot proposal) {
    return vetted().expectedWithdrawals(state, proposal);
  }

  @Override
  public Optional<StateAnswer<List<Committee>>> committees(StateId state, Epoch epoch) {
    return vetted().committees(state, epoch);
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    return vetted().state(state);
  }
}
