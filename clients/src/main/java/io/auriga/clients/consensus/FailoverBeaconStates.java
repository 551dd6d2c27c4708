package io.auriga.clients.consensus;

import io.auriga.clients.Failover;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
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
    return queue(
        "read the pending partial withdrawals of state " + state.path(),
        node -> node.pendingPartialWithdrawals(state),
        PendingPartials.Listed.class::isInstance);
  }

  @Override
  public PendingDeposits pendingDeposits(StateId state) {
    return queue(
        "read the pending deposits of state " + state.path(),
        node -> node.pendingDeposits(state),
        PendingDeposits.Listed.class::isInstance);
  }

  /** The first answer with a list, else the last that has none. */
  private <T> T queue(String asked, Function<BeaconStates, T> question, Predicate<T> isListed) {
    AtomicReference<@Nullable T> last = new AtomicReference<>();
    Optional<T> listed =
        failover.find(
            asked,
            node -> {
              T answer = question.apply(node);
              last.set(answer);
              return Optional.of(answer).filter(isListed);
            });
    // Where nobody answered, find has thrown.
    return listed.orElseGet(() -> Objects.requireNonNull(last.get()));
  }

  @Override
  public Optional<StateAnswer<List<ValidatorIndex>>> syncCommittee(StateId state) {
    return failover.find(
        "read the sync committee of state " + state.path(), node -> node.syncCommittee(state));
  }

  @Override
  public Optional<StateAnswer<List<ScheduledExit>>> scheduledExits(StateId state) {
    return failover.find(
        "read the validators that leave in state " + state.path(),
        node -> node.scheduledExits(state));
  }

  @Override
  public Optional<StateAnswer<List<ValidatorIndex>>> consolidationSources(StateId state) {
    return failover.find(
        "read the pending consolidations of state " + state.path(),
        node -> node.consolidationSources(state));
  }

  @Override
  public Optional<StateAnswer<List<Withdrawal>>> expectedWithdrawals(StateId state, Slot proposal) {
    return failover.find(
        "read the withdrawals expected on state " + state.path(),
        node -> node.expectedWithdrawals(state, proposal));
  }

  @Override
  public Optional<StateAnswer<List<Committee>>> committees(StateId state, Epoch epoch) {
    return failover.find(
        "read the committees of epoch " + epoch, node -> node.committees(state, epoch));
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
