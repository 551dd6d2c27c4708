package io.auriga.types;

import java.math.BigInteger;

/**
 * An amount in Gwei (10^-9 ether), the unit of every consensus-layer balance and of the withdrawals
 * inside an execution payload. Unsigned 64-bit.
 */
public record Gwei(long value) implements Comparable<Gwei> {
  public static final Gwei ZERO = new Gwei(0);

  private static final long GWEI_PER_ETHER = 1_000_000_000;
  private static final BigInteger WEI_PER_GWEI = BigInteger.valueOf(1_000_000_000);

  public static Gwei parseDecimal(String text) {
    return new Gwei(UInt64.parseDecimal(text));
  }

  /** Throws {@link ArithmeticException} for less than nothing and for more than there can be. */
  public static Gwei ofEther(long ether) {
    if (ether < 0) {
      throw new ArithmeticException("not an amount of ether: " + ether);
    }
    return new Gwei(Math.multiplyExact(ether, GWEI_PER_ETHER));
  }

  /** Throws {@link ArithmeticException} on overflow; a wrapped balance must never be reported. */
  public Gwei plus(Gwei other) {
    long sum = value + other.value;
    if (Long.compareUnsigned(sum, value) < 0) {
      throw new ArithmeticException("Gwei overflow: " + this + " + " + other);
    }
    return new Gwei(sum);
  }

  /** Exact: every amount of Gwei is a whole number of wei. */
  public Wei toWei() {
    return new Wei(UInt64.toBigInteger(value).multiply(WEI_PER_GWEI));
  }

  /** The amount in ether, exact, without trailing zeros: {@code 32} or {@code 0.018204519}. */
  public String toEtherString() {
    return new java.math.BigDecimal(UInt64.toBigInteger(value), 9)
        .stripTrailingZeros()
        .toPlainString();
  }

  @Override
  public int compareTo(Gwei other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** The Beacon API's form: an unsigned decimal. */
  @Override
  public String toString() {
    return UInt64.toDecimal(value);
  }
}
