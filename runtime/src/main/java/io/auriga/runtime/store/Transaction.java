package io.auriga.runtime.store;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * One atomic change. A statement that failed dooms the whole: even if the work catches the
 * exception, nothing is committed.
 */
public interface Transaction extends Read {
  /** Runs a statement that changes rows, and says how many. */
  int update(String sql, @Nullable Object... parameters);

  /** Runs one statement for each item, in few round trips. */
  <T> void batch(String sql, Collection<T> items, Binder<T> binder);

  /**
   * Appends many rows in the fastest way that the database has: {@code COPY} or a prepared
   * statement. A row whose key is there already fails the whole.
   */
  void load(BulkTable table, BulkRows.Source source);

  /** Gives the values of one item to the {@code ?} of a statement, in their order. */
  @FunctionalInterface
  interface Binder<T> {
    void bind(Parameters parameters, T item);
  }
}
