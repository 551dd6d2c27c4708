package io.auriga.crypto.committee;

import io.auriga.types.AurigaException;

/** An attestation or a list of committees that cannot be, with a {@link CommitteeError}. */
public final class CommitteeException extends AurigaException {
  private static final long serialVersionUID = 1;

  private final CommitteeError error;

  CommitteeException(CommitteeError error, String attempted, String problem) {
    super(error, attempted, problem);
    this.error = error;
  }

  public CommitteeError error() {
    return error;
  }
}
