package io.auriga.validators.slo;

import java.util.Locale;
import java.util.Optional;

/** A kind of duty that an objective can be about. */
public enum Indicator {
  /** Attestations that are in a canonical block of their window. */
  INCLUSION(0),
  /** Attestations with a timely vote for the right target. */
  TARGET(1),
  /** Attestations with a timely vote for the right head. */
  HEAD(2),
  /** Bits of sync committee seats, over canonical blocks. */
  SYNC(3),
  /** Slots to propose in that have a canonical block. */
  PROPOSALS(4);

  private final int column;

  Indicator(int column) {
    this.column = column;
  }

  /** Its place among all, from 0 on. */
  int column() {
    return column;
  }

  /** As it is written in configuration, metrics and JSON. */
  public String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Indicator> find(String lowerName) {
    for (Indicator one : values()) {
      if (one.lowerName().equals(lowerName)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
