package io.auriga.runtime.store;

/** What to find out in one consistent look. */
@FunctionalInterface
public interface ReadWork<T> {
  T run(Read read);
}
