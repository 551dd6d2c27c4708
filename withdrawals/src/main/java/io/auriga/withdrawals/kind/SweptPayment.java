package io.auriga.withdrawals.kind;

import io.auriga.clients.consensus.PendingDeposits;
import io.auriga.runtime.store.Read;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.KindEvidence;
import io.auriga.withdrawals.WithdrawalKind;
import io.auriga.withdrawals.kind.KindWork.Judgement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A payment by the sweep, full or of an excess, to a validator that a state told of. */
record SweptPayment(Judgement judgement, int place, KnownValidator validator) {
  static List<SweptPayment> of(Judgement judgement) {
    List<SweptPayment> payments = new ArrayList<>();
    for (int place = 0; place < judgement.evidence().size(); place++) {
      WithdrawalKind kind = judgement.evidence().get(place).kind();
      @Nullable KnownValidator validator =
          judgement.validators().get(judgement.work().withdrawals().get(place).validatorIndex());
      if (validator != null
          && (kind == WithdrawalKind.FULL || kind == WithdrawalKind.SWEEP_EXCESS)) {
        payments.add(new SweptPayment(judgement, place, validator));
      }
    }
    return payments;
  }

  KindWork work() {
    return judgement.work();
  }

  Slot slot() {
    return work().slot();
  }

  Withdrawal withdrawal() {
    return work().withdrawals().get(place);
  }

  long gwei() {
    return withdrawal().amount().value();
  }

  KindEvidence evidence() {
    return judgement.evidence().get(place);
  }

  boolean isFull() {
    return evidence().kind() == WithdrawalKind.FULL;
  }

  BlsPublicKey key() {
    return validator.publicKey();
  }

  Optional<PendingDeposits.Listed> queue() {
    return judgement.queue();
  }

  /** Whether it had compounding credentials when it was paid. */
  boolean isCompounding() {
    return validator.isCompounding() && evidence() != KindEvidence.CREDENTIALS;
  }

  /** Whether a canonical block carries such a request to consolidate; asks for a key and a slot. */
  boolean isAsked(Read read, String which, Slot slot) {
    return read.first(
            """
            SELECT r.block_id FROM withdrawals_request r CROSS JOIN withdrawals_block b
            WHERE r.request_type = 2 AND b.block_id = r.block_id AND b.canonical = 1 AND
            """
                + " "
                + which,
            row -> row.number("block_id"),
            (Object) key().toBytes(),
            slot.value())
        .isPresent();
  }
}
