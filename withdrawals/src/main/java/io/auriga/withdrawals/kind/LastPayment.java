package io.auriga.withdrawals.kind;

import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Row;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.withdrawals.KindEvidence;
import io.auriga.withdrawals.WithdrawalKind;
import io.auriga.withdrawals.kind.BasisRules.Left;
import java.util.List;
import java.util.Optional;

/**
 * The last payment before one that left a known balance.
 *
 * @param requested what was paid on request since, in Gwei
 */
record LastPayment(Left left, Optional<Paid> payment, long requested) {
  /** Between two payments of the sweep there are as many others as were requested. */
  private static final int BACK_MAX = 32;

  static final LastPayment NONE = new LastPayment(Left.UNKNOWN, Optional.empty(), 0);

  /** A payment of the ledger. */
  record Paid(long index, long block, long gwei, Slot slot, KindEvidence evidence) {
    private static Paid of(Row row) {
      long index = row.number("withdrawal_index");
      return new Paid(
          index,
          row.number("block_id"),
          row.number("amount_gwei"),
          new Slot(row.number("slot")),
          KindEvidence.at(
              row.findBytes("evidence"), Math.toIntExact(index - row.number("first_index"))));
    }
  }

  /**
   * @param firstBlock the block from which on deposits are kept: nothing is known from before
   */
  static LastPayment before(Read read, SweptPayment payment, ChainSpec spec, long firstBlock) {
    List<Paid> back =
        read.query(
            """
            SELECT e.withdrawal_index, e.block_id, e.amount_gwei, b.slot, b.first_index, k.evidence
            FROM withdrawals_entry e CROSS JOIN withdrawals_block b
              LEFT JOIN withdrawals_kind k ON k.block_id = b.block_id
            WHERE e.validator_index = ? AND e.withdrawal_index < ? AND b.block_id = e.block_id
              AND b.canonical = 1
            ORDER BY e.withdrawal_index DESC LIMIT ?
            """,
            Paid::of,
            payment.withdrawal().validatorIndex().value(),
            payment.withdrawal().index().value(),
            BACK_MAX);
    long requested = 0;
    for (Paid one : back) {
      if (one.block() < firstBlock) {
        return NONE;
      }
      KindEvidence evidence = evidence(payment, one);
      if (evidence.kind() != WithdrawalKind.REQUESTED_PARTIAL) {
        Left left = left(read, payment, one.slot(), evidence, spec);
        return left == Left.UNKNOWN ? NONE : new LastPayment(left, Optional.of(one), requested);
      }
      requested += one.gwei();
    }
    return NONE;
  }

  /** Another payment of the same block is not kept yet. */
  private static KindEvidence evidence(SweptPayment payment, Paid one) {
    if (one.block() != payment.work().id()) {
      return one.evidence();
    }
    long first = payment.work().withdrawals().getFirst().index().value();
    return payment.judgement().evidence().get(Math.toIntExact(one.index() - first));
  }

  private static Left left(
      Read read, SweptPayment payment, Slot paid, KindEvidence evidence, ChainSpec spec) {
    KnownValidator validator = payment.validator();
    if (validator.withdrawable().compareTo(spec.epochOf(paid)) <= 0) {
      return Left.NOTHING;
    }
    boolean wasOrdinary =
        !validator.isCompounding()
            || evidence == KindEvidence.CREDENTIALS
            || evidence == KindEvidence.NOT_WITHDRAWABLE;
    if (wasOrdinary) {
      return Left.ACTIVATION;
    }
    boolean mayHaveSwitchedSince =
        payment.isAsked(
            read, "r.public_key = ? AND r.target_key = r.public_key AND b.slot >= ?", paid);
    return evidence.kind() == WithdrawalKind.SWEEP_EXCESS && !mayHaveSwitchedSince
        ? Left.MOST
        : Left.UNKNOWN;
  }
}
