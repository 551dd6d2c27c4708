package io.auriga.clients.consensus;

import io.auriga.types.Root;
import io.auriga.types.Slot;

/** The header of a beacon block, with what the node believes of it. */
public record BlockHeader(
    Root root,
    Slot slot,
    Root parentRoot,
    boolean canonical,
    boolean optimistic,
    boolean finalized) {}
