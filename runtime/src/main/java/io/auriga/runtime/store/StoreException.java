package io.auriga.runtime.store;

import io.auriga.types.AurigaException;
import org.jspecify.annotations.Nullable;

/** The store could not do what was asked. */
public final class StoreException extends AurigaException {
  private static final long serialVersionUID = 1;

  private final StoreError error;
  private final boolean repeatable;

  StoreException(StoreError error, String attempted, String problem) {
    this(error, attempted, problem, null, false);
  }

  StoreException(
      StoreError error,
      String attempted,
      String problem,
      @Nullable Throwable cause,
      boolean repeatable) {
    super(error, attempted, problem, cause);
    this.error = error;
    this.repeatable = repeatable;
  }

  /** The kind of failure, for a switch. */
  public StoreError error() {
    return error;
  }

  /** Whether the database asked to run the same transaction once more. */
  boolean repeatable() {
    return repeatable;
  }
}
