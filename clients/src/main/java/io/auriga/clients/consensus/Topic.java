package io.auriga.clients.consensus;

import java.util.Locale;

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
}
