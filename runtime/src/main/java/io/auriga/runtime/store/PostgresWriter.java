package io.auriga.runtime.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection through which this process writes. While it lives it holds the lock of the
 * only writer, which the server gives to one session at a time: so whatever is written through it
 * is fenced. When it breaks, the server undoes what is under way and frees the lock, and nothing is
 * written until a new connection holds it.
 *
 * <p>For one thread at a time.
 */
final class PostgresWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresWriter.class);

  private static final String SCHEMA =
      "COALESCE((SELECT oid::bigint FROM pg_catalog.pg_namespace"
          + " WHERE nspname = current_schema()), 0)";

  /**
   * The writer's number above that of the schema, since each schema may hold a store of its own.
   */
  private static final String LOCK = "((?::bigint << 32) + " + SCHEMA + ")";

  private static final String TRY_LOCK = "SELECT pg_catalog.pg_try_advisory_lock" + LOCK;
  private static final String UNLOCK = "SELECT pg_catalog.pg_advisory_unlock" + LOCK;
  private static final String HOLDER =
      "SELECT l.pid, a.application_name, a.backend_start FROM pg_catalog.pg_locks l"
          + " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
          + " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
          + " AND l.database = (SELECT oid FROM pg_catalog.pg_database"
          + " WHERE datname = current_database())"
          + " AND l.classid::bigint = ? AND l.objid::bigint = "
          + SCHEMA;

  /**
   * The server learns of a killed process when its socket closes, which is a moment later: whoever
   * starts again at once is not to be refused for that.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration LOOK = Duration.ofMillis(100);

  /** A connection that worked so shortly ago is not tried before it is used. */
  private static final Duration TRUST = Duration.ofMillis(500);

  private static final int VALID_SECONDS = 10;

  /** So the lock of a machine that lost its power is free after about a minute. */
  private static final String KEEP_ALIVE =
      "SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5";

  private static final String NAME = "auriga " + WritingProcess.self();

  private final Writer right;
  private final PostgresUrl url;
  private final Properties properties;
  private final String initSql;
  private volatile @Nullable Connection connection;
  private boolean suspect;
  private long usedNanos;

  /** The server's number of the last session that held the lock; 0 for none. */
  private long session;

  /**
   * @param initSql what each new connection is told first
   */
  PostgresWriter(Writer right, PostgresUrl url, Properties properties, String initSql) {
    this.right = right;
    this.url = url;
    this.properties = new Properties();
    this.properties.putAll(properties);
    this.properties.setProperty("ApplicationName", NAME);
    this.initSql = initSql;
  }

  /**
   * A working connection that holds the lock, outside any transaction.
   *
   * @throws StoreException {@code AUR-STORE-LOCKED} while another process holds it
   */
  Connection connection() throws SQLException {
    Connection current = connection;
    if (current != null && !works(current)) {
      LOG.atWarn()
          .addKeyValue("store", url.shown())
          .log(
              "The connection that writes is lost; nothing is written until a new one has the"
                  + " lock");
      abandon();
      current = null;
    }
    if (current == null) {
      current = connect();
      connection = current;
    }
    suspect = false;
    usedNanos = System.nanoTime();
    return current;
  }

  /** After a failure it is tried before it is used again. */
  void suspect() {
    suspect = true;
  }

  private boolean works(Connection current) throws SQLException {
    boolean trusted = !suspect && System.nanoTime() - usedNanos < TRUST.toNanos();
    return trusted || current.isValid(VALID_SECONDS);
  }

  private Connection connect() throws SQLException {
    Connection fresh = DriverManager.getConnection(url.jdbc(), properties);
    boolean ready = false;
    try {
      Database.execute(fresh, initSql + "; " + KEEP_ALIVE);
      takeLock(fresh, right);
      session = number(fresh, "SELECT pg_catalog.pg_backend_pid()");
      fresh.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      fresh.setAutoCommit(false);
      ready = true;
      return fresh;
    } finally {
      if (!ready) {
        close(fresh);
      }
    }
  }

  private void takeLock(Connection fresh, Writer wanted) throws SQLException {
    long began = System.nanoTime();
    while (!told(fresh, TRY_LOCK, wanted)) {
      Optional<Holder> holder = holder(fresh, wanted);
      if (holder.isPresent() && holder.get().isOurs(session)) {
        // The server has not noticed yet that our connection is gone.
        long _ =
            number(fresh, "SELECT pg_catalog.pg_terminate_backend(" + session + ")::int::bigint");
      }
      boolean patient = System.nanoTime() - began < PATIENCE.toNanos();
      if (!patient || Thread.currentThread().isInterrupted()) {
        throw WritingProcess.refusal(
            url.shown(),
            wanted,
            holder.flatMap(Holder::process),
            holder.flatMap(other -> Optional.ofNullable(other.since())));
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /** The right of the other writer, on the connection that has one's own. */
  Claim claimOther() throws SQLException {
    Connection current = connection();
    try {
      takeLock(current, right.other());
    } finally {
      current.commit();
    }
    return () -> {
      try {
        boolean _ = told(current, UNLOCK, right.other());
        current.commit();
      } catch (SQLException broken) {
        // The lock goes with the connection.
        LOG.atDebug().setCause(broken).log("A connection broke that held both rights to write");
      }
    };
  }

  /** Whether another session has the other writer's right. */
  boolean isShared() throws SQLException {
    Connection current = connection();
    boolean shared = holder(current, right.other()).isPresent();
    current.commit();
    return shared;
  }

  private static boolean told(Connection fresh, String question, Writer writer)
      throws SQLException {
    try (PreparedStatement statement = fresh.prepareStatement(question)) {
      statement.setLong(1, writer.number);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  /** A session of the server; its name and start are hidden where it is another user's. */
  private record Holder(long session, @Nullable String name, @Nullable Instant since) {
    boolean isOurs(long lost) {
      return session == lost && NAME.equals(name);
    }

    Optional<WritingProcess> process() {
      return name == null ? Optional.empty() : WritingProcess.find(name);
    }
  }

  private static Optional<Holder> holder(Connection fresh, Writer writer) throws SQLException {
    try (PreparedStatement statement = fresh.prepareStatement(HOLDER)) {
      statement.setLong(1, writer.number);
      try (ResultSet result = statement.executeQuery()) {
        if (!result.next()) {
          return Optional.empty();
        }
        @Nullable Timestamp since = result.getTimestamp("backend_start");
        return Optional.of(
            new Holder(
                result.getLong("pid"),
                result.getString("application_name"),
                since == null ? null : since.toInstant()));
      }
    }
  }

  private static long number(Connection fresh, String sql) throws SQLException {
    try (PreparedStatement statement = fresh.prepareStatement(sql);
        ResultSet result = statement.executeQuery()) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  /** Gives up the connection, and with it the lock, whatever is under way on it. */
  void abandon() {
    Connection current = connection;
    connection = null;
    if (current != null) {
      try {
        current.abort(Runnable::run);
      } catch (SQLException broken) {
        LOG.atDebug().setCause(broken).log("A broken connection was left behind");
      }
    }
  }

  @Override
  public void close() {
    Connection current = connection;
    connection = null;
    if (current != null) {
      close(current);
    }
  }

  private static void close(Connection current) {
    try {
      current.close();
    } catch (SQLException broken) {
      LOG.atDebug().setCause(broken).log("A connection was not closed cleanly");
    }
  }
}
