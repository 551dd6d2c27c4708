package io.auriga.clients.consensus;

import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.Set;

/**
 * What a consensus client announced, or what became of the stream. An announcement is a hint: some
 * may be lost, repeated or out of order, so a follower reads the chain itself.
 */
public sealed interface BeaconEvent {
  record Head(Slot slot, Root block, Root state, boolean epochTransition, boolean optimistic)
      implements BeaconEvent {}

  record Block(Slot slot, Root block, boolean optimistic) implements BeaconEvent {}

  record FinalizedCheckpoint(Root block, Root state, Epoch epoch, boolean optimistic)
      implements BeaconEvent {}

  /**
   * @param depth in slots
   */
  record ChainReorg(Slot slot, long depth, Root oldHead, Root newHead) implements BeaconEvent {}

  /**
   * The stream is up. There is no replay: what happened before must be read from the chain.
   *
   * @param topics those that the node agreed to send
   */
  record Connected(String node, Set<Topic> topics) implements BeaconEvent {
    public Connected {
      topics = Set.copyOf(topics);
    }
  }

  /** The stream broke and is being connected again. */
  record Disconnected(String node, String reason) implements BeaconEvent {}
}
