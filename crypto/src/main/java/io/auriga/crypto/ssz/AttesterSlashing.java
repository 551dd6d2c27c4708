package io.auriga.crypto.ssz;

import java.util.Arrays;

/** Two votes that exclude each other, as a block carries them to punish who cast both. */
public record AttesterSlashing(IndexedAttestationView first, IndexedAttestationView second) {
  /**
   * Who cast both votes, ascending, raw 64 bits; {@code process_attester_slashing} slashes them.
   */
  public long[] offenders() {
    // Both lists ascend in every valid block.
    long[] both = new long[Math.min(first.count(), second.count())];
    int found = 0;
    for (int i = 0, j = 0; i < first.count() && j < second.count(); ) {
      int order = Long.compareUnsigned(first.validatorIndex(i), second.validatorIndex(j));
      if (order == 0) {
        both[found++] = first.validatorIndex(i);
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return Arrays.copyOf(both, found);
  }
}
