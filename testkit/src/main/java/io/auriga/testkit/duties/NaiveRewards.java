package io.auriga.testkit.duties;

import io.auriga.crypto.ssz.BeaconStateView;
import io.auriga.crypto.ssz.SszView;
import io.auriga.types.ChainSpec;
import io.auriga.types.ForkName;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the attestations of an epoch bring, one validator after the other as the specification says
 * it ({@code process_justification_and_finalization}, {@code process_inactivity_updates}, {@code
 * get_flag_index_deltas}, {@code get_inactivity_penalty_deltas}, altair and later), out of a state
 * of the epoch behind it in which all of its blocks were processed, and its end was not.
 *
 * <p>It knows nothing of blocks: participation is what another client wrote into the state.
 */
public final class NaiveRewards {
  private static final int SOURCE = 0;
  private static final int TARGET = 1;
  private static final int HEAD = 2;
  private static final long[] WEIGHTS = {14, 26, 14};
  private static final long WEIGHT_DENOMINATOR = 64;
  private static final long SYNC_REWARD_WEIGHT = 2;
  private static final long PROPOSER_WEIGHT = 8;

  /** Of one validator, or ideal; Gwei. */
  public record Parts(long head, long target, long source, long inactivity) {
    public long total() {
      return head + target + source + inactivity;
    }
  }

  private final ChainSpec spec;
  private final BeaconStateView state;
  private final long current;
  private final long previous;
  private final long increment;
  private final boolean leaks;

  public NaiveRewards(ChainSpec spec, BeaconStateView state) {
    this.spec = spec;
    this.state = state;
    this.current = spec.epochOf(state.slot()).value();
    this.previous = Math.max(0, current - 1);
    this.increment = spec.number("EFFECTIVE_BALANCE_INCREMENT");
    this.leaks = previous - finalizedEpoch() > spec.number("MIN_EPOCHS_TO_INACTIVITY_PENALTY");
  }

  /** The epoch of the attestations. */
  public long epoch() {
    return previous;
  }

  public boolean isLeaking() {
    return leaks;
  }

  private boolean isActive(int validator, long epoch) {
    return Long.compareUnsigned(state.activationEpoch(validator), epoch) <= 0
        && Long.compareUnsigned(epoch, state.exitEpoch(validator)) < 0;
  }

  public boolean isEligible(int validator) {
    return isActive(validator, previous)
        || (state.isSlashed(validator)
            && Long.compareUnsigned(previous + 1, state.withdrawableEpoch(validator)) < 0);
  }

  private boolean participates(int validator, int flag, String field, long epoch) {
    int flags = state.fields().field(field).toBytes()[validator];
    return isActive(validator, epoch) && !state.isSlashed(validator) && (flags >> flag & 1) == 1;
  }

  private boolean participated(int validator, int flag) {
    return participates(validator, flag, "previous_epoch_participation", previous);
  }

  private long balanceOf(java.util.function.IntPredicate isMeant) {
    long sum = 0;
    for (int i = 0; i < state.validatorCount(); i++) {
      sum += isMeant.test(i) ? state.effectiveBalance(i) : 0;
    }
    return Math.max(increment, sum);
  }

  private long totalActive() {
    return balanceOf(i -> isActive(i, current));
  }

  private long finalizedEpoch() {
    long before = epochOf("finalized_checkpoint");
    if (current <= 1) {
      return before;
    }
    long oldPrevious = epochOf("previous_justified_checkpoint");
    long oldCurrent = epochOf("current_justified_checkpoint");
    int bits = (state.fields().field("justification_bits").toBytes()[0] << 1) & 0xf;
    long total = totalActive();
    if (3 * balanceOf(i -> participated(i, TARGET)) >= 2 * total) {
      bits |= 2;
    }
    if (3 * balanceOf(i -> participates(i, TARGET, "current_epoch_participation", current))
        >= 2 * total) {
      bits |= 1;
    }
    long finalized = before;
    if ((bits & 0b1110) == 0b1110 && oldPrevious + 3 == current) {
      finalized = oldPrevious;
    }
    if ((bits & 0b0110) == 0b0110 && oldPrevious + 2 == current) {
      finalized = oldPrevious;
    }
    if ((bits & 0b0111) == 0b0111 && oldCurrent + 2 == current) {
      finalized = oldCurrent;
    }
    if ((bits & 0b0011) == 0b0011 && oldCurrent + 1 == current) {
      finalized = oldCurrent;
    }
    return finalized;
  }

