package io.auriga.clients.http;

import java.time.Duration;

/** Is told how long exchanges with a node take, on the threads that ask: it has to be quick. */
public interface ExchangeObserver {
  /** Nobody looks. */
  ExchangeObserver NONE = new ExchangeObserver() {};

  /** A whole answer came, whatever its status. */
  default void exchanged(HttpAnswer answer, ExchangeTiming timing) {}

  /** A small JSON message was made sense of; large ones are read as they stream. */
  default void decoded(Duration took) {}
}
