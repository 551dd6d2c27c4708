package io.auriga.validators.slashing;

import io.auriga.clients.consensus.Committee;
import io.auriga.types.AttestationData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The committees of one epoch as a node tells them, to learn who voted in an aggregate. */
final class EpochCommittees {
  private final Map<Long, int[]> committees = new HashMap<>();

  EpochCommittees(List<Committee> listed) {
    for (Committee committee : listed) {
      committees.put(key(committee.slot().value(), committee.index()), committee.validators());
    }
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
    List<int[]> members = new ArrayList<>();
    if (named == null) {
      members.add(committees.getOrDefault(key(data.slot().value(), data.index()), new int[0]));
    } else {
      for (int i = 0; i < named.length * Byte.SIZE; i++) {
        if (isSet(named, i)) {
          members.add(committees.getOrDefault(key(data.slot().value(), i), new int[0]));
        }
      }
    }
    int places = members.stream().mapToInt(committee -> committee.length).sum();
    if (members.stream().anyMatch(committee -> committee.length == 0) || places != count(bits)) {
      return Optional.empty();
    }
    int[] voters = new int[places];
    int found = 0;
    int place = 0;
    for (int[] committee : members) {
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
