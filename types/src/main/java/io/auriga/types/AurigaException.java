package io.auriga.types;

import org.jspecify.annotations.Nullable;

/**
 * A failure a person may have to act on: what was attempted and on what, what went wrong, what to
 * do, and a stable code. Modules extend it where a caller must tell failures apart.
 */
public class AurigaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient ErrorCode errorCode;
  private final String remedy;

  /**
   * @param attempted what was attempted and on what, from which "Cannot … :" reads on: {@code "read
   *     block 12 from http://localhost:5052"}
   * @param problem what went wrong: {@code "no answer within 2 s"}
   */
  public AurigaException(ErrorCode errorCode, String attempted, String problem) {
    this(errorCode, attempted, problem, errorCode.remedy(), null);
  }

  public AurigaException(
      ErrorCode errorCode, String attempted, String problem, @Nullable Throwable cause) {
    this(errorCode, attempted, problem, errorCode.remedy(), cause);
  }

  public AurigaException(
      ErrorCode errorCode,
      String attempted,
      String problem,
      String remedy,
      @Nullable Throwable cause) {
    super("Cannot " + attempted + ": " + problem, cause);
    this.errorCode = errorCode;
    this.remedy = remedy;
  }

  public final ErrorCode errorCode() {
    return errorCode;
  }

  public final String code() {
    return errorCode.code();
  }

  public final String remedy() {
    return remedy;
  }

  /** The whole message for a person: {@code AUR-…: Cannot …: …. What to do: …}. */
  public final String report() {
    return code() + ": " + getMessage() + ". What to do: " + remedy;
  }
}
