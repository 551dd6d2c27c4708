package io.auriga.app.web.page;

/** One withdrawal as a line of a table. */
public record WithdrawalRow(
    String key,
    String index,
    String indexText,
    String validator,
    String address,
    Amount amount,
    String slot,
    String slotText,
    String blockRoot,
    String blockNumberText,
    Moment time,
    StageChip stage,
    KindLabel kind,
    boolean orphaned) {
  private static final int HEAD = 8;
  private static final int TAIL = 6;

  public String shortAddress() {
    return shorten(address);
  }

  /** Both ends of a long hex text, which is what people compare. */
  public static String shorten(String hex) {
    return hex.length() <= HEAD + TAIL + 1
        ? hex
        : hex.substring(0, HEAD) + "…" + hex.substring(hex.length() - TAIL);
  }
}
