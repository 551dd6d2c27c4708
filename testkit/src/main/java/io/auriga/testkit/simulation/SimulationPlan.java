package io.auriga.testkit.simulation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What happens on a simulated chain, apart from the details that its seed decides.
 *
 * @param slots how many slots there are
 * @param forks the epochs of Deneb, Electra and Fulu; Capella is there from the beginning
 * @param missedShare how many slots have no block, of 1
 * @param emptyShare how many blocks have no withdrawals, of 1
 */
public record SimulationPlan(
    long seed,
    int slots,
    ForkEpochs forks,
    double missedShare,
    double emptyShare,
    Reorgs reorgs,
    Stall stall) {
  /** The deepest reorg, in slots, that the product promises to follow. */
  public static final int DEPTH_MAX = 64;

  /** When each fork begins. */
  public record ForkEpochs(int deneb, int electra, int fulu) {
    public ForkEpochs {
      if (deneb < 0 || electra < deneb || fulu < electra) {
        throw new IllegalArgumentException(
            "forks out of order: " + deneb + ", " + electra + ", " + fulu);
      }
    }
  }

  /**
   * Changes of mind.
   *
   * @param share how many slots bring one, of 1, where finality allows it
   * @param depthMax in slots; deep ones need a stretch without finality
   * @param pastJustified whether a branch may leave a justified block out, as long as it is not
   *     final; the protocol allows it where votes come late
   */
  public record Reorgs(double share, int depthMax, boolean pastJustified) {
    public static final Reorgs NONE = new Reorgs(0, 0, false);

    public Reorgs {
      if (depthMax < 0 || depthMax > DEPTH_MAX) {
        throw new IllegalArgumentException("reorgs are 0 to " + DEPTH_MAX + " slots deep");
      }
    }

    /** Reorgs that leave justified blocks where they are. */
    public Reorgs(double share, int depthMax) {
      this(share, depthMax, false);
    }
  }

  /**
   * A stretch in which nothing is justified. It ends with the deepest reorg the plan allows.
   *
   * @param epochs its length; 0 for none
   */
  public record Stall(int fromEpoch, int epochs) {
    public static final Stall NONE = new Stall(0, 0);

    boolean covers(long epoch) {
      return epoch >= fromEpoch && epoch < fromEpoch + epochs;
    }
  }

  public SimulationPlan {
    if (slots < 1) {
      throw new IllegalArgumentException("a chain of " + slots + " slots");
    }
  }

  /**
   * A plan with some of everything. Every fourth seed has a long stretch without finality and ends
   * it with a reorg of up to {@link #DEPTH_MAX} slots; in every fifth, justified blocks may be
   * undone.
   */
  public static SimulationPlan ofSeed(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    int deneb = random.nextInt(0, 4);
    int electra = deneb + random.nextInt(0, 4);
    int fulu = electra + random.nextInt(0, 5);
    boolean deep = Math.floorMod(seed, 4) == 3;
    return new SimulationPlan(
        seed,
        deep ? random.nextInt(150, 220) : random.nextInt(60, 120),
        new ForkEpochs(deneb, electra, fulu),
        random.nextDouble(0, 0.3),
        random.nextDouble(0, 0.4),
        new Reorgs(
            random.nextDouble(0.01, 0.12),
            deep ? random.nextInt(16, DEPTH_MAX + 1) : random.nextInt(1, 12),
            Math.floorMod(seed, 5) == 2),
        new Stall(random.nextInt(2, 8), deep ? random.nextInt(9, 12) : random.nextInt(0, 4)));
  }

  public SimulationPlan withSlots(int count) {
    return new SimulationPlan(seed, count, forks, missedShare, emptyShare, reorgs, stall);
  }

  public SimulationPlan withShares(double missed, double empty) {
    return new SimulationPlan(seed, slots, forks, missed, empty, reorgs, stall);
  }

  public SimulationPlan with(Reorgs other) {
    return new SimulationPlan(seed, slots, forks, missedShare, emptyShare, other, stall);
  }

  public SimulationPlan with(Stall other) {
    return new SimulationPlan(seed, slots, forks, missedShare, emptyShare, reorgs, other);
  }

  /** A chain that misses nothing, never changes its mind and finalizes in time. */
  public SimulationPlan withoutTrouble() {
    return withShares(0, 0).with(Reorgs.NONE).with(Stall.NONE);
  }
}
