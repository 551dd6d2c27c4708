package io.auriga.withdrawals.expected;

import io.auriga.clients.consensus.Validator;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import java.math.BigInteger;
import java.util.Collection;

/** What a seat in the sync committee gains by a vote in a block, or loses without it. */
final class SyncReward {
  /** {@code SYNC_REWARD_WEIGHT} and {@code WEIGHT_DENOMINATOR}, constants of Altair. */
  private static final long WEIGHT = 2;

  private static final long WEIGHTS = 64;

  private SyncReward() {}

  /**
   * {@code participant_reward} of {@code process_sync_aggregate}, Altair, in Gwei.
   *
   * @param all validators of the state
   */
  static long of(ChainSpec spec, Collection<Validator> all, Epoch epoch) {
    long increment = spec.number("EFFECTIVE_BALANCE_INCREMENT");
    long active =
        all.stream()
            .filter(validator -> validator.life().isActive(epoch))
            .mapToLong(validator -> validator.effectiveBalance().value())
            .sum();
    long total = Math.max(active, increment);
    long perIncrement =
        increment
            * spec.number("BASE_REWARD_FACTOR")
            / BigInteger.valueOf(total).sqrt().longValueExact();
    long perSlot = perIncrement * (total / increment) * WEIGHT / WEIGHTS / spec.slotsPerEpoch();
    return perSlot / spec.number("SYNC_COMMITTEE_SIZE");
  }
}
