package io.auriga.runtime.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL by URL. One connection writes, see {@link PostgresWriter}; a few others read.
 * Transactions are {@code SERIALIZABLE}, so that a foreign tool which overlaps makes them fail to
 * repeat and never mixes with them; reads are {@code REPEATABLE READ} and read-only.
 *
 * <p>Two processes that write take turns: each transaction begins with a lock on a table, which the
 * server hands on in the order in which it was asked for. No snapshot is taken before it is had, so
 * that neither ever fails to be ordered against the other.
 */
final class PostgresDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

  /** Readers do not wait for it. */
  private static final String TAKE_TURN = "LOCK TABLE store_identity IN SHARE ROW EXCLUSIVE MODE";

  private static final Duration CONNECT_WAIT = Duration.ofSeconds(10);

  /** What a network may take beyond the time a statement is given before it counts as dead. */
  private static final Duration NETWORK_GRACE = Duration.ofSeconds(30);

  /**
   * A page is the begin of an index in its order. Where the server takes a name for a rare one
   * (before it has statistics, or because a prepared statement is for all names), it would rather
   * collect all rows of the name by a bitmap and sort them: seconds, for an address with millions.
   */
  private static final String IN_ORDER = "SET enable_bitmapscan = off";

  private final PostgresUrl url;
  private final StoreConfig config;
  private final @Nullable PostgresWriter writer;
  private final ReentrantLock writerTurn = new ReentrantLock(true);
  private final HikariDataSource readers;
  private volatile boolean closed;

  private PostgresDatabase(
      PostgresUrl url, StoreConfig config, @Nullable String password, boolean readOnly) {
    this.url = url;
    this.config = config;
    this.writer =
        readOnly
            ? null
            : new PostgresWriter(
                Writer.of(config),
                url,
                properties(url, password, config.writeTimeout()),
                limits(config.writeTimeout()));
    this.readers = readers(url, password, config);
  }

  static PostgresDatabase open(
      PostgresUrl url, StoreConfig config, @Nullable String password, boolean readOnly) {
    return new PostgresDatabase(url, config, password, readOnly);
  }

  private static Properties properties(
      PostgresUrl url, @Nullable String password, Duration statementLimit) {
    Properties properties = url.properties();
    if (password != null) {
      properties.setProperty("password", password);
    }
    properties.setProperty("connectTimeout", Long.toString(CONNECT_WAIT.toSeconds()));
    properties.setProperty("loginTimeout", Long.toString(CONNECT_WAIT.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("ApplicationName", "auriga");
    properties.setProperty(
        "socketTimeout", Long.toString(statementLimit.plus(NETWORK_GRACE).toSeconds()));
    return properties;
  }

  private static String limits(Duration statementLimit) {
    return "SET statement_timeout = "
        + statementLimit.toMillis()
        + "; SET idle_in_transaction_session_timeout = "
        + statementLimit.plus(NETWORK_GRACE).toMillis();
  }

  private static HikariDataSource readers(
      PostgresUrl url, @Nullable String password, StoreConfig config) {
    HikariConfig hikari = new HikariConfig();
    hikari.setJdbcUrl(url.jdbc());
    hikari.setDataSourceProperties(properties(url, password, config.readTimeout()));
    hikari.setMaximumPoolSize(config.readers());
    hikari.setMinimumIdle(0);
    hikari.setConnectionTimeout(config.turn().toMillis());
    hikari.setInitializationFailTimeout(-1);
    hikari.setAutoCommit(false);
    hikari.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    hikari.setReadOnly(true);
    hikari.setConnectionInitSql(limits(config.readTimeout()) + "; " + IN_ORDER);
    // Otherwise the limits would be undone together with the first read.
    hikari.setIsolateInternalQueries(true);
    hikari.setPoolName("auriga-store-read");
    return new HikariDataSource(hikari);
  }

  @Override
  public String where() {
    return url.shown();
  }

  @Override
  public <T> T write(TransactionWork<T> work) {
    return write(
        "write to the store",
        config.writeTimeout().plus(NETWORK_GRACE),
        transaction -> {
          int _ = transaction.update(TAKE_TURN);
          return work.run(transaction);
        });
  }

  @Override
  public <T> T migrate(TransactionWork<T> work) {
    return write(
        "open the store",
        Duration.ZERO,
        transaction -> {
          int _ = transaction.update("SET LOCAL statement_timeout = 0");
          int _ = transaction.update("SET LOCAL idle_in_transaction_session_timeout = 0");
          return work.run(transaction);
        });
  }

  /**
   * @param silence after which the server counts as dead; zero for never
   */
  private <T> T write(String attempted, Duration silence, TransactionWork<T> work) {
    return withWriter(
        attempted,
        mine -> {
          if (closed) {
            throw new IllegalStateException("The store at " + url.shown() + " is closed");
          }
          Connection connection = mine.connection();
          connection.setNetworkTimeout(Runnable::run, (int) silence.toMillis());
          return attempt(connection, work);
        });
  }

  @Override
  public Claim claimOther() {
    return withWriter("open the store", PostgresWriter::claimOther);
  }

  @Override
  public boolean isShared() {
    return withWriter("look who writes to the store", PostgresWriter::isShared);
  }

  private interface WriterWork<T> {
    T run(PostgresWriter writer) throws SQLException;
  }

  private <T> T withWriter(String attempted, WriterWork<T> work) {
    PostgresWriter mine = requireWriter();
    Turns.takeToWrite(writerTurn, config.turn(), attempted + " (" + url.shown() + ")");
    boolean done = false;
    try {
      T result = work.run(mine);
      done = true;
      return result;
    } catch (SQLException failure) {
      throw failure(attempted, failure);
    } finally {
      if (!done) {
        mine.suspect();
      }
      writerTurn.unlock();
    }
  }

  private PostgresWriter requireWriter() {
    if (writer == null) {
      throw new StoreException(
          StoreError.READ_ONLY, "write to " + url.shown(), "it is open for reading only");
    }
    return writer;
  }

  @Override
  public void cover(PartitionedTable table, long part) {
    String name = table.partName(part);
    long from = part * table.width();
    String _ =
        write(
            transaction -> {
              if (transaction.first(tableExistsSql(), row -> name, name).isEmpty()) {
                // Attached and not created as a part: that takes no lock which readers wait for.
                int _ =
                    transaction.update(
                        "CREATE TABLE %s (LIKE %s INCLUDING ALL)".formatted(name, table.name()));
                int _ =
                    transaction.update(
                        "ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)"
                            .formatted(table.name(), name, from, from + table.width()));
              }
              return name;
            });
  }

  @Override
  public void refreshStatistics(List<String> tables) {
    int _ =
        write(
            transaction -> {
              tables.forEach(table -> transaction.update("ANALYZE " + table));
              return tables.size();
            });
  }

  @Override
  public BulkSink bulk(Connection connection, BulkTable table, Runnable beforeStep)
      throws SQLException {
    return new PostgresCopy(connection, table, this);
  }

  @Override
  public String dialect() {
    return "postgresql";
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

  /** Waits for the transaction that is under way; one that lasts is cut off and undone. */
  @Override
  public void close() {
    boolean hadTurn = Turns.takeToClose(writerTurn, config.turn());
    closed = true;
    try {
      if (writer != null && hadTurn) {
        writer.close();
      } else if (writer != null) {
        writer.abandon();
      }
      readers.close();
    } finally {
      if (hadTurn) {
        writerTurn.unlock();
      }
    }
  }
}
