package io.auriga.types;

/** A slot number: the interval in which one block may be proposed; it may stay empty. Unsigned. */
public record Slot(long value) implements Comparable<Slot> {
  /** The largest number a slot can have, 2^64 - 1: no block will ever be there. */
  public static final Slot LAST = new Slot(-1L);

  public static Slot parseDecimal(String text) {
    return new Slot(UInt64.parseDecimal(text));
  }

  /** The slot after this one. */
  public Slot next() {
    return plus(1);
  }

  /** Throws {@link ArithmeticException} when the sum does not fit 64 unsigned bits. */
  public Slot plus(long slots) {
    long sum = value + slots;
    if (Long.compareUnsigned(sum, value) < 0) {
      throw new ArithmeticException(
          "slot overflow: " + this + " + " + Long.toUnsignedString(slots));
    }
    return new Slot(sum);
  }

  public boolean isAfter(Slot other) {
    return compareTo(other) > 0;
  }

  public boolean isBefore(Slot other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Slot other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** The Beacon API's form: an unsigned decimal. */
  @Override
  public String toString() {
    return UInt64.toDecimal(value);
  }
}
