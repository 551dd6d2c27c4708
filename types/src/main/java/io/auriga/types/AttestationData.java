package io.auriga.types;

/**
 * What an attestation says: {@code AttestationData}. Two that differ in anything are two votes.
 *
 * @param index the committee's number in the slot; always 0 from Electra on, where the attestation
 *     names its committees beside it (EIP-7549)
 * @param beaconBlockRoot the head that is voted for
 * @param source the justified checkpoint that the vote builds on
 * @param target the checkpoint of the vote's own epoch
 */
public record AttestationData(
    Slot slot, long index, Root beaconBlockRoot, Checkpoint source, Checkpoint target) {}
