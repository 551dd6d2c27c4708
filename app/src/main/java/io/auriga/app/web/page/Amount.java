package io.auriga.app.web.page;

import io.auriga.types.Gwei;
import io.auriga.types.UInt64;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Ether with as many digits as help, and the exact Gwei beside it.
 *
 * @param whole the digits before the point, grouped
 * @param fraction the digits after it, empty where there are none to show
 * @param exact the whole truth, for a title
 */
public record Amount(String whole, String fraction, String exact) {
  private static final int GWEI_DIGITS = 9;
  private static final int ROW_DIGITS = 6;
  private static final int TOTAL_DIGITS = 3;

  /** For a column: always six digits after the point, so that the points align. */
  public static Amount inRow(Gwei gwei) {
    return of(UInt64.toBigInteger(gwei.value()), ROW_DIGITS);
  }

  /** For one withdrawal alone: every digit. */
  public static Amount exact(Gwei gwei) {
    return of(UInt64.toBigInteger(gwei.value()), GWEI_DIGITS);
  }

  /** For a sum. */
  public static Amount total(BigInteger gwei) {
    return of(gwei, TOTAL_DIGITS);
  }

  private static Amount of(BigInteger gwei, int digits) {
    BigDecimal ether = new BigDecimal(gwei, GWEI_DIGITS);
    BigDecimal shown = ether.setScale(digits, RoundingMode.DOWN);
    String exact = Digits.grouped(gwei) + " Gwei";
    if (shown.signum() == 0 && ether.signum() > 0) {
      return new Amount("<0", "0".repeat(digits - 1) + "1", exact);
    }
    BigInteger[] parts = shown.unscaledValue().divideAndRemainder(BigInteger.TEN.pow(digits));
    String fraction = parts[1].toString();
    return new Amount(
        Digits.grouped(parts[0]), "0".repeat(digits - fraction.length()) + fraction, exact);
  }
}
