package io.auriga.types;

import java.math.BigInteger;

/**
 * The wire forms of {@code uint64}: decimal strings in the Beacon API, {@code 0x} quantities in
 * JSON-RPC. The {@code long} carries the raw 64 bits.
 */
public final class UInt64 {
  private static final int DECIMAL_DIGITS_MAX = 20;
  private static final int HEX_DIGITS_MAX = 16;

  private UInt64() {}

  /**
   * Parses the Beacon API's form, digits only.
   *
   * @throws IllegalArgumentException if it is anything else or does not fit 64 bits
   */
  public static long parseDecimal(String text) {
    if (text.isEmpty() || text.length() > DECIMAL_DIGITS_MAX || !isDigits(text)) {
      throw new IllegalArgumentException("not a decimal uint64: " + Hex.abbreviate(text));
    }
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException tooLarge) {
      throw new IllegalArgumentException("does not fit 64 bits: " + text, tooLarge);
    }
  }

  /**
   * Parses the JSON-RPC form: {@code 0x}, at least one digit, no leading zeros.
   *
   * @throws IllegalArgumentException if it is anything else or does not fit 64 bits
   */
  public static long parseQuantity(String text) {
    boolean wellFormed =
        text.length() >= 3
            && text.startsWith("0x")
            && (text.charAt(2) != '0' || text.length() == 3)
            && Hex.isHex(text, 2);
    if (!wellFormed) {
      throw new IllegalArgumentException(
          "not a 0x quantity without leading zeros: " + Hex.abbreviate(text));
    }
    if (text.length() - 2 > HEX_DIGITS_MAX) {
      throw new IllegalArgumentException("does not fit 64 bits: " + Hex.abbreviate(text));
    }
    return Long.parseUnsignedLong(text, 2, text.length(), 16);
  }

  public static String toDecimal(long value) {
    return Long.toUnsignedString(value);
  }

  public static String toQuantity(long value) {
    return "0x" + Long.toHexString(value);
  }

  public static BigInteger toBigInteger(long value) {
    BigInteger low = BigInteger.valueOf(value & Long.MAX_VALUE);
    return value < 0 ? low.setBit(63) : low;
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
