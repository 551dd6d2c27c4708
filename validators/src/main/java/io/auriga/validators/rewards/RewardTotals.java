package io.auriga.validators.rewards;

import java.util.Arrays;

/**
 * What some validators earned over some epochs. Amounts are Gwei; penalties are negative.
 * Immutable.
 *
 * <p>Each validator counts once in each epoch in which it had a duty, or could be slashed for one.
 */
public final class RewardTotals {
  private final long epochs;
  private final long[] unknown;
  private final long[] earned;
  private final long[] ideal;

  RewardTotals(long epochs, long[] unknown, long[] earned, long[] ideal) {
    this.epochs = epochs;
    this.unknown = unknown;
    this.earned = earned;
    this.ideal = ideal;
  }

  /** How often a validator had an epoch. */
  public long epochs() {
    return epochs;
  }

  /** Of these, how often no node said what came of the part's duty: it is in no amount. */
  public long unknown(RewardPart part) {
    return unknown[Integer.numberOfTrailingZeros(part.duty())];
  }

  /** Whether anything is missing in the amounts. */
  public boolean isWhole() {
    return Arrays.stream(unknown).allMatch(times -> times == 0);
  }

  public long earned(RewardPart part) {
    return earned[part.column()];
  }

  /** What the same duties bring when nothing is missed and everything is timely. */
  public long ideal(RewardPart part) {
    return ideal[part.column()];
  }

  public long missed(RewardPart part) {
    return ideal(part) - earned(part);
  }

  public long earned() {
    return Arrays.stream(earned).sum();
  }

  public long ideal() {
    return Arrays.stream(ideal).sum();
  }

  public long missed() {
    return ideal() - earned();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RewardTotals that
        && epochs == that.epochs
        && Arrays.equals(unknown, that.unknown)
        && Arrays.equals(earned, that.earned)
        && Arrays.equals(ideal, that.ideal);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(earned) * 31 + Arrays.hashCode(ideal);
  }

  @Override
  public String toString() {
    return "RewardTotals[%d epochs, unknown %s, earned %s, ideal %s]"
        .formatted(
            epochs, Arrays.toString(unknown), Arrays.toString(earned), Arrays.toString(ideal));
  }
}
