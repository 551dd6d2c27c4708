package io.auriga.sync.slot;

import java.util.Locale;
import java.util.Optional;

/** A moment within a slot that one pair of clients shows us, as time since the slot's begin. */
public enum Mark {
  /** The block passed the node's checks on the gossip network (event {@code block_gossip}). */
  GOSSIP,
  /** The consensus client began to hand the payload over ({@code engine_newPayload}). */
  NEW_PAYLOAD,
  /** The execution client had answered that, to its last byte. */
  NEW_PAYLOAD_ANSWER,
  /** The last piece of the block's blobs that came before the node took the block as its head. */
  DATA,
  /** The node had imported the block (event {@code block}). */
  BLOCK,
  /**
   * The node had taken the block as its head, with its payload verified (event {@code head}): it
   * could be voted for.
   */
  HEAD,
  /** The consensus client began to name the block as head ({@code engine_forkchoiceUpdated}). */
  FORK_CHOICE,
  FORK_CHOICE_ANSWER,
  /** The node told what the next payload is to be built from. */
  PAYLOAD_ATTRIBUTES,
  FIRST_ATTESTATION,
  LAST_ATTESTATION;

  /** As in JSON and in the store. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Mark> find(String wireName) {
    for (Mark mark : values()) {
      if (mark.wireName().equals(wireName)) {
        return Optional.of(mark);
      }
    }
    return Optional.empty();
  }
}
