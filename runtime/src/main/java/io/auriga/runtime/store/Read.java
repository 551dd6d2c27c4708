package io.auriga.runtime.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One consistent look at the store: every statement sees the same committed state. Parameters are
 * {@code Long}, {@code Integer}, {@code String}, {@code byte[]} or null, for each {@code ?} in
 * turn. For one thread, and only until the work returns.
 */
public interface Read {
  /** More rows than this do not belong in a list; see {@link #forEach}. */
  int MAX_ROWS_IN_LIST = 100_000;

  /**
   * All rows in the order of the statement.
   *
   * @throws IllegalStateException beyond {@link #MAX_ROWS_IN_LIST} rows
   */
  <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters);

  /** The first row, if there is one. */
  <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters);

  /** Hands over row by row, so that a long result is never in memory as a whole. */
  void forEach(String sql, RowConsumer consumer, @Nullable Object... parameters);

  /** Makes a value of the current row. */
  @FunctionalInterface
  interface RowMapper<T> {
    T map(Row row);
  }

  /** Takes the current row. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(Row row);
  }
}
