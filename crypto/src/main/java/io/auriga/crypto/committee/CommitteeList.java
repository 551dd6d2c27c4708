package io.auriga.crypto.committee;

import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Slot;
import java.util.Arrays;
import java.util.BitSet;

/**
 * An epoch's committees as a node lists them ({@code /eth/v1/beacon/states/{id}/committees}), in
 * any order. Nothing is believed: only a list that makes a whole epoch becomes {@link Committees}.
 */
public final class CommitteeList {
  private final ChainSpec spec;
  private final Epoch epoch;
  private final int slots;
  private final int[][] members;
  private int count;
  private int total;

  public CommitteeList(ChainSpec spec, Epoch epoch) {
    this.spec = spec;
    this.epoch = epoch;
    this.slots = (int) spec.slotsPerEpoch();
    this.members = new int[Math.toIntExact(slots * spec.number("MAX_COMMITTEES_PER_SLOT"))][];
  }

  /**
   * Adds a committee.
   *
   * @param validators not kept
   * @throws CommitteeException {@code AUR-CRYPTO-COMMITTEES-SUM} if it cannot be one of the epoch's
   */
  public void add(Slot slot, long index, int[] validators) {
    long place = slot.value() - spec.startSlotOf(epoch).value();
    long perSlot = members.length / slots;
    if (Long.compareUnsigned(place, slots) >= 0 || Long.compareUnsigned(index, perSlot) >= 0) {
      throw refused("slot " + slot + " has no committee " + Long.toUnsignedString(index));
    }
    int at = (int) (index * slots + place);
    if (members[at] != null) {
      throw refused("committee " + index + " of slot " + slot + " is listed twice");
    }
    members[at] = Arrays.stream(validators).map(this::validator).toArray();
    count++;
    total = Math.addExact(total, validators.length);
  }

  private int validator(int index) {
    if (index < 0 || index > Integer.MAX_VALUE - 8) {
      throw refused("validator " + index + " is none that can exist");
    }
    return index;
  }

  /**
   * The committees.
   *
   * @throws CommitteeException {@code AUR-CRYPTO-COMMITTEES-SUM} if they are not all of an epoch
   */
  public Committees toCommittees() {
    int perSlot = Committees.perSlot(spec, total);
    if (count != perSlot * slots) {
      throw refused(
          count
              + " committees of "
              + total
              + " validators, for which there are "
              + perSlot * slots);
    }
    int[] shuffled = new int[total];
    BitSet seen = new BitSet();
    Committees committees = new Committees(spec, epoch, shuffled);
    for (int slot = 0; slot < slots; slot++) {
      int to = committees.slotStart(slot);
      for (int index = 0; index < perSlot; index++) {
        int[] of = members[index * slots + slot];
        int size = committees.start(slot * perSlot + index + 1) - to;
        if (of == null || of.length != size) {
          throw refused(
              "committee "
                  + index
                  + " of slot "
                  + slot
                  + " of the epoch "
                  + (of == null ? "is missing" : "has " + of.length + " members, not " + size));
        }
        for (int validator : of) {
          if (seen.get(validator)) {
            throw refused("validator " + validator + " is in two committees");
          }
          seen.set(validator);
          shuffled[to++] = validator;
        }
      }
    }
    return committees;
  }

  private CommitteeException refused(String problem) {
    return new CommitteeException(
        CommitteeError.DO_NOT_ADD_UP, "take a node's committees of epoch " + epoch, problem);
  }
}
