package io.auriga.chain;

import io.auriga.types.AurigaException;

/** The chain cannot be followed further for now; nothing unverified or out of order was stored. */
public final class ChainException extends AurigaException {
  private static final long serialVersionUID = 1;

  private final ChainError error;

  public ChainException(ChainError error, String attempted, String problem) {
    super(error, attempted, problem);
    this.error = error;
  }

  ChainException(ChainError error, String attempted, Throwable cause) {
    super(error, attempted, String.valueOf(cause), cause);
    this.error = error;
  }

  public ChainError error() {
    return error;
  }
}
