package io.auriga.runtime.http;

import io.auriga.types.AurigaException;
import org.jspecify.annotations.Nullable;

/** A request that ends with an error answer. Handlers throw it; the endpoint writes it. */
public final class HttpException extends AurigaException {
  private static final long serialVersionUID = 1;

  private final HttpError error;

  public HttpException(HttpError error, String attempted, String problem) {
    this(error, attempted, problem, null);
  }

  public HttpException(
      HttpError error, String attempted, String problem, @Nullable Throwable cause) {
    super(error, attempted, problem, cause);
    this.error = error;
  }

  /** The kind of failure, with its status. */
  public HttpError error() {
    return error;
  }
}
