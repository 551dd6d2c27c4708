package io.auriga.testkit.sweep;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.ScheduledExit;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorBalance;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A node whose validators all have an address and a little above 32 ether. */
public final class SimulatedStates implements BeaconStates {
  private final long count;
  private int questions;

  public SimulatedStates(long count) {
    this.count = count;
  }

  /** How often it was asked for validators. */
  public int questions() {
    return questions;
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    questions++;
    List<Validator> found =
        ids.stream()
            .filter(id -> id instanceof ValidatorId.ByIndex(var index) && index.value() < count)
            .map(id -> validator((ValidatorId.ByIndex) id))
            .toList();
    return Optional.of(new StateAnswer<>(found, false, false));
  }

  /** So many of them, spread evenly over all. */
  public static List<Validator> validators(long count, int howMany) {
    return LongStream.range(0, howMany)
        .mapToObj(i -> validator(new ValidatorId.ByIndex(new ValidatorIndex(i * count / howMany))))
        .toList();
  }

  private static Validator validator(ValidatorId.ByIndex id) {
    return new Validator(
        id.index(),
        BlsPublicKey.of(new byte[48]),
        WithdrawalCredentials.of(1, Address.fromHex("0x" + "11".repeat(20))),
        new Gwei(32_010_000_000L),
        Gwei.ofEther(32),
        false,
        new Validator.Life(new Epoch(0), new Epoch(0), Epoch.FAR_FUTURE, Epoch.FAR_FUTURE));
  }

  @Override
  public Optional<StateAnswer<List<ValidatorBalance>>> balances(
      StateId state, Collection<ValidatorId> ids) {
    return Optional.empty();
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    return new PendingPartials.Listed(List.of(), false);
  }

  /** Nobody leaves. */
  @Override
  public Optional<StateAnswer<List<ScheduledExit>>> scheduledExits(StateId state) {
    return Optional.of(new StateAnswer<>(List.of(), false, false));
  }

  @Override
  public Optional<StateAnswer<List<ValidatorIndex>>> consolidationSources(StateId state) {
    return Optional.of(new StateAnswer<>(List.of(), false, false));
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    return Optional.empty();
  }
}
