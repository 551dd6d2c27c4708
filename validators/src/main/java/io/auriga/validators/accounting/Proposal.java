package io.auriga.validators.accounting;

import io.auriga.chain.BlockRef;
import io.auriga.types.Slot;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One slot's turn to propose.
 *
 * @param proposer empty where there is no block and the schedule is not known
 * @param block the canonical block, or the last one seen that was orphaned
 * @param orphanedBy the first block of the branch that won over it
 */
public record Proposal(
    Slot slot,
    OptionalInt proposer,
    Outcome outcome,
    Optional<BlockRef> block,
    Optional<Rival> orphanedBy) {
  /** What became of a slot. */
  public enum Outcome {
    /** Its block is canonical. */
    PROPOSED,
    /** It has a block, which is no longer canonical. */
    ORPHANED,
    /** The chain went on without a block of it. */
    MISSED,
    /** The chain has not got there. */
    PENDING
  }

  /** A block that won, and who proposed it. */
  public record Rival(BlockRef block, int proposer) {}
}
