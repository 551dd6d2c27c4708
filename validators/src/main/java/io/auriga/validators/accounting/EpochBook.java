package io.auriga.validators.accounting;

import io.auriga.crypto.committee.Committees;
import io.auriga.types.Slot;
import java.util.Arrays;

/** The votes of one epoch, while blocks may still add to them or take them back. */
final class EpochBook {
  private final Votes[] slots;
  private final int active;
  private int refused;

  EpochBook(Committees committees) {
    this.active = committees.activeCount();
    this.slots = new Votes[committees.slotsPerEpoch()];
    for (int slot = 0; slot < slots.length; slot++) {
      slots[slot] = new Votes(committees.slotSize(slot));
    }
  }

  Votes slot(int slot) {
    return slots[slot];
  }

  void refuse(int attestations) {
    refused += attestations;
  }

  int refused() {
    return refused;
  }

  boolean isEmpty() {
    for (Votes votes : slots) {
      if (!votes.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * The epoch by validator index.
   *
   * @param committees those that the book was begun with
   * @param earliest as {@link Columns#earliest}
   */
  Columns columns(Committees committees, Slot first, int validators, int[] earliest) {
    if (committees.activeCount() != active) {
      throw new IllegalStateException(
          "epoch "
              + committees.epoch()
              + " was begun with "
              + active
              + " active validators, and now "
              + committees.activeCount()
              + " are said to have been");
    }
    byte[] dutySlots = new byte[validators];
    byte[] flags = new byte[validators];
    byte[] distances = new byte[validators];
    Arrays.fill(dutySlots, Columns.NOT_ACTIVE);
    for (int slot = 0; slot < slots.length; slot++) {
      int start = committees.slotStart(slot);
      int size = committees.slotSize(slot);
      Votes votes = slots[slot];
      for (int i = 0; i < size; i++) {
        int validator = committees.validatorAt(start + i);
        dutySlots[validator] = (byte) slot;
        flags[validator] = (byte) votes.flags(i);
      }
      long dutySlot = first.value() + slot;
      for (Votes.Inclusion inclusion : votes.inclusions()) {
        byte distance = (byte) (inclusion.blockSlot() - dutySlot);
        long[] bits = inclusion.bits();
        for (int word = 0; word < bits.length; word++) {
          for (long left = bits[word]; left != 0; left &= left - 1) {
            int place = start + word * Long.SIZE + Long.numberOfTrailingZeros(left);
            distances[committees.validatorAt(place)] = distance;
          }
        }
      }
    }
    return new Columns(first, dutySlots, flags, distances, earliest);
  }
}
