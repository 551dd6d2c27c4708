package io.auriga.crypto.slashing;

import io.auriga.types.BlsPublicKey;
import java.util.List;

/** What one key signed, as the interchange format lists it; in any order. */
public record KeyRecord(
    BlsPublicKey key, List<SignedBlock> blocks, List<SignedAttestation> attestations) {
  public KeyRecord {
    blocks = List.copyOf(blocks);
    attestations = List.copyOf(attestations);
  }
}
