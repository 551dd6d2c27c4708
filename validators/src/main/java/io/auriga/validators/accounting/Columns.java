package io.auriga.validators.accounting;

import io.auriga.types.Slot;
import java.util.Optional;

/**
 * An epoch's attestations by validator index, a byte for each fact.
 *
 * @param firstSlot the epoch's
 * @param dutySlots the number in the epoch of the slot in which the validator was to attest; {@link
 *     #NOT_ACTIVE} if it was not
 * @param flags the participation flags of the state
 * @param distances slots from the duty to the first block that has it; 0 if none has
 * @param earliest for each slot of the epoch, the distance to the first canonical block behind it;
 *     0 if there is none yet
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and large
public record Columns(
    Slot firstSlot, byte[] dutySlots, byte[] flags, byte[] distances, int[] earliest) {
  /** In {@code dutySlots}, of who has no duty. */
  public static final byte NOT_ACTIVE = -1;

  public static final int SOURCE = 1;
  public static final int TARGET = 2;
  public static final int HEAD = 4;

  int validatorCount() {
    return dutySlots.length;
  }

  byte[] participation() {
    return flags.clone();
  }

  Optional<AttestationDuty> attestation(int validator) {
    if (validator < 0 || validator >= dutySlots.length || dutySlots[validator] == NOT_ACTIVE) {
      return Optional.empty();
    }
    int slot = dutySlots[validator];
    int distance = distances[validator];
    int of = flags[validator];
    return Optional.of(
        new AttestationDuty(
            firstSlot.plus(slot),
            distance,
            distance == 0 ? 0 : distance - earliest[slot],
            (of & SOURCE) != 0,
            (of & TARGET) != 0,
            (of & HEAD) != 0));
  }

  TotalsCounter counter() {
    return new TotalsCounter(this);
  }

  /** The totals of all who were to attest in each slot. */
  DutyTotals[] bySlot() {
    TotalsCounter[] counters = new TotalsCounter[earliest.length];
    for (int slot = 0; slot < counters.length; slot++) {
      counters[slot] = counter();
    }
    for (int validator = 0; validator < dutySlots.length; validator++) {
      if (dutySlots[validator] != NOT_ACTIVE) {
        counters[dutySlots[validator]].add(validator);
      }
    }
    DutyTotals[] totals = new DutyTotals[counters.length];
    for (int slot = 0; slot < totals.length; slot++) {
      totals[slot] = counters[slot].totals();
    }
    return totals;
  }
}
