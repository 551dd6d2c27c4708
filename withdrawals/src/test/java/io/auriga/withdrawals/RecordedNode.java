package io.auriga.withdrawals;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorBalance;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.replay.RecordedState;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.state.PlainState;
import io.auriga.testkit.state.PlainValidator;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The states of the recorded chain that is part of the project, served by their root. */
public final class RecordedNode implements BeaconStates {
  public static final Recording CHAIN =
      Recording.open(
          Path.of(System.getProperty("auriga.root", ".."), "recordings/minimal-capella-to-fulu"));

  private static final StateSchemas SCHEMAS = StateSchemas.of(CHAIN.spec());

  static PlainState plain(RecordedState state) {
    return PlainState.read(SCHEMAS, state.fork(), state.ssz());
  }

  @Override
  public String name() {
    return "recorded";
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId state, Collection<ValidatorId> ids) {
    return state instanceof StateId.ByRoot(Root root)
        ? CHAIN
            .states()
            .withRoot(root)
            .map(found -> new StateAnswer<>(validators(plain(found), ids), false, false))
        : Optional.empty();
  }

  private static List<Validator> validators(PlainState state, Collection<ValidatorId> ids) {
    return IntStream.range(0, state.validators().size())
        .mapToObj(index -> validator(index, state.validators().get(index)))
        .filter(
            validator ->
                ids.contains(ValidatorId.of(validator.index()))
                    || ids.contains(ValidatorId.of(validator.publicKey())))
        .toList();
  }

  private static Validator validator(int index, PlainValidator plain) {
    return new Validator(
        new ValidatorIndex(index),
        BlsPublicKey.fromHex(plain.publicKey()),
        WithdrawalCredentials.of(Root.fromHex(plain.credentials())),
        gwei(plain.balance()),
        gwei(plain.effectiveBalance()),
        plain.slashed(),
        new Validator.Life(
            epoch(plain.activationEligibilityEpoch()),
            epoch(plain.activationEpoch()),
            epoch(plain.exitEpoch()),
            epoch(plain.withdrawableEpoch())));
  }

  private static Gwei gwei(BigInteger value) {
    return new Gwei(value.longValue());
  }

  private static Epoch epoch(BigInteger value) {
    return new Epoch(value.longValue());
  }

  @Override
  public Optional<StateAnswer<List<ValidatorBalance>>> balances(
      StateId state, Collection<ValidatorId> ids) {
    return validators(state, ids)
        .map(
            answer ->
                new StateAnswer<>(
                    answer.data().stream()
                        .map(one -> new ValidatorBalance(one.index(), one.balance()))
                        .toList(),
                    false,
                    false));
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId state) {
    return new PendingPartials.Unavailable("not asked for in these tests");
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId state) {
    return Optional.empty();
  }
}
