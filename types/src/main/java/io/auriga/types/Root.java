package io.auriga.types;

/**
 * A 32-byte root or digest of the consensus layer (an SSZ hash-tree-root), or a Merkle-Patricia
 * root. Never a block hash of the execution layer, which is a {@link BlockHash}.
 */
public final class Root extends Hash32 {
  public static final Root ZERO = new Root(new byte[LENGTH], 0);

  private Root(byte[] source, int offset) {
    super(source, offset);
  }

  /** Copies exactly 32 bytes. */
  public static Root of(byte[] bytes) {
    return new Root(require32(bytes), 0);
  }

  /** Copies the 32 bytes that begin at {@code offset}. */
  public static Root at(byte[] source, int offset) {
    return new Root(source, offset);
  }

  /**
   * Reads {@code 0x} and 64 digits of either case.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static Root fromHex(String text) {
    return new Root(Hex.parse(text, LENGTH), 0);
  }
}
