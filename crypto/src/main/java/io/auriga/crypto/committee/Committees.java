package io.auriga.crypto.committee;

import io.auriga.crypto.ssz.AttestationView;
import io.auriga.types.AttestationData;
import io.auriga.types.ChainSpec;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.Arrays;
import java.util.Objects;

/**
 * The committees of one epoch ({@code get_beacon_committee}, phase0): every active validator is in
 * exactly one. They lie one behind the other in one shuffled list, in the order of slots and
 * numbers, so that a slot's committees together are one stretch of it, and an aggregate's bits are
 * too. A <em>place</em> is a number in that list. Immutable.
 */
public final class Committees {
  private final Epoch epoch;
  private final Slot firstSlot;
  private final int slots;
  private final int perSlot;
  private final int[] shuffled;

  Committees(ChainSpec spec, Epoch epoch, int[] shuffled) {
    this.epoch = epoch;
    this.firstSlot = spec.startSlotOf(epoch);
    this.slots = Math.toIntExact(spec.slotsPerEpoch());
    this.perSlot = perSlot(spec, shuffled.length);
    this.shuffled = shuffled;
  }

  /**
   * Computes them; about 40 ms for a million validators.
   *
   * @param active the active validators' indices, ascending; not changed
   * @param seed {@link Seeds#seed} of {@link Seeds#ATTESTER}
   */
  public static Committees of(ChainSpec spec, Epoch epoch, int[] active, Root seed) {
    int[] shuffled = active.clone();
    Shuffling.shuffle(shuffled, seed, (int) spec.number("SHUFFLE_ROUND_COUNT"));
    return new Committees(spec, epoch, shuffled);
  }

  /** {@code get_committee_count_per_slot} for a number of active validators. */
  static int perSlot(ChainSpec spec, int active) {
    long wanted = active / spec.slotsPerEpoch() / spec.number("TARGET_COMMITTEE_SIZE");
    return (int) Math.max(1, Math.min(spec.number("MAX_COMMITTEES_PER_SLOT"), wanted));
  }

  public Epoch epoch() {
    return epoch;
  }

  public int slotsPerEpoch() {
    return slots;
  }

  public int committeesPerSlot() {
    return perSlot;
  }

  /** How many validators are active in the epoch. */
  public int activeCount() {
    return shuffled.length;
  }

  /** The validator at a place. */
  public int validatorAt(int place) {
    return shuffled[place];
  }

  /** Whether everybody has the same place there as here. */
  public boolean hasPlacesOf(Committees other) {
    return epoch.equals(other.epoch) && Arrays.equals(shuffled, other.shuffled);
  }

  /** The place at which the committees of the epoch's {@code slot}, from 0 on, begin. */
  public int slotStart(int slot) {
    return start(slot * perSlot);
  }

  /** How many validators attest in the epoch's {@code slot}, from 0 on. */
  public int slotSize(int slot) {
    return slotStart(slot + 1) - slotStart(slot);
  }

  /** The members of a committee, in its order; a copy. */
  public int[] members(int slot, int committee) {
    Objects.checkIndex(slot, slots);
    Objects.checkIndex(committee, perSlot);
    int number = slot * perSlot + committee;
    return Arrays.copyOfRange(shuffled, start(number), start(number + 1));
  }

  /** The place at which a committee begins, counted over the epoch from 0 on. */
  int start(int committee) {
    return (int) ((long) shuffled.length * committee / ((long) perSlot * slots));
  }

