package io.auriga.types;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Bytes as {@code 0x} and lower-case hex digits; both cases are read. */
public final class Hex {
  private static final HexFormat HEX = HexFormat.of();
  private static final int ABBREVIATED_LENGTH = 48;
  private static final Pattern NOT_PRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private Hex() {}

  public static String toHex(byte[] bytes) {
    return "0x" + HEX.formatHex(bytes);
  }

  public static String toHex(byte[] bytes, int offset, int length) {
    return "0x" + HEX.formatHex(bytes, offset, offset + length);
  }

  /**
   * Reads {@code 0x} and an even number of digits.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static byte[] parse(String text) {
    if (!text.startsWith("0x") || (text.length() & 1) != 0 || !isHex(text, 2)) {
      throw new IllegalArgumentException("not 0x and whole bytes in hex: " + abbreviate(text));
    }
    return HEX.parseHex(text, 2, text.length());
  }

  /**
   * Reads exactly {@code length} bytes.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static byte[] parse(String text, int length) {
    if (text.length() != 2 + 2 * length) {
      throw new IllegalArgumentException(
          "expected " + length + " bytes in hex: " + abbreviate(text));
    }
    return parse(text);
  }

  /** A text from outside, shortened so that it can stand in a message. */
  public static String abbreviate(String text) {
    String shortened =
        text.length() <= ABBREVIATED_LENGTH
            ? text
            : text.substring(0, ABBREVIATED_LENGTH) + "… (" + text.length() + " characters)";
    return '"' + printable(shortened) + '"';
  }

  /**
   * A text from outside without what a terminal or a log would act on or show as something else:
   * control and format characters of all of Unicode, and line separators, become question marks.
   */
  public static String printable(String text) {
    return NOT_PRINTABLE.matcher(text).replaceAll("?");
  }

  static boolean isHex(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }
}
