package io.auriga.testkit.duties;

import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import java.util.Arrays;

/**
 * What a simulated network is like. Shares are from 0 to 1.
 *
 * @param churn of all validators, who come or go within the first epochs
 * @param missedSlots of all slots, those without a block
 * @param reorgs of all blocks, those that build on an older one
 * @param reorgDepth the most blocks that such a block orphans
 * @param missing of all votes, those that nobody sees
 * @param odd of all votes, those that are late, and as many for another head or another target
 */
public record DutyPlan(
    ChainSpec spec,
    int validators,
    double churn,
    double missedSlots,
    double reorgs,
    int reorgDepth,
    double missing,
    double odd,
    long seed) {

  /** As on a bad day of a small network: everything happens often. */
  public static DutyPlan unruly(ChainSpec spec, int validators, long seed) {
    return new DutyPlan(spec, validators, 0.2, 0.15, 0.12, 3, 0.1, 0.08, seed);
  }

  /** As on a usual day of mainnet. */
  public static DutyPlan mainnetShaped(ChainSpec spec, int validators, long seed) {
    return new DutyPlan(spec, validators, 0.01, 0.01, 0.01, 2, 0.02, 0.002, seed);
  }

  /** The same with other reorgs. */
  public DutyPlan withReorgs(double share, int depth) {
    return new DutyPlan(spec, validators, churn, missedSlots, share, depth, missing, odd, seed);
  }

  /** When a validator begins: 0 for nearly all. */
  Epoch activation(int validator) {
    int chance = chance(validator, 1);
    return new Epoch(chance < churn / 2 * 1000 ? 1 + chance % 7 : 0);
  }

  /** When a validator leaves: never for nearly all. */
  Epoch exit(int validator) {
    int chance = chance(validator, 2);
    return chance < churn / 2 * 1000 ? new Epoch(8 + chance % 7) : Epoch.FAR_FUTURE;
  }

  private int chance(int validator, int what) {
    long mixed = (seed * 31 + validator) * 0x9e3779b97f4a7c15L + what * 0xd1b54a32d192ed03L;
    mixed ^= mixed >>> 29;
    mixed *= 0xbf58476d1ce4e5b9L;
    return (int) ((mixed >>> 33) % 1000);
  }

  /** Who is active in an epoch, ascending. */
  public int[] active(Epoch epoch) {
    int[] active = new int[validators];
    int count = 0;
    for (int i = 0; i < validators; i++) {
      if (activation(i).compareTo(epoch) <= 0 && epoch.compareTo(exit(i)) < 0) {
        active[count++] = i;
      }
    }
    return Arrays.copyOf(active, count);
  }
}
