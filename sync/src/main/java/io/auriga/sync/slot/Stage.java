package io.auriga.sync.slot;

import java.util.Locale;

/**
 * What a block goes through between the slot's begin and its being the head, in order. Each stage
 * ends with a mark and begins where the one before ended, so together they are the whole.
 */
public enum Stage {
  /** Proposed, and brought here by the network. */
  ARRIVAL(Mark.GOSSIP),
  /** Until the consensus client hands the payload over. */
  DISPATCH(Mark.NEW_PAYLOAD),
  /** Until the execution client has answered, relay and way included. */
  EXECUTION(Mark.NEW_PAYLOAD_ANSWER),
  /** Until the last piece of the blobs was there, where that came later. */
  DATA(Mark.DATA),
  /** Until the consensus client has taken the block as its head. */
  IMPORT(Mark.HEAD);

  private final Mark end;

  Stage(Mark end) {
    this.end = end;
  }

  Mark end() {
    return end;
  }

  /** As in JSON, in the store and as a label of a metric. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
