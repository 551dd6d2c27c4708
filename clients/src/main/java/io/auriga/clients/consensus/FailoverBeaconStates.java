package io.auriga.clients.consensus;

import io.auriga.clients.Failover;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The states of several consensus clients of one network behind one face, asked in order. A state
 * named by slot or root is looked for at all of them, because the first may have pruned it; so is
 * the queue of partial withdrawals, because the first may be too old to serve it.
 */
public final class FailoverBeaconStates implements BeaconStates {
  private final Failover<BeaconStates> failover;

  public FailoverBeaconStates(List<BeaconStates> nodes) {
    this(nodes, InstantSource.system());
  }

  public FailoverBeaconStates(List<BeaconStates> nodes, InstantSource time) {
    this.failover = new Failover<>(nodes, BeaconStates::name, time);
  }

  @Override
  public String name() {
    return failover.name();
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    return failover.find(
        "read validators of state " + state.path(), node -> node.validators(state, ids));
  }

  @Override
  public Optional<StateAnswer<List<ValidatorBalance>>> balances(
      StateId state, Collection<ValidatorId> ids) {
    return failover.find(
        "read balances of state " + state.path(), node -> node.balances(state, ids));
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    PendingPartials.@Nullable Unavailable[] last = new PendingPartials.Unavailable[1];
    Optional<PendingPartials> listed =
        failover.find(
            "read the pending partial withdrawals of state " + state.path(),
            node ->
                switch (node.pendingPartialWithdrawals(state)) {
                  case PendingPartials.Listed found -> Optional.of(found);
                  case PendingPartials.Unavailable unavailable -> {
                    last[0] = unavailable;
                    yield Optional.empty();
                  }
                });
    return listed.orElseGet(
        () -> last[0] == null ? new PendingPartials.Unavailable("no node answered") : last[0]);
  }

  @Override
  public Optional<StateAnswer<List<Withdrawal>>> expectedWithdrawals(StateId state, Slot proposal) {
    return failover.find(
        "read the withdrawals expected on state " + state.path(),
        node -> node.expectedWithdrawals(state, proposal));
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    return failover.find("read state " + state.path(), node -> node.state(state));
  }

  @Override
  public String toString() {
    return "FailoverBeaconStates[" + name() + "]";
  }
}
