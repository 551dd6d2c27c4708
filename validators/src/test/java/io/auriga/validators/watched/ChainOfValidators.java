package io.auriga.validators.watched;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.Address;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A node whose validators a test adds, changes and takes away; each tenth shares an address. */
final class ChainOfValidators implements BeaconStates {
  final List<Validator> validators = new ArrayList<>();
  final List<Integer> questions = new ArrayList<>();
  boolean down;

  ChainOfValidators(int count) {
    grow(count);
  }

  void grow(int more) {
    for (int i = 0; i < more; i++) {
      int index = validators.size();
      validators.add(validator(index, key(index), address(index / 10)));
    }
  }

  static Validator validator(int index, BlsPublicKey key, Address address) {
    return new Validator(
        new ValidatorIndex(index),
        key,
        WithdrawalCredentials.of(1, address),
        new Gwei(32_000_000_000L),
        new Gwei(32_000_000_000L),
        false,
        new Validator.Life(new Epoch(0), new Epoch(0), Epoch.FAR_FUTURE, Epoch.FAR_FUTURE));
  }

  static BlsPublicKey key(int number) {
    return BlsPublicKey.fromHex("0x" + "%096x".formatted(0xa0000000L + number));
  }

  static Address address(int number) {
    return Address.fromHex("0x" + "%040x".formatted(0xadd0000000L + number));
  }

  @Override
  public String name() {
    return "chain";
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    questions.add(ids.size());
    if (down) {
      throw new NodeException(ClientError.UNREACHABLE, name(), "read validators", "it is down");
    }
    java.util.Set<ValidatorId> asked = new java.util.HashSet<>(ids);
    List<Validator> found =
        validators.stream()
            .filter(
                one ->
                    asked.contains(ValidatorId.of(one.index()))
                        || asked.contains(ValidatorId.of(one.publicKey())))
            .toList();
    return Optional.of(new StateAnswer<>(found, false, false));
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    throw new UnsupportedOperationException();
  }
}
