package io.auriga.runtime.store;

/**
 * What to do in one transaction. PostgreSQL may ask to run it again from the start, so it changes
 * nothing but the store.
 */
@FunctionalInterface
public interface TransactionWork<T> {
  T run(Transaction transaction);
}
