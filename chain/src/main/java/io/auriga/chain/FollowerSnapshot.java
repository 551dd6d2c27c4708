package io.auriga.chain;

import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Instant;
import java.util.Optional;

/**
 * Where the follower stands, for people and probes.
 *
 * @param head the last block committed
 * @param nodeHead the head its beacon node last named
 * @param clockSlot the slot that lasted at {@code updatedAt}
 * @param problem present while {@link State#STALLED}, and after a failed round while following
 */
public record FollowerSnapshot(
    State state,
    Optional<BlockRef> head,
    Optional<BlockRef> nodeHead,
    Slot clockSlot,
    Optional<Problem> problem,
    long blocksApplied,
    long reorgs,
    long deepestReorg,
    Instant updatedAt) {

  /** What the follower is doing. */
  public enum State {
    /** No node has answered yet. */
    STARTING,
    /** Reading blocks between its position and the node's head. */
    CATCHING_UP,
    /** At the node's head. */
    FOLLOWING,
    /** Cannot go on; {@link FollowerSnapshot#problem} says why. It keeps trying. */
    STALLED
  }

  /** Before anything is known. */
  public static FollowerSnapshot starting(SlotClock clock) {
    return new FollowerSnapshot(
        State.STARTING,
        Optional.empty(),
        Optional.empty(),
        clock.currentSlot(),
        Optional.empty(),
        0,
        0,
        0,
        clock.now());
  }

  /** Slots between the last committed block and the head the node named; 0 when at the head. */
  public long lagSlots() {
    if (nodeHead.isEmpty()) {
      return 0;
    }
    long from = head.map(ref -> ref.slot().value()).orElse(0L);
    return Math.max(0, nodeHead.get().slot().value() - from);
  }
}
