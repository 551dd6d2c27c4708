package io.auriga.chain;

import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BlockHeader;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.Finality;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.Slot;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes justification and finality from the consensus layer. Neither ever moves back, and nothing
 * becomes safe on the word of a node whose execution client has not verified its head.
 */
final class FinalityFollower {
  private final BeaconNode node;
  private final ChainStore store;
  private final ChainSpec spec;
  private final InstantSource time;
  private final FollowerListener listener;

  FinalityFollower(
      BeaconNode node,
      ChainStore store,
      ChainSpec spec,
      InstantSource time,
      FollowerListener listener) {
    this.node = node;
    this.store = store;
    this.spec = spec;
    this.time = time;
    this.listener = listener;
  }

  /**
   * @param optimisticHead the head that was followed is not verified by the node's execution client
   */
  void update(boolean optimisticHead) {
    Optional<ChainPosition> held = store.position();
    if (held.isEmpty()) {
      return;
    }
    ChainPosition position = held.get();
    Finality finality = node.finality();
    if (finality.optimistic() || optimisticHead) {
      return;
    }
    boolean newFinal = finality.finalized().epoch().compareTo(position.finalizedEpoch()) > 0;
    boolean newSafe = finality.justified().epoch().compareTo(position.safeEpoch()) > 0;
    Place finalized = newFinal ? locate(finality.finalized(), position) : new Place.Unknown();
    Place safe = newSafe ? locate(finality.justified(), position) : new Place.Unknown();
    if (finalized instanceof Place.Unknown && safe instanceof Place.Unknown) {
      return;
    }
    FinalityUpdate moved =
        new FinalityUpdate(
            safe.isKnown() ? finality.justified().epoch() : position.safeEpoch(),
            safe.or(position.safe()),
            finalized.isKnown() ? finality.finalized().epoch() : position.finalizedEpoch(),
            finalized.or(position.finalized()));
    ChainUpdate update = ChainUpdate.ofFinality(time.instant(), moved);
    store.commit(update);
    listener.committed(update);
  }

  private Place locate(Checkpoint checkpoint, ChainPosition position) {
    Optional<BlockRef> held = store.canonical(checkpoint.root());
    if (held.isPresent()) {
      return new Place.Held(held.get());
    }
    Slot boundary = spec.startSlotOf(checkpoint.epoch());
    Slot first = store.firstSlot().orElse(boundary);
    if (first.isAfter(boundary)) {
      return new Place.BeforeStore();
    }
    if (position.head().slot().isBefore(boundary)) {
      return new Place.Unknown();
    }
    Optional<BlockHeader> header = node.header(BlockId.of(checkpoint.root()));
    if (header.isEmpty()) {
      return new Place.Unknown();
    }
    if (header.get().slot().isBefore(first)) {
      return new Place.BeforeStore();
    }
    boolean headMoved =
        !node.header(BlockId.head())
            .map(BlockHeader::root)
            .equals(Optional.of(position.head().root()));
    if (headMoved) {
      // The node changed its mind between two answers; the next round follows it first.
      return new Place.Unknown();
    }
    throw new ChainException(
        ChainError.FINALITY_CONFLICT,
        "take finality of epoch %s from %s".formatted(checkpoint.epoch(), node.name()),
        "its checkpoint %s is not on the chain of its own head %s"
            .formatted(checkpoint.root(), position.head()));
  }

  /** Where a checkpoint's block stands in the store. */
  private sealed interface Place {
    record Held(BlockRef block) implements Place {}

    /** Older than the first block held. */
    record BeforeStore() implements Place {}

    /** Cannot be told yet. */
    record Unknown() implements Place {}

    default boolean isKnown() {
      return !(this instanceof Unknown);
    }

    default Optional<BlockRef> or(Optional<BlockRef> before) {
      return switch (this) {
        case Held(BlockRef block) -> Optional.of(block);
        case BeforeStore() -> Optional.empty();
        case Unknown() -> before;
      };
    }
  }
}
