package io.auriga.withdrawals.kind;

import io.auriga.clients.consensus.PendingDeposits;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.KindEvidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A block whose withdrawals are to be judged.
 *
 * @param id the row of the block
 * @param stateRoot of the state that the block left; empty for a block that was kept without it
 * @param cursor where the sweep began, if the block before was full
 * @param switchedHere who asked for compounding credentials in this block
 */
record KindWork(
    long id,
    Slot slot,
    ForkName fork,
    Optional<Root> stateRoot,
    boolean isFinal,
    List<Withdrawal> withdrawals,
    OptionalLong cursor,
    Set<BlsPublicKey> switchedHere) {

  /**
   * What was found out of a block.
   *
   * @param queue the chain's queue of deposits after the block, if it was asked for and served
   */
  record Judgement(
      KindWork work,
      List<KindEvidence> evidence,
      Map<ValidatorIndex, KnownValidator> validators,
      Optional<PendingDeposits.Listed> queue) {
    Judgement(
        KindWork work,
        List<KindEvidence> evidence,
        Map<ValidatorIndex, KnownValidator> validators) {
      this(work, evidence, validators, Optional.empty());
    }

    /** Whether a later look could tell more. */
    boolean isSettled() {
      return work.isFinal()
          || evidence.stream().noneMatch(one -> one == KindEvidence.AWAITING_FINALITY);
    }
  }
}
