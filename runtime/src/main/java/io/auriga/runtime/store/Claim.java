package io.auriga.runtime.store;

/** The right to write that is held for a while; closing gives it back. */
interface Claim extends AutoCloseable {
  @Override
  void close();
}
