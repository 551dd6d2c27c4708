package io.auriga.runtime.store;

/**
 * An index that a large load can do without until its end, where keeping it in order row by row
 * would cost more the longer the table is: its places are all over the tree, and in SQLite a load
 * then writes most of the index anew with every transaction.
 *
 * @param name as in the schema
 * @param columns of the table, in order
 */
public record LateIndex(String name, String table, String columns) {
  String dropSql() {
    return "DROP INDEX IF EXISTS " + name;
  }

  String createSql() {
    return "CREATE INDEX IF NOT EXISTS %s ON %s (%s)".formatted(name, table, columns);
  }
}
