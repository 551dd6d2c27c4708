package io.auriga.types;

/** The height of an execution block; not a slot. Unsigned 64-bit. */
public record BlockNumber(long value) implements Comparable<BlockNumber> {
  public static BlockNumber parseDecimal(String text) {
    return new BlockNumber(UInt64.parseDecimal(text));
  }

  @Override
  public int compareTo(BlockNumber other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** The Beacon API's form: an unsigned decimal. */
  @Override
  public String toString() {
    return UInt64.toDecimal(value);
  }
}
