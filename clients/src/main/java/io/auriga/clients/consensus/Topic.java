package io.auriga.clients.consensus;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A kind of event that a consensus client can announce. */
public enum Topic {
  HEAD,
  BLOCK,
  FINALIZED_CHECKPOINT,
  CHAIN_REORG,
  /** Every attestation that the node accepts: aggregates, and before Electra single votes too. */
  ATTESTATION,
  /** Every single vote that the node accepts, with its validator; from Electra on. */
  SINGLE_ATTESTATION,
  PROPOSER_SLASHING,
  ATTESTER_SLASHING,
  /** A block passed the checks of the gossip network; it is not imported yet. */
  BLOCK_GOSSIP,
  /** What the next payload is to be built from. */
  PAYLOAD_ATTRIBUTES,
  /** A piece of a block's blobs came; to Electra. */
  BLOB_SIDECAR,
  /** A piece of a block's blobs came; from Fulu on. */
  DATA_COLUMN_SIDECAR;

  /** What says where the chain is: a few events a slot. */
  public static final Set<Topic> CHAIN =
      Collections.unmodifiableSet(EnumSet.range(HEAD, CHAIN_REORG));

  /** What says who voted and who was caught: up to tens of thousands of events a slot. */
  public static final Set<Topic> VOTES =
      Collections.unmodifiableSet(EnumSet.range(ATTESTATION, ATTESTER_SLASHING));

  /** What says when a block went through what within its slot: up to some hundred events a slot. */
  public static final Set<Topic> MARKS =
      Collections.unmodifiableSet(
          EnumSet.of(
              HEAD, BLOCK, BLOCK_GOSSIP, PAYLOAD_ATTRIBUTES, BLOB_SIDECAR, DATA_COLUMN_SIDECAR));

  /** As in {@code topics=} and in the stream's {@code event} lines: {@code chain_reorg}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Topic> find(String wireName) {
    for (Topic topic : values()) {
      if (topic.wireName().equals(wireName)) {
        return Optional.of(topic);
      }
    }
    return Optional.empty();
  }
}
