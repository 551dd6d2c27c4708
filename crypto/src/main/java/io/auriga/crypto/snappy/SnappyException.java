package io.auriga.crypto.snappy;

import io.auriga.crypto.CryptoError;
import io.auriga.types.AurigaException;

/** Bytes that are not Snappy, or unpack to too much: {@code AUR-CRYPTO-SNAPPY-MALFORMED}. */
public final class SnappyException extends AurigaException {
  private static final long serialVersionUID = 1;

  private final String problem;

  SnappyException(String problem) {
    super(CryptoError.SNAPPY_MALFORMED, "unpack Snappy", problem);
    this.problem = problem;
  }

  SnappyException(String problem, int offset) {
    this(problem + " (at byte " + offset + ")");
  }

  /** What is wrong, for a sentence that says itself what was being read. */
  public String problem() {
    return problem;
  }
}
