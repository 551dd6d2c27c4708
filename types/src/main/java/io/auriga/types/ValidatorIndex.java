package io.auriga.types;

/** The number the beacon chain gave a validator. Unsigned 64-bit. */
public record ValidatorIndex(long value) implements Comparable<ValidatorIndex> {
  public static ValidatorIndex parseDecimal(String text) {
    return new ValidatorIndex(UInt64.parseDecimal(text));
  }

  @Override
  public int compareTo(ValidatorIndex other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** The Beacon API's form: an unsigned decimal. */
  @Override
  public String toString() {
    return UInt64.toDecimal(value);
  }
}
