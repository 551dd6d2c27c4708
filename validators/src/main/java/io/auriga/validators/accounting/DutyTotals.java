package io.auriga.validators.accounting;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What some validators owed in attestations, and what came of it: whole numbers, which add up over
 * validators and over epochs without loss. One validator owes one attestation in an epoch in which
 * it is active.
 */
public final class DutyTotals {
  /** Of nobody. */
  public static final DutyTotals NONE = new DutyTotals(0, 0, 0, 0, new long[1], new long[1]);

  private final long assigned;
  private final long source;
  private final long target;
  private final long head;
  private final long[] byDistance;
  private final long[] byLateness;

  /**
   * @param byDistance how many were included at each distance in slots; its length is the bound
   * @param byLateness how many were included so many slots after the first block that could
   */
  DutyTotals(
      long assigned, long source, long target, long head, long[] byDistance, long[] byLateness) {
    this.assigned = assigned;
    this.source = source;
    this.target = target;
    this.head = head;
    this.byDistance = byDistance;
    this.byLateness = byLateness;
  }

  /** Attestations owed. */
  public long assigned() {
    return assigned;
  }

  /** Of those owed, how many are in a canonical block. */
  public long included() {
    return Arrays.stream(byDistance).sum();
  }

  public long missed() {
    return assigned - included();
  }

  /** How many have the flag {@code TIMELY_SOURCE}. */
  public long source() {
    return source;
  }

  /** How many have the flag {@code TIMELY_TARGET}. */
  public long target() {
    return target;
  }

  /** How many have the flag {@code TIMELY_HEAD}. */
  public long head() {
    return head;
  }

  /** How many were first included {@code slots} after their own; 1 is the best there is. */
  public long atDistance(int slots) {
    return slots < byDistance.length ? byDistance[slots] : 0;
  }

  /** One more than the greatest distance that may occur. */
  public int distanceLimit() {
    return byDistance.length;
  }

  /** The distances of all that were included, in slots, added up. */
  public long distanceSum() {
    long sum = 0;
    for (int slots = 1; slots < byDistance.length; slots++) {
      sum += slots * byDistance[slots];
    }
    return sum;
  }

  /** Each attestation's {@code 1 / (1 + lateness)}, added up; a missed one adds nothing. */
  public double effectivenessSum() {
    double sum = 0;
    for (int slots = byLateness.length - 1; slots >= 0; slots--) {
      sum += (double) byLateness[slots] / (1 + slots);
    }
    return sum;
  }

  /** The mean effectiveness of what was owed, 0 to 1; empty if nothing was. */
  public OptionalDouble effectiveness() {
    return assigned == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(effectivenessSum() / assigned);
  }

  public DutyTotals plus(DutyTotals other) {
    return new DutyTotals(
        assigned + other.assigned,
        source + other.source,
        target + other.target,
        head + other.head,
        sum(byDistance, other.byDistance),
        sum(byLateness, other.byLateness));
  }

  private static long[] sum(long[] a, long[] b) {
    long[] sum = Arrays.copyOf(a, Math.max(a.length, b.length));
    for (int i = 0; i < b.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DutyTotals that
        && assigned == that.assigned
        && source == that.source
        && target == that.target
        && head == that.head
        && equal(byDistance, that.byDistance)
        && equal(byLateness, that.byLateness);
  }

  /** Whether both count the same; what lies beyond the shorter one's bound is 0. */
  private static boolean equal(long[] a, long[] b) {
    int length = Math.max(a.length, b.length);
    return Arrays.equals(Arrays.copyOf(a, length), Arrays.copyOf(b, length));
  }

  @Override
  public int hashCode() {
    return Long.hashCode(assigned * 31 + included());
  }

  @Override
  public String toString() {
    return "DutyTotals[assigned %d, included %d, source %d, target %d, head %d, distances %d]"
        .formatted(assigned, included(), source, target, head, distanceSum());
  }
}
