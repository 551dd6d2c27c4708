package io.auriga.runtime.store;

import io.auriga.runtime.config.SecretFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of a role, in one SQLite folder or one PostgreSQL database. Safe for many threads:
 * writes take turns, reads do not wait for them.
 *
 * <p>One process at a time may write to a store, and one more may load history into it meanwhile
 * ({@link StoreConfig#withBulkLoads}): they take turns, transaction by transaction, and neither
 * waits for more than one of the other's. Any number may read. A store that is open has exactly the
 * schema that the program knows; it is migrated only while nobody else writes.
 */
public final class Store implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);

  /**
   * How often a transaction is repeated that PostgreSQL could not order among others, which only a
   * foreign tool can begin. Each time one of the rivals has won, so this many losses in a row mean
   * a load that waiting does not cure.
   */
  private static final int ATTEMPTS = 8;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
  private static final String SQLITE = "sqlite:";
  private static final String POSTGRES = "postgresql:";
  private static final String NETWORK = "network";
  private static final Migrations OWN = Migrations.of("store", Store.class, "001-identity.sql");

  private final Database database;

  /** Parts of tables that are known to exist. */
  private final Set<String> covered = ConcurrentHashMap.newKeySet();

  private Store(Database database) {
    this.database = database;
  }

  /** Opens for writing, creating and migrating what is needed. */
  public static Store open(String url, Migrations... features) {
    return open(StoreConfig.of(url), features);
  }

  /**
   * Opens for writing, creating and migrating what is needed.
   *
   * @throws StoreException if the store is locked by another writer, which the message names,
   *     newer, damaged or out of reach; it is unchanged then
   */
  public static Store open(StoreConfig config, Migrations... features) {
    Database database = connect(config, false);
    return guarded(
        database,
        () -> {
          if (!database.migrate(found -> isCurrent(found, database, all(features)))) {
            try (Claim _ = database.claimOther()) {
              int _ =
                  database.migrate(
                      transaction -> {
                        migrate(transaction, database, all(features));
                        return features.length;
                      });
            }
          }
          // Whoever loads a lot makes them itself, when it is through.
          if (!config.bulkLoads()) {
            all(features).forEach(feature -> restore(database, feature));
          }
        });
  }

  private static boolean isCurrent(Read read, Database database, List<Migrations> features) {
    if (isEmpty(read, database)) {
      return false;
    }
    features.forEach(feature -> feature.refuseNewer(read, database.where()));
    return features.stream().allMatch(feature -> feature.isCurrent(read));
  }

  private static boolean isEmpty(Read read, Database database) {
    return read.first(database.tableExistsSql(), row -> "found", "schema_version").isEmpty();
  }

  /** Opens for reading only, also while another process writes. */
  public static Store openReadOnly(String url, Migrations... features) {
    return openReadOnly(StoreConfig.of(url), features);
  }

  /**
   * Opens for reading only, also while another process writes.
   *
   * @throws StoreException if there is no store, or one of another version
   */
  public static Store openReadOnly(StoreConfig config, Migrations... features) {
    Database database = connect(config, true);
    return guarded(
        database,
        () ->
            database.read(
                read -> {
                  requireVersions(read, database, all(features));
                  return features.length;
                }));
  }

  /**
   * Does the work as one change. When this returns, the change is kept; when it throws, nothing of
   * it is.
   *
   * @throws StoreException {@code AUR-STORE-LOCKED} if the right to write was lost with a
   *     connection and another process has it now; the next call asks for it again
   */
  public <T> T inTransaction(TransactionWork<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return database.write(work);
      } catch (StoreException failure) {
        if (!failure.repeatable() || attempt == ATTEMPTS) {
          throw failure;
        }
        LockSupport.parkNanos(FIRST_PAUSE.toNanos() << attempt);
      }
    }
  }

  /** Makes room for rows of a partitioned table with these numbers, both ends inclusive. */
  public void cover(PartitionedTable table, long first, long last) {
    long from = table.part(first);
    long to = table.part(last);
    for (long part = from; part <= to; part++) {
      if (covered.add(table.partName(part))) {
        boolean done = false;
        try {
          database.cover(table, part);
          done = true;
        } finally {
          if (!done) {
            covered.remove(table.partName(part));
          }
        }
      }
    }
  }

  /**
   * Has the database look anew at what lies in tables that have just grown a lot. PostgreSQL does
   * so of itself, but a minute late, and until then plans as if next to nothing was there.
   */
  public void refreshStatistics(List<String> tables) {
    database.refreshStatistics(tables);
  }

  /**
   * Takes away the indices of a feature that a large load only has to keep in order; see {@link
   * LateIndex}. What reads by them is slow until {@link #restoreIndices}, which must follow: after
   * a process that died before, the next one that opens the store does it.
   *
   * @return whether there are any
   */
  public boolean setIndicesAside(Migrations feature) {
    List<LateIndex> late = feature.lateIndices(database.dialect());
    if (late.isEmpty()) {
      return false;
    }
    int _ =
        database.migrate(
            transaction -> {
              late.forEach(index -> transaction.update(index.dropSql()));
              return late.size();
            });
    return true;
  }

  /**
   * Makes the indices that {@link #setIndicesAside} took away, one after another; nothing where
   * they are there. Takes seconds for a million rows and more, and others that write wait for each.
   */
  public void restoreIndices(Migrations feature) {
    restore(database, feature);
  }

  private static void restore(Database database, Migrations feature) {
    for (LateIndex index : feature.lateIndices(database.dialect())) {
      boolean missing =
          database.read(
              read ->
                  read.first(SqliteDatabase.INDEX_EXISTS, row -> row.text("name"), index.name())
                      .isEmpty());
      if (missing) {
        LOG.atInfo()
            .addKeyValue("store", database.where())
            .addKeyValue("index", index.name())
            .log("Making an index that a large load left out; this may take minutes");
        int _ = database.migrate(transaction -> transaction.update(index.createSql()));
      }
    }
  }

  /**
   * Whether another process writes, too, at this moment. What takes long is then better done in
   * several transactions.
   */
  public boolean isShared() {
    return database.isShared();
  }

  /** Does the work on one consistent state of the store. */
  public <T> T read(ReadWork<T> work) {
    return database.read(work);
  }

  /**
   * Binds the store to a network for good.
   *
   * @param identity what tells networks apart: the genesis validators root as hex
   * @throws StoreException {@code AUR-STORE-OTHER-NETWORK} if it is bound to another
   */
  public void pinNetwork(String identity) {
    String pinned =
        inTransaction(
            transaction -> {
              transaction.update(
                  "INSERT INTO store_identity (name, value) VALUES (?, ?)"
                      + " ON CONFLICT (name) DO NOTHING",
                  NETWORK,
                  identity);
              return network(transaction).orElseThrow();
            });
    requireSame(pinned, identity);
  }

  /**
   * Refuses a store of another network, and leaves one open that is bound to none.
   *
   * @throws StoreException {@code AUR-STORE-OTHER-NETWORK} if it is bound to another
   */
  public void requireNetwork(String identity) {
    network().ifPresent(pinned -> requireSame(pinned, identity));
  }

  private void requireSame(String pinned, String identity) {
    if (!pinned.equals(identity)) {
      throw new StoreException(
          StoreError.OTHER_NETWORK,
          "use the store at " + where() + " for the network with genesis " + identity,
          "it holds the network with genesis " + pinned);
    }
  }

  /** Whether the store has the tables of a feature, as this version of it needs them. */
  public boolean holds(Migrations feature) {
    return read(feature::isCurrent);
  }

  /** The network that the store is bound to, if it is. */
  public Optional<String> network() {
    return read(Store::network);
  }

  /** The folder, or the URL without secrets. */
  public String where() {
    return database.where();
  }

  /** Waits for the transaction under way, then lets go. */
  @Override
  public void close() {
    database.close();
  }

  private static Optional<String> network(Read read) {
    return read.first(
        "SELECT value FROM store_identity WHERE name = ?", row -> row.text("value"), NETWORK);
  }

  private static Database connect(StoreConfig config, boolean readOnly) {
    String url = config.url();
    if (url.startsWith(SQLITE)) {
      Path folder = folder(url.substring(SQLITE.length()));
      return readOnly
          ? SqliteDatabase.openReadOnly(folder, config)
          : SqliteDatabase.open(folder, config);
    }
    if (url.startsWith(POSTGRES)) {
      PostgresUrl address = PostgresUrl.parse(url);
      return PostgresDatabase.open(address, config, password(config), readOnly);
    }
    throw new StoreException(
        StoreError.BAD_URL,
        "use the given address as a store",
        "it begins with neither " + SQLITE + " nor " + POSTGRES);
  }

  private static Path folder(String text) {
    // The driver would read what follows a question mark as settings.
    if (text.isEmpty() || text.indexOf('?') >= 0) {
      throw new StoreException(
          StoreError.BAD_URL,
          "use the store " + SQLITE + text,
          text.isEmpty() ? "it names no folder" : "a folder must not have a \"?\" in its name");
    }
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException malformed) {
      throw new StoreException(
          StoreError.BAD_URL, "use the store " + SQLITE + text, malformed.getReason());
    }
  }

  private static @Nullable String password(StoreConfig config) {
    Path file = config.passwordFile();
    return file == null ? null : SecretFile.read(file).reveal();
  }

  private static List<Migrations> all(Migrations... features) {
    List<Migrations> all = new ArrayList<>();
    all.add(OWN);
    all.addAll(List.of(features));
    return all;
  }

  private static Store guarded(Database database, Runnable check) {
    boolean ready = false;
    try {
      check.run();
      ready = true;
      return new Store(database);
    } finally {
      if (!ready) {
        database.close();
      }
    }
  }

  private static void migrate(
      Transaction transaction, Database database, List<Migrations> features) {
    transaction.update(
        "CREATE TABLE IF NOT EXISTS schema_version ("
            + "namespace TEXT NOT NULL PRIMARY KEY, version BIGINT NOT NULL)");
    features.forEach(feature -> feature.refuseNewer(transaction, database.where()));
    features.forEach(feature -> feature.apply(transaction, database.dialect(), database.where()));
  }

  private static void requireVersions(Read read, Database database, List<Migrations> features) {
    if (isEmpty(read, database)) {
      throw new StoreException(
          StoreError.MISSING, "read the store at " + database.where(), "it is empty");
    }
    features.forEach(feature -> feature.require(read, database.where()));
  }
}
