package io.auriga.crypto.rlp;

import io.auriga.crypto.CryptoError;
import io.auriga.types.AurigaException;

/** Bytes that are not RLP in its one allowed form: {@code AUR-CRYPTO-RLP-MALFORMED}. */
public final class RlpException extends AurigaException {
  private static final long serialVersionUID = 1;

  private final int offset;

  public RlpException(int offset, String problem) {
    super(CryptoError.RLP_MALFORMED, "read RLP", problem + " at byte " + offset);
    this.offset = offset;
  }

  /** Where in the array that was read. */
  public int offset() {
    return offset;
  }
}
