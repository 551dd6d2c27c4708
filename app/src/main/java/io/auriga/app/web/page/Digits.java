package io.auriga.app.web.page;

import io.auriga.types.UInt64;
import java.math.BigInteger;

/** Numbers for people: groups of three, the same in every locale. */
public final class Digits {
  private Digits() {}

  /** An unsigned 64-bit value: {@code 12,345}. */
  public static String grouped(long unsigned) {
    return grouped(UInt64.toBigInteger(unsigned));
  }

  public static String grouped(BigInteger value) {
    String digits = value.toString();
    StringBuilder grouped = new StringBuilder(digits.length() + digits.length() / 3);
    for (int i = 0; i < digits.length(); i++) {
      if (i > 0 && (digits.length() - i) % 3 == 0) {
        grouped.append(',');
      }
      grouped.append(digits.charAt(i));
    }
    return grouped.toString();
  }

  /** {@code 1 slot}, {@code 12 slots}. */
  public static String counted(long count, String noun) {
    return grouped(count) + " " + (count == 1 ? noun : noun + "s");
  }
}
