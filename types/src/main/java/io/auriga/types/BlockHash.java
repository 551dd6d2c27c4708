package io.auriga.types;

/**
 * The Keccak-256 of an execution header: the identity of an execution block. Not a {@link Root}.
 */
public final class BlockHash extends Hash32 {
  public static final BlockHash ZERO = new BlockHash(new byte[LENGTH], 0);

  private BlockHash(byte[] source, int offset) {
    super(source, offset);
  }

  /** Copies exactly 32 bytes. */
  public static BlockHash of(byte[] bytes) {
    return new BlockHash(require32(bytes), 0);
  }

  /** Copies the 32 bytes that begin at {@code offset}. */
  public static BlockHash at(byte[] source, int offset) {
    return new BlockHash(source, offset);
  }

  /**
   * Reads {@code 0x} and 64 digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static BlockHash fromHex(String text) {
    return new BlockHash(Hex.parse(text, LENGTH), 0);
  }
}
