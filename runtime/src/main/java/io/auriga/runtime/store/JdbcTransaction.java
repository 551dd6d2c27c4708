package io.auriga.runtime.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The small amount of JDBC that both databases share. Used by one thread at a time. */
final class JdbcTransaction implements Transaction {
  /** Rows that PostgreSQL sends at once; enough to hide a round trip, little to hold. */
  private static final int FETCH_ROWS = 500;

  /** Items that one round trip carries; bounds what the driver keeps in memory. */
  private static final int BATCH_ITEMS = 1_000;

  private static final int SQL_SHOWN = 120;

  private final Connection connection;
  private final Database database;
  private final Runnable beforeStep;
  private @Nullable RuntimeException doom;

  /**
   * @param beforeStep called before each piece of the database's work, to restart its time limit
   */
  JdbcTransaction(Connection connection, Database database, Runnable beforeStep) {
    this.connection = connection;
    this.database = database;
    this.beforeStep = beforeStep;
  }

  /** Runs the work, and refuses its result if a statement had failed within. */
  <T> T run(TransactionWork<T> work) {
    T result = work.run(this);
    if (doom != null) {
      throw doom;
    }
    return result;
  }

  @Override
  public int update(String sql, @Nullable Object... parameters) {
    return with(
        sql,
        parameters,
        statement -> {
          beforeStep.run();
          return statement.executeUpdate();
        });
  }

  @Override
  public <T> void batch(String sql, Collection<T> items, Binder<T> binder) {
    if (items.isEmpty()) {
      return;
    }
    with(
        sql,
        new Object[0],
        statement -> {
          Parameters parameters = new Parameters(statement, database);
          int waiting = 0;
          for (T item : items) {
            parameters.restart();
            binder.bind(parameters, item);
            statement.addBatch();
            if (++waiting == BATCH_ITEMS) {
              beforeStep.run();
              statement.executeBatch();
              waiting = 0;
            }
          }
          if (waiting > 0) {
            beforeStep.run();
            statement.executeBatch();
          }
          return items.size();
        });
  }

  @Override
  public void load(BulkTable table, BulkRows.Source source) {
    if (doom != null) {
      throw doom;
    }
    boolean loaded = false;
    @Nullable BulkSink sink = null;
    try {
      beforeStep.run();
      sink = database.bulk(connection, table, beforeStep);
      source.give(sink);
      sink.requireWholeRows();
      beforeStep.run();
      sink.finish();
      loaded = true;
    } catch (SQLException failure) {
      throw database.failure("load rows into " + table.name(), failure);
    } finally {
      if (!loaded) {
        if (sink != null) {
          sink.abandon();
        }
        doom = new IllegalStateException("Loading rows into " + table.name() + " failed before");
      }
    }
  }

  @Override
  public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    List<T> rows = new ArrayList<>();
    forEach(
        sql,
        row -> {
          if (rows.size() == MAX_ROWS_IN_LIST) {
            throw new IllegalStateException(
                "More than " + MAX_ROWS_IN_LIST + " rows; read them one by one: " + shown(sql));
          }
          rows.add(mapper.map(row));
        },
        parameters);
    return rows;
  }

  @Override
  public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
    return with(
        sql,
        parameters,
        statement -> {
          beforeStep.run();
          try (ResultSet result = statement.executeQuery()) {
            return result.next()
                ? Optional.of(mapper.map(new Row(result, database)))
                : Optional.empty();
          }
        });
  }

  @Override
  public void forEach(String sql, RowConsumer consumer, @Nullable Object... parameters) {
    with(
        sql,
        parameters,
        statement -> {
          statement.setFetchSize(FETCH_ROWS);
          beforeStep.run();
          try (ResultSet result = statement.executeQuery()) {
            Row row = new Row(result, database);
            int rows = 0;
            while (result.next()) {
              consumer.accept(row);
              rows++;
              beforeStep.run();
            }
            return rows;
          }
        });
  }

  private <T> T with(String sql, @Nullable Object[] parameters, StatementWork<T> work) {
    if (doom != null) {
      throw doom;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Parameters target = new Parameters(statement, database);
      for (Object parameter : parameters) {
        target.value(parameter);
      }
      return work.run(statement);
    } catch (SQLException failure) {
      doom = database.failure("run \"" + shown(sql) + "\"", failure);
      throw doom;
    }
  }

  private static String shown(String sql) {
    String line = sql.strip().replaceAll("\\s+", " ");
    return line.length() <= SQL_SHOWN ? line : line.substring(0, SQL_SHOWN) + "…";
  }

  @FunctionalInterface
  private interface StatementWork<T> {
    T run(PreparedStatement statement) throws SQLException;
  }
}
