package io.auriga.types;

/** The global, gap-free counter of withdrawals over the canonical chain. Unsigned 64-bit. */
public record WithdrawalIndex(long value) implements Comparable<WithdrawalIndex> {
  public static WithdrawalIndex parseDecimal(String text) {
    return new WithdrawalIndex(UInt64.parseDecimal(text));
  }

  /**
   * The index that the next withdrawal of the chain must have. Throws {@link ArithmeticException}
   * behind the last one that there can be: the counter never begins anew.
   */
  public WithdrawalIndex next() {
    if (value == -1) {
      throw new ArithmeticException("no withdrawal index follows " + this);
    }
    return new WithdrawalIndex(value + 1);
  }

  @Override
  public int compareTo(WithdrawalIndex other) {
    return Long.compareUnsigned(value, other.value);
  }

  /** The Beacon API's form: an unsigned decimal. */
  @Override
  public String toString() {
    return UInt64.toDecimal(value);
  }
}
