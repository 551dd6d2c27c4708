package io.auriga.types;

/**
 * An epoch number. Unsigned; the only value above {@link Long#MAX_VALUE} seen in practice is {@link
 * #FAR_FUTURE}.
 */
public record Epoch(long value) implements Comparable<Epoch> {
  public static Epoch parseDecimal(String text) {
    return new Epoch(UInt64.parseDecimal(text));
  }

  /** {@code FAR_FUTURE_EPOCH} of the spec, 2^64 - 1: the event is not scheduled. */
  public static final Epoch FAR_FUTURE = new Epoch(-1L);

  /** Whether the event this epoch stands for has been given a place in the chain. */
  public boolean isScheduled() {
    return !equals(FAR_FUTURE);
  }

  @Override
  public int compareTo(Epoch other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** The Beacon API's form: an unsigned decimal. */
  @Override
  public String toString() {
    return UInt64.toDecimal(value);
  }
}
