package io.auriga.validators.slashing;

import io.auriga.clients.consensus.Committee;
import io.auriga.crypto.committee.Committees;
import io.auriga.types.AttestationData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The committees of one epoch, to learn who voted in an aggregate. */
final class EpochCommittees {
  private static final int[] NOBODY = {};

  /** Who sits in the committee with this number in this slot; nobody if there is none. */
  @FunctionalInterface
  private interface Members {
    int[] of(long slot, long index);
  }

  private final Members members;

  private EpochCommittees(Members members) {
    this.members = members;
  }

  /** As a node tells them. */
  static EpochCommittees of(List<Committee> listed) {
    Map<Long, int[]> committees = new HashMap<>();
    for (Committee committee : listed) {
      committees.put(key(committee.slot().value(), committee.index()), committee.validators());
    }
    return new EpochCommittees((slot, index) -> committees.getOrDefault(key(slot, index), NOBODY));
  }

  /** As they were computed. */
  static EpochCommittees of(Committees computed) {
    long first = computed.epoch().value() * computed.slotsPerEpoch();
    return new EpochCommittees(
        (slot, index) ->
            Long.compareUnsigned(slot - first, computed.slotsPerEpoch()) < 0
                    && Long.compareUnsigned(index, computed.committeesPerSlot()) < 0
                ? computed.members((int) (slot - first), (int) index)
                : NOBODY);
  }

  private static long key(long slot, long index) {
    return slot << VoteHistory.COMMITTEE_BITS | index;
  }

  /**
   * Who voted: {@code get_attesting_indices}. Empty if the bits do not fit the committees.
   *
   * @param bits SSZ of the aggregation bits, with the mark of their end
   * @param named SSZ of the committee bits; null before Electra, where the data name the committee
   */
  Optional<int[]> voters(AttestationData data, byte[] bits, byte @Nullable [] named) {
    List<int[]> all = new ArrayList<>();
    if (named == null) {
      all.add(members.of(data.slot().value(), data.index()));
    } else {
      for (int i = 0; i < named.length * Byte.SIZE; i++) {
        if (isSet(named, i)) {
          all.add(members.of(data.slot().value(), i));
        }
      }
    }
    int places = all.stream().mapToInt(committee -> committee.length).sum();
    if (all.stream().anyMatch(committee -> committee.length == 0) || places != count(bits)) {
      return Optional.empty();
    }
    int[] voters = new int[places];
    int found = 0;
    int place = 0;
    for (int[] committee : all) {
      for (int validator : committee) {
        if (isSet(bits, place++)) {
          voters[found++] = validator;
        }
      }
    }
    return Optional.of(Arrays.copyOf(voters, found));
  }

  private static boolean isSet(byte[] bits, int place) {
    return (bits[place / Byte.SIZE] >>> place % Byte.SIZE & 1) != 0;
  }

  /** How many bits there are before the mark of the end; -1 without it. */
  private static int count(byte[] bits) {
    if (bits.length == 0 || bits[bits.length - 1] == 0) {
      return -1;
    }
    int last = Byte.toUnsignedInt(bits[bits.length - 1]);
    return (bits.length - 1) * Byte.SIZE + 31 - Integer.numberOfLeadingZeros(last);
  }
}
