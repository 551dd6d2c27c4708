package io.auriga.sync.relay.http;

import java.io.IOException;

/** A peer sent what is not HTTP/1.1, or what could be read in two ways. */
public final class MalformedHttpException extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  MalformedHttpException(String problem) {
    this(400, problem);
  }

  MalformedHttpException(int status, String problem) {
    super(problem);
    this.status = status;
  }

  /** The HTTP status for the one who sent it. */
  public int status() {
    return status;
  }
}
