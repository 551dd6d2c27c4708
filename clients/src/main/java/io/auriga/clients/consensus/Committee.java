package io.auriga.clients.consensus;

import io.auriga.types.Slot;

/**
 * Who attests together in a slot.
 *
 * @param index the committee's number in the slot, from 0 on
 * @param validators their indices, in the order of the bits of an attestation
 */
@SuppressWarnings("ArrayRecordComponent") // a million of them are asked for at once; never compared
public record Committee(Slot slot, long index, int[] validators) {}
