package io.auriga.clients.consensus;

import io.auriga.types.ForkName;

/**
 * A signed beacon block as a node gave it: SSZ, not verified. An answer in JSON was transcoded, so
 * that only one verifier exists.
 *
 * @param ssz the bytes of the {@code SignedBeaconBlock}; shared, because a block may weigh
 *     megabytes, and never written to
 * @param optimistic whether the node's execution client has not verified the block
 * @param finalized whether the node counts the block as final
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; see ssz
public record BeaconBlock(ForkName fork, byte[] ssz, boolean optimistic, boolean finalized) {
  @Override
  public String toString() {
    return "BeaconBlock[" + fork.lowerName() + ", " + ssz.length + " bytes]";
  }
}
