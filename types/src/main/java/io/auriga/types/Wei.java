package io.auriga.types;

import java.math.BigInteger;

/** A non-negative amount in wei, the unit of execution-layer balances. Does not fit 64 bits. */
public record Wei(BigInteger value) implements Comparable<Wei> {
  public static final Wei ZERO = new Wei(BigInteger.ZERO);

  public Wei {
    if (value.signum() < 0) {
      throw new IllegalArgumentException("an amount of wei must not be negative: " + value);
    }
  }

  public Wei plus(Wei other) {
    return new Wei(value.add(other.value));
  }

  @Override
  public int compareTo(Wei other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
