package io.auriga.chain.era;

import io.auriga.types.AurigaException;
import org.jspecify.annotations.Nullable;

/** An era file that cannot be used, or not here; nothing else was touched. */
public final class EraException extends AurigaException {
  private static final long serialVersionUID = 1;

  private final EraError error;

  EraException(EraError error, String attempted, String problem) {
    this(error, attempted, problem, null);
  }

  EraException(EraError error, String attempted, String problem, @Nullable Throwable cause) {
    super(error, attempted, problem, cause);
    this.error = error;
  }

  public EraError error() {
    return error;
  }
}
