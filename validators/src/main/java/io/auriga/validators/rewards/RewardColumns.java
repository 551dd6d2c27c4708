package io.auriga.validators.rewards;

import java.util.Arrays;

/**
 * The rewards of one epoch in plain arrays: a row for each validator that had a duty in it, or was
 * slashed and could not have one. For one thread until it is filled.
 */
public final class RewardColumns {
  /** Bits of what is not known of a row. */
  static final int ATTESTATION = 1;

  static final int SYNC = 2;
  static final int PROPOSAL = 4;

  /** How many such bits there are. */
  static final int DUTIES = 3;

  /** More than any validator can earn or lose for one duty: what is above is no reward. */
  static final long GWEI_MAX = 1L << 40;

  private final int[] validators;
  private final byte[] unknown;
  private final long[] earned;
  private final long[] ideal;

  /**
   * @param validators ascending
   */
  public RewardColumns(int[] validators) {
    this.validators = validators.clone();
    this.unknown = new byte[validators.length];
    this.earned = new long[validators.length * RewardPart.COUNT];
    this.ideal = new long[validators.length * RewardPart.COUNT];
  }

  int count() {
    return validators.length;
  }

  int validator(int row) {
    return validators[row];
  }

  /** A validator's row; negative if it has none. */
  int rowOf(int validator) {
    return Arrays.binarySearch(validators, validator);
  }

  long earned(int row, int part) {
    return earned[row * RewardPart.COUNT + part];
  }

  long ideal(int row, int part) {
    return ideal[row * RewardPart.COUNT + part];
  }

  long earned(int row, RewardPart part) {
    return earned(row, part.column());
  }

  long ideal(int row, RewardPart part) {
    return ideal(row, part.column());
  }

  /** Adds to what a row has of a part. */
  public void add(int row, RewardPart part, long more, long moreIdeal) {
    int at = row * RewardPart.COUNT + part.column();
    earned[at] = Math.addExact(earned[at], more);
    ideal[at] = Math.addExact(ideal[at], moreIdeal);
  }

  boolean isUnknown(int row, int duty) {
    return (unknown[row] & duty) != 0;
  }

  /** Says that nobody knows what came of the duty that a part is about. */
  public void forget(int row, RewardPart part) {
    forget(row, part.duty());
  }

  /** Says that nobody knows what came of a duty; what was added of it is taken out again. */
  void forget(int row, int duty) {
    unknown[row] |= (byte) duty;
    for (RewardPart part : RewardPart.values()) {
      if (part.duty() == duty) {
        int at = row * RewardPart.COUNT + part.column();
        earned[at] = 0;
        ideal[at] = 0;
      }
    }
  }
}
