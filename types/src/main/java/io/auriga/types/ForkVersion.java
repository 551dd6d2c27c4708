package io.auriga.types;

/** The four bytes that name a fork in signing domains, as the raw big-endian bits. */
public record ForkVersion(int value) {
  /**
   * Reads {@code 0x} and 8 digits.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static ForkVersion fromHex(String text) {
    byte[] bytes = Hex.parse(text, 4);
    return new ForkVersion(
        (bytes[0] & 0xff) << 24
            | (bytes[1] & 0xff) << 16
            | (bytes[2] & 0xff) << 8
            | (bytes[3] & 0xff));
  }

  @Override
  public String toString() {
    return String.format("0x%08x", value);
  }
}
