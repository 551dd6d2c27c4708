package io.auriga.withdrawals.exit;

import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.ForkName;
import io.auriga.types.SpecError;

/**
 * The numbers of one network and fork that decide when a validator is out (protocol.md A.3; {@code
 * compute_exit_epoch_and_update_churn} since Electra, {@code initiate_validator_exit} before).
 *
 * <p>What an epoch lets out is counted in validators up to Deneb, and in Gwei of effective balance
 * since Electra; the rest is the same.
 *
 * @param byBalance whether it is counted in Gwei
 * @param lookahead {@code MAX_SEED_LOOKAHEAD}: nobody is out sooner
 * @param withdrawableDelay {@code MIN_VALIDATOR_WITHDRAWABILITY_DELAY}, in epochs after the exit
 * @param committeePeriod {@code SHARD_COMMITTEE_PERIOD}: how many epochs a validator must serve
 * @param churnMin what an epoch lets out at least, however few there are
 * @param churnMax and at most, however many there are
 * @param churnQuotient the share of all that are active, otherwise
 * @param churnStep what it is rounded down to
 */
public record ExitRules(
    boolean byBalance,
    long lookahead,
    long withdrawableDelay,
    long committeePeriod,
    long churnMin,
    long churnMax,
    long churnQuotient,
    long churnStep) {
  public ExitRules {
    if (churnMin < 1 || churnMax < 1 || churnQuotient < 1 || churnStep < 1) {
      throw new IllegalArgumentException("every limit of the exit queue must be positive");
    }
  }

  /**
   * The rules of a fork.
   *
   * @throws AurigaException {@code AUR-SPEC-UNSUPPORTED-FORK}, or {@code AUR-SPEC-BAD-CONFIG} if a
   *     number is missing or cannot be one
   */
  public static ExitRules of(ChainSpec spec, ForkName fork) {
    if (!fork.isSupported()) {
      throw new AurigaException(
          SpecError.UNSUPPORTED_FORK,
          "compute the exits of fork " + fork.lowerName(),
          "only the rules of Capella to Fulu are known");
    }
    boolean byBalance = fork.isAtLeast(ForkName.ELECTRA);
    try {
      return new ExitRules(
          byBalance,
          spec.number("MAX_SEED_LOOKAHEAD"),
          spec.number("MIN_VALIDATOR_WITHDRAWABILITY_DELAY"),
          spec.number("SHARD_COMMITTEE_PERIOD"),
          spec.number(
              byBalance ? "MIN_PER_EPOCH_CHURN_LIMIT_ELECTRA" : "MIN_PER_EPOCH_CHURN_LIMIT"),
          byBalance ? spec.number("MAX_PER_EPOCH_ACTIVATION_EXIT_CHURN_LIMIT") : Long.MAX_VALUE,
          spec.number("CHURN_LIMIT_QUOTIENT"),
          byBalance ? spec.number("EFFECTIVE_BALANCE_INCREMENT") : 1);
    } catch (IllegalArgumentException impossible) {
      throw new AurigaException(
          SpecError.BAD_CONFIG,
          "read the configuration of network " + spec.name(),
          String.valueOf(impossible.getMessage()));
    }
  }

  /**
   * What an epoch lets out: {@code get_activation_exit_churn_limit}, or {@code
   * get_validator_churn_limit} before Electra.
   *
   * @param active all that are active, in Gwei or in validators
   */
  public long churn(long active) {
    long share = Math.max(churnMin, Long.divideUnsigned(active, churnQuotient));
    return Math.min(churnMax, share - share % churnStep);
  }

  /**
   * The first epoch in which one that asks now could be out: {@code compute_activation_exit_epoch}.
   */
  public Epoch first(Epoch now) {
    return after(now, 1 + lookahead);
  }

  /** When all of its balance may be paid, if it is out in {@code exit} and was not slashed. */
  public Epoch withdrawable(Epoch exit) {
    return after(exit, withdrawableDelay);
  }

  /** The first epoch in which it may ask to leave. */
  public Epoch mayLeave(Epoch activation) {
    return after(activation, committeePeriod);
  }

  /** What a validator takes of the room for those who leave. */
  public long weight(long effectiveBalance) {
    return byBalance ? effectiveBalance : 1;
  }

  /** So many epochs later, or never. */
  static Epoch after(Epoch epoch, long epochs) {
    long sum = epoch.value() + epochs;
    return Long.compareUnsigned(sum, epoch.value()) < 0 ? Epoch.FAR_FUTURE : new Epoch(sum);
  }
}
