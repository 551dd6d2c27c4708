package io.auriga.runtime.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collections;

/** Rows into SQLite: one prepared statement, run for each row. */
final class SqliteInsert extends BulkSink {
  /** Rows between two looks at the time limit, and in the driver's memory. */
  private static final int ROWS_AT_ONCE = 1_000;

  private final PreparedStatement statement;
  private final Database database;
  private final Runnable beforeStep;
  private int waiting;

  SqliteInsert(Connection connection, BulkTable table, Database database, Runnable beforeStep)
      throws SQLException {
    super(table);
    this.database = database;
    this.beforeStep = beforeStep;
    String values = String.join(", ", Collections.nCopies(table.columns().size(), "?"));
    this.statement =
        connection.prepareStatement(
            "INSERT INTO %s (%s) VALUES (%s)".formatted(table.name(), table.columnNames(), values));
  }

  @Override
  public BulkRows number(long value) {
    var _ = next(BulkTable.Type.BIGINT);
    return bind(() -> statement.setLong(place(), value));
  }

  @Override
  public BulkRows bytes(byte[] data, int offset, int length) {
    var _ = next(BulkTable.Type.BYTES);
    byte[] value =
        offset == 0 && length == data.length
            ? data
            : Arrays.copyOfRange(data, offset, offset + length);
    return bind(() -> statement.setBytes(place(), value));
  }

  @Override
  public BulkRows text(String value) {
    var _ = next(BulkTable.Type.TEXT);
    return bind(() -> statement.setString(place(), value));
  }

  @Override
  public BulkRows nothing() {
    skip();
    return bind(() -> statement.setNull(place(), Types.NULL));
  }

  private BulkRows bind(Step step) {
    try {
      step.run();
      if (rowIsWhole()) {
        statement.addBatch();
        if (++waiting == ROWS_AT_ONCE) {
          run();
        }
      }
    } catch (SQLException failure) {
      throw database.failure("load a row", failure);
    }
    return this;
  }

  private void run() throws SQLException {
    beforeStep.run();
    statement.executeBatch();
    waiting = 0;
  }

  @Override
  void finish() throws SQLException {
    if (waiting > 0) {
      run();
    }
    statement.close();
  }

  @Override
  void abandon() {
    try {
      statement.close();
    } catch (SQLException broken) {
      // The transaction is undone in any case, and the failure that led here is the one to report.
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws SQLException;
  }
}
