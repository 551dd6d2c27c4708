package io.auriga.crypto.ssz;

import io.auriga.crypto.CryptoError;
import io.auriga.types.AurigaException;

/** Bytes that are not SSZ of their type: {@code AUR-CRYPTO-SSZ-MALFORMED}. */
public final class SszException extends AurigaException {
  private static final long serialVersionUID = 1;

  private final String path;
  private final int offset;

  public SszException(String path, int offset, String problem) {
    super(CryptoError.SSZ_MALFORMED, "read SSZ", path + " at byte " + offset + ": " + problem);
    this.path = path;
    this.offset = offset;
  }

  /** What was being read: {@code SignedBeaconBlock.message.body.attestations[3]}. */
  public String path() {
    return path;
  }

  /** Where it begins, counted from the begin of the whole value. */
  public int offset() {
    return offset;
  }
}
