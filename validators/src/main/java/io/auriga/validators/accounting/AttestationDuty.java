package io.auriga.validators.accounting;

import io.auriga.types.Slot;

/**
 * One validator's attestation of one epoch.
 *
 * @param slot when it was due
 * @param distance slots from there to the first canonical block that has it; 0 if none has
 * @param lateness slots from the first block that could have had it to the one that has; 0 if none
 *     has
 * @param source whether it has the flag {@code TIMELY_SOURCE}
 * @param target whether it has the flag {@code TIMELY_TARGET}
 * @param head whether it has the flag {@code TIMELY_HEAD}
 */
public record AttestationDuty(
    Slot slot, int distance, int lateness, boolean source, boolean target, boolean head) {
  public boolean isIncluded() {
    return distance > 0;
  }

  /** {@code 1 / (1 + lateness)}; 0 if it is in no block. */
  public double effectiveness() {
    return isIncluded() ? 1.0 / (1 + lateness) : 0;
  }
}
