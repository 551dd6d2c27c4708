package io.auriga.withdrawals;

import io.auriga.types.AurigaException;
import io.auriga.types.Hex;
import io.auriga.withdrawals.WithdrawalFilter.Order;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last record of a page: the next one begins after it. Told as {@code n-1234-56}. */
record PageCursor(Order order, long index, long blockId) {
  private static final Pattern TEXT = Pattern.compile("([no])-([0-9]{1,18})-(-?[0-9]{1,18})");

  @Override
  public String toString() {
    return letter(order) + "-" + index + "-" + blockId;
  }

  /**
   * @throws AurigaException {@code AUR-WITHDRAWALS-BAD-CURSOR} if it was not made for this order
   */
  static PageCursor parse(String text, Order order) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw bad("it is not one: " + Hex.abbreviate(text));
    }
    if (!letter(order).equals(parts.group(1))) {
      throw bad("it belongs to a list in the other order");
    }
    return new PageCursor(order, Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
  }

  private static String letter(Order order) {
    return switch (order) {
      case NEWEST_FIRST -> "n";
      case OLDEST_FIRST -> "o";
    };
  }

  private static AurigaException bad(String problem) {
    return new AurigaException(
        WithdrawalError.BAD_CURSOR, "go on with a list of withdrawals from its cursor", problem);
  }
}
