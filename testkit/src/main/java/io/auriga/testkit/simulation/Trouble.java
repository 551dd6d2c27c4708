package io.auriga.testkit.simulation;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides which faults happen. A decision depends on the seed, the step and what was asked, never
 * on the order of calls, so that a seed repeats itself whatever threads do; asked the same again in
 * one step, a node errs the same way again.
 */
public final class Trouble {
  private static final ClientError[] FAILURES = {
    ClientError.TIMEOUT, ClientError.UNREACHABLE, ClientError.STATUS, ClientError.MALFORMED
  };

  private final long seed;
  private final FaultPlan plan;
  private volatile FaultPlan current;
  private final AtomicLong step = new AtomicLong();

  public Trouble(long seed, FaultPlan plan) {
    this.seed = seed;
    this.plan = plan;
    this.current = plan;
  }

  /** Nodes that are faithful. */
  public static Trouble none() {
    return new Trouble(0, FaultPlan.NONE);
  }

  /** From now on other things go wrong; call it when the clock moves. */
  public void nextStep() {
    var _ = step.incrementAndGet();
  }

  /** From now on nothing goes wrong. */
  public void calm() {
    current = FaultPlan.NONE;
  }

  /** From now on things go wrong again. */
  public void resume() {
    current = plan;
  }

  FaultPlan plan() {
    return current;
  }

  boolean happens(double share, String what, Object about) {
    return share > 0 && (draw(what, about) >>> 11) * 0x1.0p-53 < share;
  }

  /** A choice among {@code count}, from 0. */
  int choose(int count, String what, Object about) {
    return (int) Long.remainderUnsigned(draw(what + " choice", about), count);
  }

  void failSometimes(String node, String asked, Object about) {
    if (happens(current.failures(), asked, about)) {
      fail(FAILURES[choose(FAILURES.length, asked, about)], node, asked);
    }
  }

  static void fail(ClientError error, String node, String asked) {
    throw new NodeException(error, node, asked, "simulated failure");
  }

  private long draw(String what, Object about) {
    return mix(mix(mix(seed) + step.get()) + (((long) what.hashCode()) << 32 | about.hashCode()));
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
