package io.auriga.clients.consensus;

import io.auriga.types.Checkpoint;

/** The finality checkpoints of a node's head state. */
public record Finality(
    Checkpoint previousJustified, Checkpoint justified, Checkpoint finalized, boolean optimistic) {}
