package io.auriga.clients.consensus;

import io.auriga.types.ForkName;
import io.auriga.types.Slot;
import java.util.Optional;

/**
 * A whole {@code BeaconState} as a node sent it, not looked into beyond its slot.
 *
 * @param fork as the answer's header names it; empty where it does not
 * @param ssz shared, because a state may weigh hundreds of megabytes, and never written to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; see ssz
public record StateBytes(Optional<ForkName> fork, Slot slot, byte[] ssz) {
  @Override
  public String toString() {
    return "StateBytes[slot " + slot + ", " + ssz.length + " bytes]";
  }
}
