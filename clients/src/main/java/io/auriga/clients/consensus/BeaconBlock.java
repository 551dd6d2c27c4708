package io.auriga.clients.consensus;

import io.auriga.types.ForkName;

/**
 * A signed beacon block as a node gave it: SSZ, not verified. An answer in JSON was transcoded, so
 * that only one verifier exists.
 *
 * @param ssz the bytes of the {@code SignedBeaconBlock}; shared, because a block may weigh
 *     megabytes, and never written to
 * @param optimistic whether the node says that its execution client has not verified the block;
 *     false also where it does not say, as SSZ has no standard place for it: ask {@link
 *     BeaconNode#header} or {@link BeaconNode#syncing} before counting anything as safe
 * @param finalized whether the node says that the block is final; false also where it does not say
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; see ssz
public record BeaconBlock(ForkName fork, byte[] ssz, boolean optimistic, boolean finalized) {
  @Override
  public String toString() {
    return "BeaconBlock[" + fork.lowerName() + ", " + ssz.length + " bytes]";
  }
}
