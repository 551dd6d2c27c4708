package io.auriga.clients.consensus;

import io.auriga.types.AttestationData;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import java.util.List;
import java.util.Optional;
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
   * A vote of several validators, named by their places in committees.
   *
   * @param aggregationBits {@code 0x} and hex: a bit list with its end mark
   * @param committeeBits {@code 0x} and hex: which committees the bits go through; empty before
   *     Electra, where {@code data.index} names the only one
   */
  record Attestation(AttestationData data, String aggregationBits, Optional<String> committeeBits)
      implements BeaconEvent {}

  record SingleAttestation(ValidatorIndex attester, AttestationData data) implements BeaconEvent {}

  /** Two blocks of one proposer for one slot, ready to be included. */
  record ProposerSlashing(ValidatorIndex proposer, Slot slot) implements BeaconEvent {}

  /**
   * Two votes that exclude one another, ready to be included.
   *
   * @param offenders who cast both
   */
  record AttesterSlashing(
      List<ValidatorIndex> offenders, AttestationData first, AttestationData second)
      implements BeaconEvent {
    public AttesterSlashing {
      offenders = List.copyOf(offenders);
    }
  }

  /** A block passed the checks of the gossip network. */
  record BlockGossip(Slot slot, Root block) implements BeaconEvent {}

  /**
   * What the next payload is to be built from.
   *
   * @param slot of the block to come
   * @param parent the head that it is to be built on
   */
  record PayloadAttributes(Slot slot, Root parent) implements BeaconEvent {}

  /** A piece of a block's blobs passed the checks of the gossip network: a blob, or a column. */
  record DataSidecar(Slot slot, Root block) implements BeaconEvent {}

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
