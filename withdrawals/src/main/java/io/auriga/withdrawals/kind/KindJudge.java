package io.auriga.withdrawals.kind;

import io.auriga.chain.BlockRef;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingDeposits;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.withdrawals.KindEvidence;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.kind.KindWork.Judgement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gets to know what {@link KindRules} need. Of a block that is not final, a node is asked for the
 * validators it paid, in the state it left. Of blocks that are final, one question about the last
 * final state does for many; only what that leaves open is asked block by block.
 */
final class KindJudge {
  private final KindStore store;
  private final WithdrawalQueries ledger;
  private final BeaconStates states;
  private final ChainSpec spec;
  private final KindRules rules;

  // Of the worker's thread: once an epoch is enough.
  private @Nullable Epoch lastAskedSinceWhen;

  KindJudge(KindStore store, WithdrawalQueries ledger, BeaconStates states, ChainSpec spec) {
    this.store = store;
    this.ledger = ledger;
    this.states = states;
    this.spec = spec;
    this.rules = new KindRules(spec);
  }

  /**
   * Judges these blocks.
   *
   * @throws NodeException if no node gave a usable answer; nothing is known then
   */
  List<Judgement> judge(List<KindWork> works) {
    List<KindWork> settled = works.stream().filter(KindWork::isFinal).toList();
    Optional<Map<ValidatorIndex, Validator>> last =
        settled.isEmpty() ? Optional.empty() : lastFinal(settled);
    return works.stream()
        .map(work -> work.isFinal() ? judgeFinal(work, last) : judgeOwn(work, Map.of()))
        .toList();
  }

  private Judgement judgeFinal(KindWork work, Optional<Map<ValidatorIndex, Validator>> last) {
    if (last.isEmpty()) {
      return judgeOwn(work, Map.of());
    }
    Map<ValidatorIndex, KnownValidator> known = known(work, last.get(), KnownValidator::later);
    Judgement judgement = judgement(work, known, true);
    boolean open =
        judgement.evidence().stream().anyMatch(one -> one == KindEvidence.STATE_NOT_SERVED);
    return open || isBetterToldByItsOwn(judgement) ? judgeOwn(work, known) : judgement;
  }

  /** What was put in shows in credentials and effective balances, which change later. */
  private static boolean isBetterToldByItsOwn(Judgement judgement) {
    return SweptPayment.of(judgement).stream()
        .anyMatch(payment -> payment.isFull() || payment.isCompounding());
  }

  /** By the state that the block left, or by what is known anyway where none is served. */
  private Judgement judgeOwn(KindWork work, Map<ValidatorIndex, KnownValidator> otherwise) {
    Optional<Map<ValidatorIndex, Validator>> own =
        work.stateRoot().flatMap(root -> read(StateId.of(root), validators(List.of(work))));
    Map<ValidatorIndex, KnownValidator> known =
        own.map(state -> known(work, state, KnownValidator::inItsState)).orElse(otherwise);
    Judgement judgement = judgement(work, known, own.isPresent() || !otherwise.isEmpty());
    if (own.isPresent()) {
      return withQueue(judgement);
    }
    return work.isFinal() ? judgement : awaitingFinality(judgement);
  }

  /** Asks for the chain's queue of deposits where it decides something, which is seldom. */
  private Judgement withQueue(Judgement judgement) {
    KindWork work = judgement.work();
    Epoch epoch = spec.epochOf(work.slot());
    if (!work.fork().isAtLeast(ForkName.ELECTRA)
        || !store.wantsQueue(judgement, !epoch.equals(lastAskedSinceWhen))) {
      return judgement;
    }
    lastAskedSinceWhen = epoch;
    try {
      return switch (states.pendingDeposits(StateId.of(work.stateRoot().orElseThrow()))) {
        case PendingDeposits.Listed queue ->
            new Judgement(work, judgement.evidence(), judgement.validators(), Optional.of(queue));
        case PendingDeposits.Unavailable _ -> judgement;
      };
    } catch (NodeException untold) {
      // It may be too long for the limits of an answer. Less is known then, and nothing is wrong.
      return judgement;
    }
  }

