package io.auriga.types;

/** The Keccak-256 of a signed transaction: its identity on the execution layer. */
public final class TransactionHash extends Hash32 {
  private TransactionHash(byte[] source, int offset) {
    super(source, offset);
  }

  /** Copies exactly 32 bytes. */
  public static TransactionHash of(byte[] bytes) {
    return new TransactionHash(require32(bytes), 0);
  }

  /**
   * Reads {@code 0x} and 64 digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static TransactionHash fromHex(String text) {
    return new TransactionHash(Hex.parse(text, LENGTH), 0);
  }
}
