package io.auriga.testkit.replay;

import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Root;

/** What a node has justified and finalized. */
public record Checkpoints(
    Checkpoint previousJustified, Checkpoint justified, Checkpoint finalized) {
  private static final Checkpoint NONE = new Checkpoint(new Epoch(0), Root.ZERO);

  /** Before anything was justified, as the state of a young chain has it. */
  public static final Checkpoints GENESIS = new Checkpoints(NONE, NONE, NONE);
}
