package io.auriga.validators.rewards;

import io.auriga.chain.BlockRef;
import io.auriga.types.Epoch;
import java.util.Optional;

/**
 * What the watched validators earned in one epoch, as one canonical chain tells it. Immutable.
 *
 * @param asOf a block behind the last that can have the epoch's attestations: on its branch, and on
 *     no other, it is so
 * @param isFinal whether that block is final
 * @param comparison with the duties that were counted
 */
public record EpochRewards(
    Epoch epoch, BlockRef asOf, boolean isFinal, RewardColumns rows, Comparison comparison) {
  /**
   * How the signs of rewards compare with duties that were counted from blocks, each part of each
   * validator by itself.
   *
   * @param explained no flag can be told from the reward: see {@link RewardCheck}
   * @param difference the first one in words
   */
  public record Comparison(
      long equal, long explained, long different, Optional<String> difference) {
    public static final Comparison NONE = new Comparison(0, 0, 0, Optional.empty());
  }

  /** How many validators had a duty. */
  public int count() {
    return rows.count();
  }

  /** Some validators together. */
  public RewardTotals of(int... validators) {
    RewardCounter counter = new RewardCounter();
    counter.add(rows, validators);
    return counter.totals();
  }

  @Override
  public String toString() {
    return "EpochRewards[%s as of %s, %d validators, %s]"
        .formatted(epoch, asOf, count(), comparison);
  }
}