  /**
   * Sets in {@code bits} who voted, counted from the first place of the attestation's slot: bit
   * {@code i} is the validator at place {@code slotStart(slot) + i}.
   *
   * @param bits of at least {@link #slotSize} bits
   * @return the slot's number in the epoch
   * @throws CommitteeException if the attestation does not fit the committees; some of its bits may
   *     be set by then
   */
  public int addAttesters(AttestationView attestation, long[] bits) {
    int slot = slotOf(attestation);
    int origin = slotStart(slot);
    if (!attestation.namesCommittees()) {
      long index = attestation.data().index();
      int committee = committee(attestation, index);
      add(attestation, slot, committee, 0, bits, origin);
      requireAllRead(attestation, size(slot, committee));
      return slot;
    }
    if (attestation.data().index() != 0) {
      throw refused(
          CommitteeError.BAD_INDEX,
          attestation,
          "its index is " + Long.toUnsignedString(attestation.data().index()));
    }
    int read = 0;
    int named = 0;
    for (int i = 0; i < attestation.committeesMax(); i++) {
      if (attestation.namesCommittee(i)) {
        int committee = committee(attestation, i);
        add(attestation, slot, committee, read, bits, origin);
        read += size(slot, committee);
        named++;
      }
    }
    if (named == 0) {
      throw refused(CommitteeError.NO_SUCH_COMMITTEE, attestation, "it names no committee");
    }
    requireAllRead(attestation, read);
    return slot;
  }

  /**
   * Who voted: {@code get_attesting_indices}, in the order of the committees.
   *
   * @throws CommitteeException if the attestation does not fit the committees
   */
  public int[] attestingIndices(AttestationView attestation) {
    int slot = slotOf(attestation);
    long[] bits = new long[(slotSize(slot) + Long.SIZE - 1) / Long.SIZE];
    int origin = slotStart(addAttesters(attestation, bits));
    int count = 0;
    for (long word : bits) {
      count += Long.bitCount(word);
    }
    int[] indices = new int[count];
    for (int word = 0, found = 0; word < bits.length; word++) {
      for (long left = bits[word]; left != 0; left &= left - 1) {
        int place = origin + word * Long.SIZE + Long.numberOfTrailingZeros(left);
        indices[found++] = shuffled[place];
      }
    }
    return indices;
  }

  private int slotOf(AttestationView attestation) {
    AttestationData data = attestation.data();
    long slot = data.slot().value() - firstSlot.value();
    if (!data.target().epoch().equals(epoch) || Long.compareUnsigned(slot, slots) >= 0) {
      throw refused(
          CommitteeError.WRONG_EPOCH,
          attestation,
          "its target is of epoch " + data.target().epoch() + ", and committees of " + epoch);
    }
    return (int) slot;
  }

  private int committee(AttestationView attestation, long index) {
    if (Long.compareUnsigned(index, perSlot) >= 0) {
      throw refused(
          CommitteeError.NO_SUCH_COMMITTEE,
          attestation,
          "it names committee " + Long.toUnsignedString(index) + " of " + perSlot);
    }
    return (int) index;
  }

  private int size(int slot, int committee) {
    int number = slot * perSlot + committee;
    return start(number + 1) - start(number);
  }

  private void add(
      AttestationView attestation, int slot, int committee, int from, long[] bits, int origin) {
    int size = size(slot, committee);
    if (attestation.bitCount() - from < size) {
      throw mismatch(attestation, "at least " + (from + size));
    }
    if (!attestation.addBits(from, size, bits, start(slot * perSlot + committee) - origin)) {
      throw refused(
          CommitteeError.EMPTY_COMMITTEE, attestation, "nobody of committee " + committee);
    }
  }

  private static void requireAllRead(AttestationView attestation, int members) {
    if (attestation.bitCount() != members) {
      throw mismatch(attestation, String.valueOf(members));
    }
  }

  private static CommitteeException mismatch(AttestationView attestation, String members) {
    return refused(
        CommitteeError.BITS_MISMATCH,
        attestation,
        "it has " + attestation.bitCount() + " bits for " + members + " members");
  }

  private static CommitteeException refused(
      CommitteeError error, AttestationView attestation, String problem) {
    return new CommitteeException(
        error, "count an attestation of slot " + attestation.data().slot(), problem);
  }
}
