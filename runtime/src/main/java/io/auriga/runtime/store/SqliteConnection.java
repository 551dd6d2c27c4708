package io.auriga.runtime.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.ProgressHandler;

/**
 * One connection with a time limit that SQLite itself looks at while it works: its JDBC driver
 * takes a query timeout for a wait on locks only.
 */
final class SqliteConnection {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteConnection.class);

  /** Steps of SQLite's machine between two looks at the clock: some milliseconds of work. */
  private static final int STEPS_BETWEEN_LOOKS = 100_000;

  /** {@code SQLITE_BUSY}, without what refines it. */
  private static final int BUSY = 5;

  private final Connection jdbc;
  private final Clock clock = new Clock();
  private boolean inTransaction;

  private SqliteConnection(Connection jdbc) {
    this.jdbc = jdbc;
  }

  static SqliteConnection over(Connection jdbc) throws SQLException {
    SqliteConnection connection = new SqliteConnection(jdbc);
    ProgressHandler.setHandler(jdbc, STEPS_BETWEEN_LOOKS, connection.clock);
    return connection;
  }

  Connection jdbc() {
    return jdbc;
  }

  /**
   * The driver's own way to begin (switching its auto-commit off) takes the lock anew after each
   * commit, so the statements are given by hand.
   */
  void begin(String statement, @Nullable Duration limit) throws SQLException {
    clock.limitNanos = limit == null ? Long.MAX_VALUE : limit.toNanos();
    restartClock();
    Database.execute(jdbc, statement);
    inTransaction = true;
  }

  /**
   * The same, if nobody else writes at this moment.
   *
   * @param deadline of {@link System#nanoTime}, after which being refused is a failure
   */
  boolean begins(String statement, @Nullable Duration limit, long deadline) throws SQLException {
    try {
      begin(statement, limit);
      return true;
    } catch (SQLException refused) {
      if ((refused.getErrorCode() & 0xff) == BUSY && System.nanoTime() - deadline < 0) {
        return false;
      }
      throw refused;
    }
  }

  void restartClock() {
    clock.startNanos = System.nanoTime();
  }

  void end(String statement) throws SQLException {
    // A commit is never interrupted half way through its own work.
    clock.limitNanos = Long.MAX_VALUE;
    Database.execute(jdbc, statement);
    inTransaction = false;
  }

  /** Undoes what is open; false if that failed and the connection was closed. */
  boolean rolledBack() {
    if (!inTransaction) {
      return true;
    }
    try {
      end("ROLLBACK");
      return true;
    } catch (SQLException alreadyUndone) {
      // SQLite undoes by itself on a full or failing disk. A new connection is sure to be clean.
      LOG.atDebug().setCause(alreadyUndone).log("Connection replaced after a failed transaction");
      close();
      return false;
    }
  }

  void close() {
    try {
      jdbc.close();
    } catch (SQLException broken) {
      LOG.atWarn().setCause(broken).log("Connection not closed cleanly");
    }
  }

  private static final class Clock extends ProgressHandler {
    private volatile long startNanos;
    private volatile long limitNanos = Long.MAX_VALUE;

    @Override
    protected int progress() {
      return System.nanoTime() - startNanos > limitNanos ? 1 : 0;
    }
  }
}
