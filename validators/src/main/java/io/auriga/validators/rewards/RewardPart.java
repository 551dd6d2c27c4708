package io.auriga.validators.rewards;

import java.util.Locale;

/** What a reward or a penalty is for. */
public enum RewardPart {
  /** A timely vote for the head; missing it is no penalty. */
  HEAD(0),
  /** A timely vote for the target. */
  TARGET(1),
  /** A timely vote for the source. */
  SOURCE(2),
  /** The penalty of the inactivity leak. */
  INACTIVITY(3),
  /** Signatures of the sync committee. */
  SYNC(4),
  /** Blocks, on the consensus layer. */
  PROPOSAL(5);

  static final int COUNT = values().length;

  private final int column;

  RewardPart(int column) {
    this.column = column;
  }

  /** Its place among all, from 0 on; kept rewards have it. */
  int column() {
    return column;
  }

  /** As it is written in metrics and JSON. */
  public String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Which of a validator's duties it is about, a bit. */
  int duty() {
    return switch (this) {
      case HEAD, TARGET, SOURCE, INACTIVITY -> RewardColumns.ATTESTATION;
      case SYNC -> RewardColumns.SYNC;
      case PROPOSAL -> RewardColumns.PROPOSAL;
    };
  }
}
