package io.auriga.clients.consensus;

import java.util.Locale;
import java.util.Optional;

/** A kind of event that a consensus client can announce. */
public enum Topic {
  HEAD,
  BLOCK,
  FINALIZED_CHECKPOINT,
  CHAIN_REORG;

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