  private static Judgement awaitingFinality(Judgement judgement) {
    return new Judgement(
        judgement.work(),
        judgement.evidence().stream()
            .map(one -> one == KindEvidence.STATE_NOT_SERVED ? KindEvidence.AWAITING_FINALITY : one)
            .toList(),
        judgement.validators());
  }

  private Judgement judgement(
      KindWork work, Map<ValidatorIndex, KnownValidator> known, boolean stateServed) {
    List<BlsPublicKey> compounding =
        known.values().stream()
            .filter(KnownValidator::isCompounding)
            .map(KnownValidator::publicKey)
            .toList();
    Epoch epoch = spec.epochOf(work.slot());
    @Nullable Set<BlsPublicKey> requested =
        // Before Electra nobody could ask, and it takes a look at all that is held.
        compounding.isEmpty() || !work.fork().isAtLeast(ForkName.ELECTRA)
            ? Set.of()
            : store.requested(compounding, electraSlot(), work.slot()).orElse(null);
    KindRules.Facts facts =
        new KindRules.Facts(
            work.fork(),
            epoch,
            work.withdrawals(),
            known,
            stateServed,
            work.cursor(),
            work.switchedHere(),
            requested);
    return new Judgement(work, rules.judge(facts), known);
  }

  private Slot electraSlot() {
    Epoch electra = new Epoch(spec.number("ELECTRA_FORK_EPOCH"));
    // The genesis block is in no ledger and carries no request.
    return electra.value() == 0 ? new Slot(1) : spec.startSlotOf(electra);
  }

  /**
   * What a final state at or after all these blocks says. It is named by its root, so that it is
   * the very state that our ledger knows to be final, whatever the node thinks.
   */
  private Optional<Map<ValidatorIndex, Validator>> lastFinal(List<KindWork> works) {
    Optional<BlockRef> block =
        ledger.summary().position().flatMap(position -> position.finalized());
    if (block.isEmpty()) {
      return Optional.empty();
    }
    Set<ValidatorIndex> paid = validators(works);
    return store
        .stateRoot(block.get().root())
        .flatMap(root -> read(StateId.of(root), paid))
        .or(
            () ->
                // Some nodes find old states by slot only.
                states
                    .validators(StateId.of(block.get().slot()), ids(paid))
                    .filter(StateAnswer::finalized)
                    .map(KindJudge::byIndex));
  }

  private Optional<Map<ValidatorIndex, Validator>> read(
      StateId state, Collection<ValidatorIndex> indices) {
    return states.validators(state, ids(indices)).map(KindJudge::byIndex);
  }

  private static List<ValidatorId> ids(Collection<ValidatorIndex> indices) {
    return indices.stream().map(ValidatorId::of).toList();
  }

  private static Map<ValidatorIndex, Validator> byIndex(StateAnswer<List<Validator>> answer) {
    return answer.data().stream().collect(Collectors.toMap(Validator::index, Function.identity()));
  }

  private static Set<ValidatorIndex> validators(List<KindWork> works) {
    return works.stream()
        .flatMap(work -> work.withdrawals().stream())
        .map(withdrawal -> withdrawal.validatorIndex())
        .collect(Collectors.toSet());
  }

  private static Map<ValidatorIndex, KnownValidator> known(
      KindWork work,
      Map<ValidatorIndex, Validator> state,
      Function<Validator, KnownValidator> meaning) {
    Map<ValidatorIndex, KnownValidator> known = new HashMap<>();
    for (ValidatorIndex index : validators(List.of(work))) {
      @Nullable Validator validator = state.get(index);
      if (validator != null) {
        known.put(index, meaning.apply(validator));
      }
    }
    return known;
  }
}
