package io.auriga.types;

/** A block without its body: {@code BeaconBlockHeader}. It has the block's root. */
public record BeaconBlockHeader(
    Slot slot, ValidatorIndex proposerIndex, Root parentRoot, Root stateRoot, Root bodyRoot) {}
