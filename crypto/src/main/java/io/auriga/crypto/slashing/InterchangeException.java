package io.auriga.crypto.slashing;

import io.auriga.crypto.CryptoError;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import org.jspecify.annotations.Nullable;

/** An interchange that cannot be used: not of the format, or of another chain. */
public final class InterchangeException extends AurigaException {
  private static final long serialVersionUID = 1;

  private final String problem;

  private InterchangeException(CryptoError error, String problem, @Nullable Throwable cause) {
    super(error, "use the slashing protection interchange", problem, cause);
    this.problem = problem;
  }

  static InterchangeException malformed(String problem) {
    return new InterchangeException(CryptoError.INTERCHANGE_MALFORMED, problem, null);
  }

  static InterchangeException malformed(String problem, Throwable cause) {
    return new InterchangeException(CryptoError.INTERCHANGE_MALFORMED, problem, cause);
  }

  static InterchangeException otherChain(Root wanted, Root found) {
    return new InterchangeException(
        CryptoError.INTERCHANGE_OTHER_CHAIN,
        "its genesis_validators_root is " + found + ", not " + wanted,
        null);
  }

  /** What is wrong with it, without what was attempted. */
  public String problem() {
    return problem;
  }
}
