package io.auriga.runtime.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * SQLite in one folder. One connection writes, guarded by one lock; a few others read, each with a
 * snapshot of its own, and never wait for the writer.
 *
 * <p>Durability: a write-ahead log with {@code synchronous=NORMAL}. What was committed survives the
 * end of the process, {@code kill -9} included, because the operating system has it. After a loss
 * of power the file is consistent, but the last transactions before it may be missing; a store that
 * cannot ask a chain for them again needs PostgreSQL or {@code FULL}.
 */
final class SqliteDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
  private static final String FILE = "auriga.db";
  static final String DIALECT = "sqlite";
  static final String INDEX_EXISTS =
      "SELECT name FROM sqlite_master WHERE type = 'index' AND name = ?";

  /** How long a new connection and a reader wait for the file, which is taken for moments only. */
  private static final Duration FILE_WAIT = Duration.ofSeconds(5);

  /** In KiB when negative: 16 MB for the writer, which touches many index pages. */
  private static final int WRITER_CACHE = -16_000;

  /** 128 MB where history is loaded: the pages that one file touches in all indices stay in it. */
  private static final int LOADER_CACHE = -128_000;

  /** Besides the writer's own thread, while it makes an index over what was loaded. */
  private static final int SORTERS = 1;

  /** The log is copied into the file when it has so many pages: SQLite's own 4 MB. */
  private static final int LOG_PAGES = 1_000;

  /** A page that many loads change is then copied from the log once for all of them: 256 MB. */
  private static final int LOADER_LOG_PAGES = 65_536;

  /** Where two write it is the loader that copies, so that the other never has to: 64 MB. */
  private static final int SHARED_LOG_PAGES = 16_384;

  /** The log is cut to this after a checkpoint; it grows beyond only while a reader holds on. */
  private static final int LOG_BYTES_KEPT = 64 << 20;

  private final Path folder;
  private final StoreConfig config;
  private final @Nullable FolderLock folderLock;
  private final @Nullable Turnstile turnstile;
  private final ReentrantLock writerTurn = new ReentrantLock(true);
  private final Semaphore readerTurns;
  private final Deque<SqliteConnection> idleReaders = new ArrayDeque<>();
  private @Nullable SqliteConnection writer;

  /** How many pages the writer's log may have before it is copied; 0 where not said yet. */
  private int logPages;

  private volatile boolean closed;

  private SqliteDatabase(
      Path folder,
      StoreConfig config,
      @Nullable FolderLock folderLock,
      @Nullable Turnstile turnstile) {
    this.folder = folder;
    this.config = config;
    this.folderLock = folderLock;
    this.turnstile = turnstile;
    this.readerTurns = new Semaphore(config.readers(), true);
  }

  /** Takes the folder for this process, creating it where needed. */
  static SqliteDatabase open(Path folder, StoreConfig config) {
    FolderLock lock;
    Turnstile turnstile;
    try {
      Files.createDirectories(folder);
      lock = FolderLock.take(folder, Writer.of(config));
      turnstile = turnstile(folder, lock);
    } catch (AccessDeniedException denied) {
      throw new StoreException(
          StoreError.NO_PERMISSION, "open the store in " + folder, "access denied", denied, false);
    } catch (FileSystemException notAFolder) {
      throw new StoreException(
          StoreError.BAD_URL,
          "open the store in " + folder,
          "it is not a folder and cannot be made one ("
              + notAFolder.getClass().getSimpleName()
              + ": "
              + notAFolder.getMessage()
              + ")",
          notAFolder,
          false);
    } catch (IOException broken) {
      throw diskFailed("open the store in " + folder, broken);
    }
    SqliteDatabase database = new SqliteDatabase(folder, config, lock, turnstile);
    try {
      database.writer = database.connectWriter();
      return database;
    } catch (SQLException failure) {
      database.close();
      throw database.failure("open the store in " + folder, failure);
    }
  }

  private static Turnstile turnstile(Path folder, FolderLock lock) throws IOException {
    boolean ready = false;
    try {
      Turnstile turnstile = Turnstile.open(folder);
      ready = true;
      return turnstile;
    } finally {
      if (!ready) {
        lock.close();
      }
    }
  }

  private static StoreException diskFailed(String attempted, IOException broken) {
    return new StoreException(
        StoreError.DISK_FAILED, attempted, String.valueOf(broken.getMessage()), broken, false);
  }

  /** Opens what another process may be writing at the same time. */
  static SqliteDatabase openReadOnly(Path folder, StoreConfig config) {
    Path file = folder.resolve(FILE);
    if (Files.notExists(file)) {
      throw new StoreException(
          StoreError.MISSING, "read the store in " + folder, "there is no " + FILE + " in it");
    }
    // A folder that may not be searched does not even tell whether the file is there.
    if (!Files.isReadable(file)) {
      throw new StoreException(
          StoreError.NO_PERMISSION,
          "read the store in " + folder,
          "the user " + System.getProperty("user.name") + " may not read its " + FILE);
    }
    return new SqliteDatabase(folder, config, null, null);
  }

  @Override
  public String where() {
    return folder.toString();
  }

  @Override
  public <T> T write(TransactionWork<T> work) {
    return write(work, config.writeTimeout());
  }

  @Override
  public <T> T migrate(TransactionWork<T> work) {
    return write(work, null);
  }

  @Override
  public void cover(PartitionedTable table, long part) {
    // A table here has no parts.
  }

  @Override
  public void refreshStatistics(List<String> tables) {
    // Each statement here says itself in which order to go.
  }

  @Override
  public BulkSink bulk(Connection connection, BulkTable table, Runnable beforeStep)
      throws SQLException {
    return new SqliteInsert(connection, table, this, beforeStep);
  }

  @Override
  public String dialect() {
    return DIALECT;
  }

  @Override
  public Claim claimOther() {
    try {
      return FolderLock.take(folder, Writer.of(config).other());
    } catch (IOException broken) {
      throw diskFailed("open the store in " + folder, broken);
    }
  }

  @Override
  public boolean isShared() {
    try {
      return FolderLock.isHeld(folder, Writer.of(config).other());
    } catch (IOException broken) {
      throw diskFailed("look who writes to the store in " + folder, broken);
    }
  }

  private <T> T write(TransactionWork<T> work, @Nullable Duration limit) {
    if (turnstile == null) {
      throw new StoreException(
          StoreError.READ_ONLY, "write to the store in " + folder, "it is open for reading only");
    }
    Turns.takeToWrite(writerTurn, config.turn(), "write to the store in " + folder);
    try {
      requireOpen();
      SqliteConnection current = writer == null ? connectWriter() : writer;
      writer = current;
      limitLog(current);
      long deadline = System.nanoTime() + config.turn().toNanos();
      turnstile.enter(deadline, () -> current.begins("BEGIN IMMEDIATE", limit, deadline));
      boolean committed = false;
      try {
        T result = new JdbcTransaction(current.jdbc(), this, current::restartClock).run(work);
        current.end("COMMIT");
        committed = true;
        return result;
      } finally {
        if (!committed && !current.rolledBack()) {
          writer = null;
        }
      }
    } catch (SQLException failure) {
      throw failure("write to the store in " + folder, failure);
    } catch (IOException broken) {
      throw diskFailed("write to the store in " + folder, broken);
    } finally {
      writerTurn.unlock();
    }
  }

  /** Whoever finds the log long copies it, after its own transaction and outside its lock. */
  private void limitLog(SqliteConnection current) throws SQLException {
    int pages =
        config.bulkLoads()
            ? (isShared() ? SHARED_LOG_PAGES : LOADER_LOG_PAGES)
            : (isShared() ? LOADER_LOG_PAGES : LOG_PAGES);
    if (pages != logPages) {
      Database.execute(current.jdbc(), "PRAGMA wal_autocheckpoint = " + pages);
      logPages = pages;
    }
  }

  @Override
  public <T> T read(ReadWork<T> work) {
    Turns.take(
        millis -> readerTurns.tryAcquire(millis, TimeUnit.MILLISECONDS),
        config.turn(),
        "read the store in " + folder);
    SqliteConnection reader = null;
    try {
      requireOpen();
      reader = idleReader();
      if (reader == null) {
        reader = connectReader();
      }
      SqliteConnection current = reader;
      current.begin("BEGIN", config.readTimeout());
      return new JdbcTransaction(current.jdbc(), this, current::restartClock).run(work::run);
    } catch (SQLException failure) {
      throw failure("read the store in " + folder, failure);
    } finally {
      if (reader != null && reader.rolledBack()) {
        keep(reader);
      }
      readerTurns.release();
    }
  }

  private @Nullable SqliteConnection idleReader() {
    synchronized (idleReaders) {
      return idleReaders.pollFirst();
    }
  }

  private void keep(SqliteConnection reader) {
    synchronized (idleReaders) {
      if (!closed) {
        idleReaders.addFirst(reader);
        return;
      }
    }
    reader.close();
  }

  @Override
  public String tableExistsSql() {
    return "SELECT 1 AS found FROM sqlite_master WHERE type = 'table' AND name = ?";
  }

  private SqliteConnection connectWriter() throws SQLException {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setBusyTimeout((int) FILE_WAIT.toMillis());
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    settings.enforceForeignKeys(true);
    settings.setCacheSize(config.bulkLoads() ? LOADER_CACHE : WRITER_CACHE);
    settings.setJournalSizeLimit(LOG_BYTES_KEPT);
    SqliteConnection connection = connect(settings);
    logPages = 0;
    if (config.bulkLoads()) {
      Database.execute(connection.jdbc(), "PRAGMA threads = " + SORTERS);
    }
    // From here on it is the turnstile that waits.
    Database.execute(connection.jdbc(), "PRAGMA busy_timeout = 0");
    return connection;
  }

  private SqliteConnection connectReader() throws SQLException {
    SQLiteConfig settings = new SQLiteConfig();
    settings.setBusyTimeout((int) FILE_WAIT.toMillis());
    settings.setReadOnly(true);
    return connect(settings);
  }

  private SqliteConnection connect(SQLiteConfig settings) throws SQLException {
    Connection jdbc =
        settings.createConnection("jdbc:sqlite:" + folder.resolve(FILE).toAbsolutePath());
    return SqliteConnection.over(jdbc);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("The store in " + folder + " is closed");
    }
  }

  @Override
  public StoreException failure(String attempted, SQLException cause) {
    // The low byte is SQLite's primary result code; the rest only refines it.
    StoreError error =
        switch (cause.getErrorCode() & 0xff) {
          case 5, 6 -> StoreError.LOCKED;
          case 3, 23 -> StoreError.NO_PERMISSION;
          case 8 -> folderLock == null ? StoreError.READ_ONLY : StoreError.NO_PERMISSION;
          case 9 -> StoreError.TIMEOUT;
          case 10 -> StoreError.DISK_FAILED;
          case 11, 26 -> StoreError.CORRUPT;
          case 13 -> StoreError.DISK_FULL;
          case 14 -> StoreError.NO_PERMISSION;
          case 19 -> StoreError.CONFLICT;
          default -> StoreError.FAILED;
        };
    return new StoreException(
        error, attempted + " (" + folder + ")", String.valueOf(cause.getMessage()), cause, false);
  }

  /** Waits for the transaction that is under way, then gives the folder back. */
  @Override
  public void close() {
    boolean hadTurn = Turns.takeToClose(writerTurn, config.turn());
    try {
      if (closed) {
        return;
      }
      closed = true;
      synchronized (idleReaders) {
        idleReaders.forEach(SqliteConnection::close);
        idleReaders.clear();
      }
      if (!hadTurn) {
        // The lock goes with the process: another must not write while a transaction still runs.
        LOG.atWarn().addKeyValue("folder", folder).log("Store left open by a long transaction");
        return;
      }
      if (writer != null) {
        writer.close();
      }
      if (turnstile != null) {
        turnstile.close();
      }
      if (folderLock != null) {
        folderLock.close();
      }
    } catch (IOException broken) {
      LOG.atWarn().addKeyValue("folder", folder).setCause(broken).log("Store not closed cleanly");
    } finally {
      if (hadTurn) {
        writerTurn.unlock();
      }
    }
  }
}
