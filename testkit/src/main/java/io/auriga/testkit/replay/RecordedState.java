package io.auriga.testkit.replay;

import io.auriga.types.ForkName;
import io.auriga.types.Root;
import io.auriga.types.Slot;

/**
 * A beacon state that a block left or met.
 *
 * @param root the state's own
 * @param blockRoot the block's
 * @param ssz not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RecordedState(
    Moment moment, Slot slot, ForkName fork, Root root, Root blockRoot, byte[] ssz) {
  /** Which of a block's two states. */
  public enum Moment {
    /** What the block met, after the slots up to its own were processed. */
    PRE,
    /** What the block left. */
    POST
  }
}
