package io.auriga.crypto.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256. An instance hashes one message after the other without allocating; it belongs to one
 * thread.
 */
public final class Sha256 {
  public static final int LENGTH = 32;

  private static final ThreadLocal<Sha256> OF_THREAD = ThreadLocal.withInitial(Sha256::new);

  private final MessageDigest digest = newDigest();

  /** The hash of the concatenated parts. */
  public static byte[] hash(byte[]... parts) {
    Sha256 sha = OF_THREAD.get();
    for (byte[] part : parts) {
      sha.update(part, 0, part.length);
    }
    byte[] hash = new byte[LENGTH];
    sha.finish(hash, 0);
    return hash;
  }

  /** Adds to the message. */
  public Sha256 update(byte[] source, int offset, int length) {
    digest.update(source, offset, length);
    return this;
  }

  /** Writes the message's hash to {@code target}; the next message begins. */
  public void finish(byte[] target, int offset) {
    try {
      digest.digest(target, offset, LENGTH);
    } catch (DigestException tooShort) {
      throw new IllegalArgumentException("no room for a hash at " + offset, tooShort);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
