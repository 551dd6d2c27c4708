package io.auriga.withdrawals.kind;

import io.auriga.runtime.store.Read;
import io.auriga.runtime.store.Transaction;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.Gwei;
import io.auriga.withdrawals.kind.BasisRules.Facts;
import io.auriga.withdrawals.kind.BasisRules.Left;
import io.auriga.withdrawals.kind.BasisRules.Since;
import io.auriga.withdrawals.kind.KeptDeposits.Credited;
import io.auriga.withdrawals.kind.KindWork.Judgement;
import java.util.Optional;
import java.util.OptionalLong;

/** Finds in the ledger what {@link BasisRules} need of a block's payments, and keeps the result. */
final class BasisBook {
  private final ChainSpec spec;
  private final BasisRules rules;
  private final long activation;
  private final long most;
  private final Gwei depositMin;

  BasisBook(ChainSpec spec) {
    this.spec = spec;
    this.rules = new BasisRules(spec);
    this.activation = spec.number("MIN_ACTIVATION_BALANCE");
    this.most = spec.number("MAX_EFFECTIVE_BALANCE_ELECTRA");
    this.depositMin = new Gwei(spec.number("MIN_DEPOSIT_AMOUNT"));
  }

  /**
   * Whether the chain's queue of deposits would tell something about these payments.
   *
   * @param sinceWhen whether it may be asked only to learn from when on the ledger holds all of it
   */
  boolean wantsQueue(Read read, Judgement judgement, boolean sinceWhen) {
    Optional<KeptDeposits> kept = KeptDeposits.read(read, spec);
    return kept.isPresent()
        && SweptPayment.of(judgement).stream()
            .anyMatch(payment -> wantsQueue(read, payment, kept.get(), sinceWhen));
  }

  private boolean wantsQueue(
      Read read, SweptPayment payment, KeptDeposits kept, boolean sinceWhen) {
    boolean large = payment.withdrawal().amount().compareTo(depositMin) >= 0;
    return (sinceWhen && large && !kept.holdsTheQueueOf(payment.slot()))
        || !kept.credited(read, payment.key(), payment.slot()).isExact();
  }

  /** Keeps the basis of each payment that is not income alone. */
  void save(Transaction transaction, Judgement judgement) {
    Optional<KeptDeposits> kept = KeptDeposits.read(transaction, spec);
    if (kept.isEmpty()) {
      return;
    }
    judgement
        .queue()
        .ifPresent(queue -> kept.get().noteQueue(transaction, queue, judgement.work().slot()));
    for (SweptPayment payment : SweptPayment.of(judgement)) {
      save(transaction, payment, kept.get());
    }
  }

  private void save(Transaction transaction, SweptPayment payment, KeptDeposits kept) {
    Credited bounds = kept.credited(transaction, payment.key(), payment.slot());
    Credited credited =
        payment
            .queue()
            .map(queue -> kept.credited(transaction, payment.key(), payment.slot(), queue))
            .orElse(bounds);
    Basis basis = basis(transaction, payment, kept, credited);
    // Where there are deposits, the next payment has to know what was found at this one.
    if (payment.isFull() || !basis.isIncomeAlone() || bounds.most() > 0) {
      save(transaction, payment, basis, credited);
    }
  }

  private static void save(
      Transaction transaction, SweptPayment payment, Basis basis, Credited credited) {
    int _ =
        transaction.update(
            """
            INSERT INTO withdrawals_basis (withdrawal_index, block_id, principal_gwei,
              unknown_gwei, doubt, credited_least, credited_most)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (withdrawal_index, block_id) DO UPDATE SET
              principal_gwei = excluded.principal_gwei, unknown_gwei = excluded.unknown_gwei,
              doubt = excluded.doubt, credited_least = excluded.credited_least,
              credited_most = excluded.credited_most
            """,
            payment.withdrawal().index().value(),
            payment.work().id(),
            basis.principal(),
            basis.unknown(),
            basis.doubt().map(Basis.Doubt::text).orElse(null),
            credited.least(),
            credited.most());
  }

  private Basis basis(Read read, SweptPayment payment, KeptDeposits kept, Credited credited) {
    Optional<Gwei> effective = payment.validator().effectiveBalance();
    if (effective.isEmpty() && payment.isCompounding()) {
      // Only a later state was served: it may have had other credentials then.
      return Basis.unknown(payment.gwei(), Basis.Doubt.STATE);
    }
    LastPayment last =
        kept.complete()
            ? LastPayment.before(read, payment, spec, kept.firstBlock())
            : LastPayment.NONE;
    boolean sinceElectra = payment.work().fork().isAtLeast(ForkName.ELECTRA);
    long keeps = payment.isCompounding() ? most : activation;
    Facts facts =
        new Facts(
            payment.gwei(),
            last.left() == Left.ACTIVATION ? keeps - activation : 0,
            since(last, credited, creditedAt(read, payment, last, kept, credited)),
            effective.isPresent() ? OptionalLong.of(effective.get().value()) : OptionalLong.empty(),
            sinceElectra,
            !sinceElectra
                || last.payment().filter(paid -> kept.holdsTheQueueOf(paid.slot())).isPresent(),
            payment.isCompounding() && isAskedToTakeIn(read, payment),
            // Only of what leaves whole it matters.
            payment.isFull()
                && payment.isAsked(
                    read,
                    "r.public_key = ? AND r.target_key <> r.public_key AND b.slot < ?",
                    payment.slot()));
    return payment.isFull() ? rules.full(facts) : rules.excess(facts);
  }

  private static Since since(LastPayment last, Credited now, Credited then) {
    return new Since(
        last.left(),
        Math.max(0, now.least() - then.most()),
        Math.max(0, now.most() - then.least()),
        last.requested());
  }

  /** As it was found when the payment before was judged, which may have been more exact. */
  private static Credited creditedAt(
      Read read, SweptPayment payment, LastPayment last, KeptDeposits kept, Credited now) {
    if (now.most() == 0 || last.payment().isEmpty()) {
      return Credited.NONE;
    }
    LastPayment.Paid paid = last.payment().get();
    return read.first(
            """
            SELECT credited_least, credited_most FROM withdrawals_basis
            WHERE withdrawal_index = ? AND block_id = ?
            """,
            row -> new Credited(row.number("credited_least"), row.number("credited_most")),
            paid.index(),
            paid.block())
        .orElseGet(() -> kept.credited(read, payment.key(), paid.slot()));
  }

  /** Whether another validator may have been consolidated into this one before the payment. */
  private boolean isAskedToTakeIn(Read read, SweptPayment payment) {
    long delay =
        1 + spec.number("MAX_SEED_LOOKAHEAD") + spec.number("MIN_VALIDATOR_WITHDRAWABILITY_DELAY");
    long epoch = spec.epochOf(payment.slot()).value() - delay;
    return epoch >= 0
        && payment.isAsked(
            read,
            "r.target_key = ? AND r.public_key <> r.target_key AND b.slot < ?",
            spec.startSlotOf(new Epoch(epoch + 1)));
  }
}
