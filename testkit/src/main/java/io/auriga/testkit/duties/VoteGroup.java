package io.auriga.testkit.duties;

import io.auriga.types.AttestationData;
import java.util.BitSet;

/**
 * Votes of one slot for the same thing.
 *
 * @param data with index 0
 * @param votes for each committee of the slot, which members
 * @param sizes for each committee, how many members it has
 * @param since the first slot whose block may have them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record VoteGroup(AttestationData data, BitSet[] votes, int[] sizes, long since) {
  static VoteGroup empty(AttestationData data, int[] sizes, long since) {
    BitSet[] votes = new BitSet[sizes.length];
    for (int i = 0; i < votes.length; i++) {
      votes[i] = new BitSet(sizes[i]);
    }
    return new VoteGroup(data, votes, sizes, since);
  }

  boolean isEmpty() {
    for (BitSet committee : votes) {
      if (!committee.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
