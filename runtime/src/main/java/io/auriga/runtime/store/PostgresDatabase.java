package io.auriga.runtime.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL by URL. Transactions are {@code SERIALIZABLE}, so that two processes which overlap see
 * a failure to repeat and never a mixture; reads are {@code REPEATABLE READ} and read-only.
 */
final class PostgresDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

  /** Writers queue in the database; more connections would only queue there instead of here. */
  private static final int WRITERS = 4;

  private static final Duration CONNECT_WAIT = Duration.ofSeconds(10);

  /** What a network may take beyond the time a statement is given before it counts as dead. */
  private static final Duration NETWORK_GRACE = Duration.ofSeconds(30);

  /** The advisory lock under which one process migrates at a time: "AURIGA" in ASCII. */
  private static final long MIGRATION_LOCK = 0x415552494741L;

  private final PostgresUrl url;
  private final StoreConfig config;
  private final Properties properties;
  private final @Nullable HikariDataSource writers;
  private final HikariDataSource readers;

  private PostgresDatabase(
      PostgresUrl url, StoreConfig config, @Nullable String password, boolean readOnly) {
    this.url = url;
    this.config = config;
    this.properties = url.properties();
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("connectTimeout", Long.toString(CONNECT_WAIT.toSeconds()));
    properties.setProperty("loginTimeout", Long.toString(CONNECT_WAIT.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("ApplicationName", "auriga");
    this.writers =
        readOnly
            ? null
            : pool(WRITERS, "TRANSACTION_SERIALIZABLE", false, config.writeTimeout(), "write");
    this.readers =
        pool(config.readers(), "TRANSACTION_REPEATABLE_READ", true, config.readTimeout(), "read");
  }

  static PostgresDatabase open(
      PostgresUrl url, StoreConfig config, @Nullable String password, boolean readOnly) {
    return new PostgresDatabase(url, config, password, readOnly);
  }

  private HikariDataSource pool(
      int size, String isolation, boolean readOnly, Duration statementLimit, String name) {
    HikariConfig hikari = new HikariConfig();
    hikari.setJdbcUrl(url.jdbc());
    Properties withTimeout = new Properties();
    withTimeout.putAll(properties);
    withTimeout.setProperty(
        "socketTimeout", Long.toString(statementLimit.plus(NETWORK_GRACE).toSeconds()));
    hikari.setDataSourceProperties(withTimeout);
    hikari.setMaximumPoolSize(size);
    hikari.setMinimumIdle(0);
    hikari.setConnectionTimeout(config.turn().toMillis());
    hikari.setInitializationFailTimeout(-1);
    hikari.setAutoCommit(false);
    hikari.setTransactionIsolation(isolation);
    hikari.setReadOnly(readOnly);
    hikari.setConnectionInitSql(
        "SET statement_timeout = "
            + statementLimit.toMillis()
            + "; SET idle_in_transaction_session_timeout = "
            + statementLimit.plus(NETWORK_GRACE).toMillis());
    hikari.setPoolName("auriga-store-" + name);
    return new HikariDataSource(hikari);
  }

  @Override
  public String where() {
    return url.shown();
  }

  @Override
  public <T> T write(TransactionWork<T> work) {
    if (writers == null) {
      throw new StoreException(
          StoreError.READ_ONLY, "write to " + url.shown(), "it is open for reading only");
    }
    try (Connection connection = writers.getConnection()) {
      return attempt(connection, work);
    } catch (SQLException failure) {
      throw failure("write to the store", failure);
    }
  }

  @Override
  public <T> T migrate(TransactionWork<T> work) {
    try (Connection connection = DriverManager.getConnection(url.jdbc(), properties)) {
      connection.setAutoCommit(false);
      return attempt(
          connection,
          transaction -> {
            transaction.first(
                "SELECT CAST(pg_advisory_xact_lock(?) AS TEXT) AS taken",
                row -> "taken",
                MIGRATION_LOCK);
            return work.run(transaction);
          });
    } catch (SQLException failure) {
      throw failure("open the store", failure);
    }
  }

  private <T> T attempt(Connection connection, TransactionWork<T> work) throws SQLException {
    boolean committed = false;
    try {
      T result = new JdbcTransaction(connection, this, () -> {}).run(work);
      connection.commit();
      committed = true;
      return result;
    } finally {
      if (!committed) {
        undo(connection);
      }
    }
  }

  @Override
  public <T> T read(ReadWork<T> work) {
    try (Connection connection = readers.getConnection()) {
      try {
        return new JdbcTransaction(connection, this, () -> {}).run(work::run);
      } finally {
        undo(connection);
      }
    } catch (SQLException failure) {
      throw failure("read the store", failure);
    }
  }

  private static void undo(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException broken) {
      // The pool finds the connection broken and drops it, and the server undoes by itself; the
      // failure that led here is the one to report.
      LOG.atDebug().setCause(broken).log("Connection broken before its transaction was undone");
    }
  }

  @Override
  public String tableExistsSql() {
    return "SELECT 1 AS found FROM pg_catalog.pg_tables"
        + " WHERE schemaname = current_schema() AND tablename = ?";
  }

  @Override
  public StoreException failure(String attempted, SQLException cause) {
    SQLException telling = telling(cause);
    String state = telling.getSQLState() == null ? "" : telling.getSQLState();
    StoreError error =
        switch (state) {
          case "53100" -> StoreError.DISK_FULL;
          case "58030" -> StoreError.DISK_FAILED;
          case "3D000" -> StoreError.MISSING;
          case "42501" -> StoreError.NO_PERMISSION;
          case "57014" -> StoreError.TIMEOUT;
          case "55P03" -> StoreError.LOCKED;
          case "40001", "40P01" -> StoreError.BUSY;
          case "25006" -> StoreError.READ_ONLY;
          case "53300", "57P01", "57P02", "57P03" -> StoreError.UNREACHABLE;
          default -> byClass(state, telling);
        };
    boolean repeatable = state.equals("40001") || state.equals("40P01");
    return new StoreException(
        error,
        attempted + " (" + url.shown() + ")",
        String.valueOf(telling.getMessage()).replaceAll("\\s+", " "),
        cause,
        repeatable);
  }

  private static StoreError byClass(String state, SQLException cause) {
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08" -> StoreError.UNREACHABLE;
      case "23" -> StoreError.CONFLICT;
      case "28" -> StoreError.NO_PERMISSION;
      case "XX" -> StoreError.CORRUPT;
      default ->
          cause instanceof SQLTransientConnectionException ? StoreError.BUSY : StoreError.FAILED;
    };
  }

  /** The server's own words: the pool and a batch wrap them. */
  private static SQLException telling(SQLException cause) {
    SQLException telling = cause;
    Throwable next = cause;
    // Bounded, because chains of causes may be circular.
    for (int depth = 0; depth < 8 && next != null; depth++) {
      if (next instanceof SQLException sql && sql.getSQLState() != null) {
        telling = sql;
      }
      next =
          next instanceof BatchUpdateException batch && batch.getNextException() != null
              ? batch.getNextException()
              : next.getCause();
    }
    return telling;
  }

  @Override
  public void close() {
    if (writers != null) {
      writers.close();
    }
    readers.close();
  }
}