  private long epochOf(String checkpoint) {
    return state.fields().field(checkpoint).uint64("epoch");
  }

  private long baseRewardPerIncrement() {
    long root = BigInteger.valueOf(totalActive()).sqrt().longValueExact();
    return increment * spec.number("BASE_REWARD_FACTOR") / root;
  }

  private long reward(long effectiveBalance, int flag) {
    if (leaks) {
      return 0;
    }
    long base = effectiveBalance / increment * baseRewardPerIncrement();
    long participating = balanceOf(i -> participated(i, flag)) / increment;
    return base * WEIGHTS[flag] * participating / (totalActive() / increment * WEIGHT_DENOMINATOR);
  }

  private long part(int validator, int flag) {
    long balance = state.effectiveBalance(validator);
    if (participated(validator, flag)) {
      return reward(balance, flag);
    }
    long base = balance / increment * baseRewardPerIncrement();
    return flag == HEAD ? 0 : -(base * WEIGHTS[flag] / WEIGHT_DENOMINATOR);
  }

  private long inactivity(int validator) {
    if (participated(validator, TARGET)) {
      return 0;
    }
    SszView scores = state.fields().field("inactivity_scores");
    long score = scores.uint64At(validator) + spec.number("INACTIVITY_SCORE_BIAS");
    if (!leaks) {
      score -= Math.min(spec.number("INACTIVITY_SCORE_RECOVERY_RATE"), score);
    }
    long divisor =
        spec.number("INACTIVITY_SCORE_BIAS") * spec.number("INACTIVITY_PENALTY_QUOTIENT_BELLATRIX");
    return -(state.effectiveBalance(validator) * score / divisor);
  }

  /** What came of one validator; all 0 for one that is not eligible. */
  public Parts of(int validator) {
    return isEligible(validator)
        ? new Parts(
            part(validator, HEAD),
            part(validator, TARGET),
            part(validator, SOURCE),
            inactivity(validator))
        : new Parts(0, 0, 0, 0);
  }

  /** What a perfect attestation brings, by each effective balance that there is. */
  public Map<Long, Parts> ideal() {
    Map<Long, Parts> ideal = new TreeMap<>();
    for (int i = 0; i < state.validatorCount(); i++) {
      ideal.computeIfAbsent(
          state.effectiveBalance(i),
          balance ->
              new Parts(
                  reward(balance, HEAD), reward(balance, TARGET), reward(balance, SOURCE), 0));
    }
    return ideal;
  }

  /**
   * What a seat of the sync committee earns or loses with a block ({@code process_sync_aggregate}).
   */
  public long participantReward() {
    long total = baseRewardPerIncrement() * (totalActive() / increment);
    return total
        * SYNC_REWARD_WEIGHT
        / WEIGHT_DENOMINATOR
        / spec.slotsPerEpoch()
        / spec.number("SYNC_COMMITTEE_SIZE");
  }

  /** What each signature of the sync committee brings the proposer. */
  public long proposerRewardOfSignature() {
    return participantReward() * PROPOSER_WEIGHT / (WEIGHT_DENOMINATOR - PROPOSER_WEIGHT);
  }

  /** What slashing a validator of an effective balance brings ({@code slash_validator}). */
  public long whistleblowerReward(long effectiveBalance) {
    return effectiveBalance
        / spec.number(
            state.fork().isAtLeast(ForkName.ELECTRA)
                ? "WHISTLEBLOWER_REWARD_QUOTIENT_ELECTRA"
                : "WHISTLEBLOWER_REWARD_QUOTIENT");
  }
}
