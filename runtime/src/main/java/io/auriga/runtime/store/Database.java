package io.auriga.runtime.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What differs between the two databases: connections, beginning, ending, and their failures. */
sealed interface Database extends AutoCloseable permits SqliteDatabase, PostgresDatabase {
  /** The store as a person knows it, without secrets. */
  String where();

  /** One attempt at a transaction. */
  <T> T write(TransactionWork<T> work);

  /** As {@link #write}, but without a time limit, and also where there is no table yet. */
  <T> T migrate(TransactionWork<T> work);

  <T> T read(ReadWork<T> work);

  /**
   * Takes the right of the other writer as well, so that nobody else writes.
   *
   * @throws StoreException {@code AUR-STORE-LOCKED} if another process has it
   */
  Claim claimOther();

  /** Whether the other writer's right is taken at this moment. */
  boolean isShared();

  /** Makes a part of a table where it is missing. */
  void cover(PartitionedTable table, long part);

  /** Looks anew at what lies in these tables, where plans depend on it. */
  void refreshStatistics(List<String> tables);

  /** Begins to load rows inside a transaction. */
  BulkSink bulk(Connection connection, BulkTable table, Runnable beforeStep) throws SQLException;

  /** The name in the file names of migrations that are for this database alone. */
  String dialect();

  /** A query with one parameter that has a row if the table of that name exists. */
  String tableExistsSql();

  /** The failure for a person. */
  StoreException failure(String attempted, SQLException cause);

  @Override
  void close();

  /** Runs one plain statement. */
  static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
