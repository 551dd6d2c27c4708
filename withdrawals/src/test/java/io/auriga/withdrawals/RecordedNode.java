package io.auriga.withdrawals;

import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.crypto.ssz.StateSchemas;
import io.auriga.testkit.replay.RecordedState;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.state.NaiveWithdrawals;
import io.auriga.testkit.state.PlainState;
import io.auriga.testkit.state.PlainValidator;
import io.auriga.testkit.state.SyncSeats;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.types.WithdrawalCredentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A beacon node that knows the states of the recorded chain that is part of the project, by their
 * root, and may lie about validators.
 */
public final class RecordedNode implements BeaconStates {
  public static final Recording CHAIN =
      Recording.open(
          Path.of(System.getProperty("auriga.root", ".."), "recordings/minimal-capella-to-fulu"));

  private static final StateSchemas SCHEMAS = StateSchemas.of(CHAIN.spec());

  private UnaryOperator<Validator> lie = UnaryOperator.identity();
  private boolean pruned;
  private boolean hidesTheCommittee;
  private boolean computes;
  private boolean lies;
  private int validatorsAsked;

  static PlainState plain(RecordedState state) {
    return PlainState.read(SCHEMAS, state.fork(), state.ssz());
  }

  public void lieBy(UnaryOperator<Validator> change) {
    lie = change;
    lies = true;
  }

  /** From now on it does not say who sits in the sync committee. */
  public void hideTheCommittee() {
    hidesTheCommittee = true;
  }

  public void forgetAllStates() {
    pruned = true;
  }

  /** From now on it answers what it computes itself, where an epoch begins in between. */
  public void compute() {
    computes = true;
  }

  @Override
  public Optional<StateAnswer<List<Withdrawal>>> expectedWithdrawals(StateId id, Slot proposal) {
    if (!computes || !(id instanceof StateId.ByRoot(Root root))) {
      return Optional.empty();
    }
    Root parent = CHAIN.states().withRoot(root).orElseThrow().blockRoot();
    return CHAIN.timeline().blocks().stream()
        .filter(block -> block.parentRoot().equals(parent) && block.slot().equals(proposal))
        .findFirst()
        .flatMap(block -> CHAIN.states().before(block.root()))
        .map(met -> NaiveWithdrawals.of(plain(met), CHAIN.spec()))
        .map(outcome -> new StateAnswer<>(altered(outcome.withdrawals()), false, false));
  }

  /** The amounts grow with the lie about balances. */
  private List<Withdrawal> altered(List<Withdrawal> list) {
    return lies
        ? list.stream()
            .map(
                w ->
                    new Withdrawal(
                        w.index(), w.validatorIndex(), w.address(), w.amount().plus(new Gwei(1))))
            .toList()
        : list;
  }

  public int validatorsAsked() {
    return validatorsAsked;
  }

  @Override
  public String name() {
    return "recorded";
  }

  private Optional<PlainState> plain(StateId id) {
    if (pruned || !(id instanceof StateId.ByRoot(Root root))) {
      return Optional.empty();
    }
    return CHAIN.states().withRoot(root).map(RecordedNode::plain);
  }

  @Override
  public Optional<StateAnswer<List<Validator>>> validators(
      StateId id, Collection<ValidatorId> ids) {
    validatorsAsked += ids.size();
    return plain(id)
        .map(
            state -> {
              List<Validator> found = new ArrayList<>();
              for (int i = 0; i < state.validators().size(); i++) {
                if (ids.contains(ValidatorId.of(new ValidatorIndex(i)))) {
                  found.add(lie.apply(validator(i, state.validators().get(i))));
                }
              }
              return new StateAnswer<>(found, false, false);
            });
  }

  private static Validator validator(int index, PlainValidator plain) {
    return new Validator(
        new ValidatorIndex(index),
        BlsPublicKey.fromHex(plain.publicKey()),
        WithdrawalCredentials.of(Root.fromHex(plain.credentials())),
        Gwei.parseDecimal(plain.balance().toString()),
        Gwei.parseDecimal(plain.effectiveBalance().toString()),
        plain.slashed(),
        new Validator.Life(
            Epoch.parseDecimal(plain.activationEligibilityEpoch().toString()),
            Epoch.parseDecimal(plain.activationEpoch().toString()),
            Epoch.parseDecimal(plain.exitEpoch().toString()),
            Epoch.parseDecimal(plain.withdrawableEpoch().toString())));
  }

  @Override
  public Optional<StateAnswer<List<ValidatorIndex>>> syncCommittee(StateId id) {
    if (pruned || hidesTheCommittee || !(id instanceof StateId.ByRoot(Root root))) {
      return Optional.empty();
    }
    RecordedState state = CHAIN.states().withRoot(root).orElseThrow();
    return Optional.of(
        new StateAnswer<>(
            SyncSeats.of(SCHEMAS, state.fork(), state.ssz()).stream()
                .map(ValidatorIndex::new)
                .toList(),
            false,
            false));
  }

  @Override
  public PendingPartials pendingPartialWithdrawals(StateId id) {
    Optional<PlainState> state = plain(id);
    if (state.isEmpty() || !state.get().fork().isAtLeast(ForkName.ELECTRA)) {
      return new PendingPartials.Unavailable("the recording does not have it");
    }
    return new PendingPartials.Listed(
        state.get().pendingPartials().stream()
            .map(
                partial ->
                    new PendingPartials.Entry(
                        new ValidatorIndex(partial.validator()),
                        Gwei.parseDecimal(partial.amount().toString()),
                        Epoch.parseDecimal(partial.withdrawableEpoch().toString())))
            .toList(),
        false);
  }

  @Override
  public Optional<StateAnswer<StateBytes>> state(StateId id) {
    throw new AssertionError("a whole state must never be asked for");
  }
}
