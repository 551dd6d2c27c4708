package io.auriga.clients;

/** A running delivery of events; after {@code close} at most the event under way is delivered. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
