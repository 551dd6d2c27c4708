package io.auriga.testkit.replay;

import io.auriga.types.Root;
import java.time.Instant;

/**
 * Something that happened at a node.
 *
 * @param topic the event stream's topic; begins with {@code ~} where it is not announced
 * @param data the JSON that the event stream sends
 * @param change what the node knows since
 */
public record TimedEvent(Instant at, String topic, String data, Change change) {

  /** Whether the event stream carries it, as opposed to the node's state alone. */
  public boolean isAnnounced() {
    return !topic.startsWith("~");
  }

  /** What an event changes in the state of a node. */
  public sealed interface Change {
    record BlockKnown(Root root) implements Change {}

    record HeadMoved(Root root) implements Change {}

    record FinalityMoved(Checkpoints checkpoints) implements Change {}

    /** Nothing that another event does not tell. */
    record Nothing() implements Change {}
  }
}
