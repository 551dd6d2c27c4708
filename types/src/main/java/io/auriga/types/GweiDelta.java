package io.auriga.types;

/**
 * What changes a balance, in Gwei: a reward, or less than nothing for a penalty. Signed 64-bit, as
 * the Beacon API's rewards are.
 */
public record GweiDelta(long value) implements Comparable<GweiDelta> {
  public static final GweiDelta ZERO = new GweiDelta(0);

  private static final int DIGITS_MAX = 19;

  /**
   * Parses the Beacon API's form: digits, with a minus before them if it is a penalty.
   *
   * @throws IllegalArgumentException if it is anything else or does not fit 64 bits
   */
  public static GweiDelta parseDecimal(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    boolean wellFormed =
        !digits.isEmpty()
            && digits.length() <= DIGITS_MAX
            && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    if (!wellFormed) {
      throw new IllegalArgumentException("not a decimal int64: " + Hex.abbreviate(text));
    }
    try {
      return new GweiDelta(Long.parseLong(text));
    } catch (NumberFormatException tooLarge) {
      throw new IllegalArgumentException("does not fit 64 bits: " + text, tooLarge);
    }
  }

  /** Throws {@link ArithmeticException} on overflow; a wrapped sum must never be reported. */
  public GweiDelta plus(GweiDelta other) {
    return new GweiDelta(Math.addExact(value, other.value));
  }

  @Override
  public int compareTo(GweiDelta other) {
    return Long.compare(value, other.value);
  }

  /** The Beacon API's form. */
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
