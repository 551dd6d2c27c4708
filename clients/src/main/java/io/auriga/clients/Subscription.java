package io.auriga.clients;

/** A running delivery of events; after {@code close} returns no further event is begun. */
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
