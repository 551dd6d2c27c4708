package io.auriga.testkit.simulation;

/** How many events a node's stream lost, sent twice and sent in the wrong order. */
public record EventFaults(long lost, long repeated, long swapped) {
  public static final EventFaults NONE = new EventFaults(0, 0, 0);

  EventFaults plus(long moreLost, long moreRepeated, long moreSwapped) {
    return new EventFaults(lost + moreLost, repeated + moreRepeated, swapped + moreSwapped);
  }

  public EventFaults plus(EventFaults other) {
    return plus(other.lost, other.repeated, other.swapped);
  }
}
