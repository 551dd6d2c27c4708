package io.auriga.runtime.store;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table, and the columns that a bulk load fills, in the order in which a row gives them.
 *
 * @param name as in the schema
 */
public record BulkTable(String name, List<Column> columns) {
  public BulkTable {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("No columns to fill in " + name);
    }
  }

  /** The type that a column was declared with: PostgreSQL's binary form depends on it. */
  public enum Type {
    /** {@code INTEGER}. */
    INTEGER,
    /** {@code BIGINT}. */
    BIGINT,
    /** {@code BYTEA}. */
    BYTES,
    /** {@code TEXT}. */
    TEXT
  }

  /** One column to fill. */
  public record Column(String name, Type type) {
    public static Column integer(String name) {
      return new Column(name, Type.INTEGER);
    }

    public static Column bigint(String name) {
      return new Column(name, Type.BIGINT);
    }

    public static Column bytes(String name) {
      return new Column(name, Type.BYTES);
    }

    public static Column text(String name) {
      return new Column(name, Type.TEXT);
    }
  }

  String columnNames() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }
}
