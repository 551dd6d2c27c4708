package io.auriga.testkit.simulation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * How unfaithful simulated nodes are. Each number is a share of 1.
 *
 * @param failures of calls to either node that fail: no connection, a bad status, no answer in time
 */
public record FaultPlan(double failures, Events events, Beacon beacon, Execution execution) {

  /**
   * Faults of the event stream.
   *
   * @param lost of events that are never delivered
   * @param repeated of events that are delivered twice
   * @param swapped of events that change places with the next
   * @param cut of steps in which the stream breaks and comes back
   */
  public record Events(double lost, double repeated, double swapped, double cut) {
    public static final Events NONE = new Events(0, 0, 0, 0);
  }

  /**
   * Faults of the consensus node.
   *
   * @param missing of blocks and headers that exist and are said not to
   * @param stale of steps in which the node is some slots in the past
   * @param optimistic of steps in which all it says is optimistic
   * @param lies of blocks served with a changed withdrawal, or another block in their place
   */
  public record Beacon(double missing, double stale, double optimistic, double lies) {
    public static final Beacon NONE = new Beacon(0, 0, 0, 0);
  }

  /**
   * Faults of the execution node.
   *
   * @param absent of steps in which it does not answer
   * @param behind of steps in which it is some slots in the past
   * @param lies of blocks served with a changed withdrawal or header
   */
  public record Execution(double absent, double behind, double lies) {
    public static final Execution NONE = new Execution(0, 0, 0);
  }

  /** Faithful nodes. */
  public static final FaultPlan NONE = new FaultPlan(0, Events.NONE, Beacon.NONE, Execution.NONE);

  /** Some faults, none so frequent that nothing works any more. */
  public static FaultPlan ofSeed(long seed) {
    RandomGenerator random = new SplittableRandom(seed ^ 0xfa17);
    return new FaultPlan(
        some(random, 0.1),
        new Events(some(random, 0.5), some(random, 0.3), some(random, 0.3), some(random, 0.1)),
        new Beacon(some(random, 0.05), some(random, 0.15), some(random, 0.2), some(random, 0.05)),
        new Execution(some(random, 0.3), some(random, 0.4), some(random, 0.1)));
  }

  private static double some(RandomGenerator random, double max) {
    return random.nextBoolean() ? random.nextDouble(max) : 0;
  }

  public FaultPlan withFailures(double share) {
    return new FaultPlan(share, events, beacon, execution);
  }

  public FaultPlan with(Events other) {
    return new FaultPlan(failures, other, beacon, execution);
  }

  public FaultPlan with(Beacon other) {
    return new FaultPlan(failures, events, other, execution);
  }

  public FaultPlan with(Execution other) {
    return new FaultPlan(failures, events, beacon, other);
  }
}
