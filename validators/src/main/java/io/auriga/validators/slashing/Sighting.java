package io.auriga.validators.slashing;

import io.auriga.types.AttestationData;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.util.List;

/** Something that was seen, on the network or in a block, and may be half of an offence. */
public sealed interface Sighting {
  /**
   * A vote.
   *
   * @param voters validator indices; not changed afterwards by anybody
   * @param where it was seen, for a person: {@code the block of slot 7}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Voted(AttestationData data, int[] voters, String where) implements Sighting {}

  record Proposed(Slot slot, ValidatorIndex proposer, Root root) implements Sighting {}

  /**
   * A proof against validators that is ready to be included, or is.
   *
   * @param slot of what they did
   */
  record Accused(List<ValidatorIndex> offenders, boolean forVotes, Slot slot) implements Sighting {
    public Accused {
      offenders = List.copyOf(offenders);
    }
  }
}
