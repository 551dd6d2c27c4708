package io.auriga.crypto.hash;

import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * Keccak-256 as the execution layer uses it (not SHA3-256: the padding differs). An instance hashes
 * one message after the other without allocating; it belongs to one thread.
 */
public final class Keccak256 {
  public static final int LENGTH = 32;

  private static final ThreadLocal<Keccak256> OF_THREAD = ThreadLocal.withInitial(Keccak256::new);

  private final KeccakDigest digest = new KeccakDigest(LENGTH * Byte.SIZE);

  /** The hash of the concatenated parts. */
  public static byte[] hash(byte[]... parts) {
    Keccak256 keccak = OF_THREAD.get();
    for (byte[] part : parts) {
      keccak.update(part, 0, part.length);
    }
    byte[] hash = new byte[LENGTH];
    keccak.finish(hash, 0);
    return hash;
  }

  /** Adds to the message. */
  public Keccak256 update(byte[] source, int offset, int length) {
    digest.update(source, offset, length);
    return this;
  }

  /** Writes the message's hash to {@code target}; the next message begins. */
  public void finish(byte[] target, int offset) {
    digest.doFinal(target, offset);
  }
}
