package io.auriga.sync.relay;

import java.io.IOException;

/** The consensus client left or stalled in the middle, or sent a body that is none. */
final class ClientGoneException extends Exception {
  private static final long serialVersionUID = 1;

  ClientGoneException(IOException cause) {
    super(cause);
  }
}
