package io.auriga.withdrawals.kind;

import io.auriga.types.ChainSpec;
import io.auriga.withdrawals.kind.Basis.Doubt;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells of one payment by the sweep how much had been put in, from what the payment before it left
 * and what is known to have happened since.
 *
 * <p>A sweep's excess leaves exactly the most that the validator may keep, a full withdrawal leaves
 * nothing. From there on the balance moves by income, by deposits once they are credited, by what
 * was requested and by consolidations, and by nothing else. So what was earned in between is known
 * exactly once the deposits are.
 *
 * <p>What is not exact is agreed upon, so that principal and requested payments together are what
 * was put in, and income is what was earned: deposits first fill what a validator may keep more
 * than before; a requested payment takes from deposits beyond the activation balance before it
 * takes from income; a loss is borne by the income first.
 */
final class BasisRules {
  /** A validator that was emptied has less than this for an effective balance, in increments. */
  private static final long EMPTIED_INCREMENTS_MAX = 2;

  private final long activation;
  private final long depositMin;
  private final long increment;

  BasisRules(ChainSpec spec) {
    this.activation = spec.number("MIN_ACTIVATION_BALANCE");
    this.depositMin = spec.number("MIN_DEPOSIT_AMOUNT");
    this.increment = spec.number("EFFECTIVE_BALANCE_INCREMENT");
  }

  /** What the payment before left of the validator's balance. */
  enum Left {
    /** It is not known, or there is none in the ledger. */
    UNKNOWN,
    NOTHING,
    /** The activation balance, which is principal to the last Gwei: that much had to be put in. */
    ACTIVATION,
    /** The most of a compounding validator, which is deposits and income mixed. */
    MOST
  }

  /**
   * What happened since the payment before, or since the ledger began.
   *
   * @param least what was credited of deposits for certain
   * @param most what may have been
   * @param requested what was paid on request
   */
  record Since(Left left, long least, long most, long requested) {}

  /**
   * What is known of a payment.
   *
   * @param room how much more the validator may keep than the payment before left
   * @param effective the effective balance in the state of the block, if it was served
   * @param sinceElectra whether deposits wait in a queue, and validators can be consolidated
   * @param queueKnown whether no deposit from before the ledger can have been credited since
   * @param mayHoldOthers whether another validator may have been consolidated into this one
   * @param mayBeMoved whether somebody asked for it to be consolidated into another one
   */
  record Facts(
      long amount,
      long room,
      Since since,
      OptionalLong effective,
      boolean sinceElectra,
      boolean queueKnown,
      boolean mayHoldOthers,
      boolean mayBeMoved) {}

  /** Of a sweep's excess. */
  Basis excess(Facts facts) {
    Since since = facts.since();
    return switch (since.left()) {
      case UNKNOWN, NOTHING -> Basis.unknown(facts.amount(), Doubt.HISTORY);
      case ACTIVATION, MOST ->
          settle(
              facts,
              since.least() - since.requested() - facts.room(),
              since.most() - since.requested() - facts.room());
    };
  }

  /** Of a full withdrawal. */
  Basis full(Facts facts) {
    Since since = facts.since();
    if (since.left() == Left.NOTHING) {
      return settle(facts, since.least(), since.most());
    }
    boolean certain = since.left() != Left.UNKNOWN && !facts.sinceElectra();
    if (!certain && !isIntact(facts)) {
      return Basis.unknown(
          facts.amount(), facts.effective().isPresent() ? Doubt.CONSOLIDATION : Doubt.STATE);
    }
    long base = Math.min(activation, facts.amount());
    return switch (since.left()) {
      case ACTIVATION ->
          settle(
              facts,
              activation + Math.max(0, since.least() - since.requested()),
              activation + Math.max(0, since.most() - since.requested()));
      case MOST -> partly(facts, base, Doubt.COMPOUNDED);
      case UNKNOWN, NOTHING -> partly(facts, base, Doubt.HISTORY);
    };
  }

  /**
   * Whether its balance is neither in another validator nor was paid out before: what is left of
   * such a one after deposits is less than a few ether.
   */
  private boolean isIntact(Facts facts) {
    return !facts.mayBeMoved()
        && facts.effective().isPresent()
        && facts.effective().getAsLong() - facts.since().most()
            > EMPTIED_INCREMENTS_MAX * increment;
  }

  private Basis settle(Facts facts, long least, long most) {
    long low = Math.clamp(least, 0, facts.amount());
    long high = Math.clamp(most, low, facts.amount());
    if (facts.mayHoldOthers()) {
      return partly(facts, low, Doubt.CONSOLIDATION);
    }
    boolean mayHoldADeposit = facts.amount() - high >= depositMin;
    if (facts.sinceElectra() && !facts.queueKnown() && mayHoldADeposit) {
      return partly(facts, low, Doubt.HISTORY);
    }
    return high == low
        ? new Basis(low, 0, Optional.empty())
        : new Basis(low, high - low, Optional.of(Doubt.DEPOSIT_QUEUE));
  }

  /** So much is certain, and of the rest nothing. */
  private static Basis partly(Facts facts, long certain, Doubt doubt) {
    long rest = facts.amount() - certain;
    return new Basis(certain, rest, rest == 0 ? Optional.empty() : Optional.of(doubt));
  }
}
