package io.auriga.runtime.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which store, and its limits.
 *
 * @param url {@code sqlite:<folder>} or {@code postgresql://user@host:port/database}
 * @param passwordFile the file with PostgreSQL's password; null where none is needed
 * @param readers how many reads may run at once
 * @param readTimeout how long one statement of a read may take
 * @param writeTimeout how long one statement of a transaction may take
 * @param turn how long a caller waits for a free connection or the writer's turn
 * @param bulkLoads whether much is to be loaded, beside a process that writes otherwise: SQLite
 *     then takes more memory and disk for it
 */
public record StoreConfig(
    String url,
    @Nullable Path passwordFile,
    int readers,
    Duration readTimeout,
    Duration writeTimeout,
    Duration turn,
    boolean bulkLoads) {

  /** Enough for a dashboard and a few API clients; each SQLite reader costs about 2 MB. */
  private static final int READERS = 4;

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration TURN = Duration.ofSeconds(30);

  public StoreConfig {
    Objects.requireNonNull(url);
    if (readers < 1) {
      throw new IllegalArgumentException("A store needs at least one reader: " + readers);
    }
    requirePositive(readTimeout);
    requirePositive(writeTimeout);
    requirePositive(turn);
  }

  /** The store at {@code url} with the usual limits and no password. */
  public static StoreConfig of(String url) {
    return new StoreConfig(url, null, READERS, READ_TIMEOUT, WRITE_TIMEOUT, TURN, false);
  }

  public StoreConfig withPasswordFile(@Nullable Path file) {
    return new StoreConfig(url, file, readers, readTimeout, writeTimeout, turn, bulkLoads);
  }

  public StoreConfig withReaders(int count) {
    return new StoreConfig(url, passwordFile, count, readTimeout, writeTimeout, turn, bulkLoads);
  }

  public StoreConfig withReadTimeout(Duration timeout) {
    return new StoreConfig(url, passwordFile, readers, timeout, writeTimeout, turn, bulkLoads);
  }

  public StoreConfig withTurn(Duration wait) {
    return new StoreConfig(url, passwordFile, readers, readTimeout, writeTimeout, wait, bulkLoads);
  }

  public StoreConfig withBulkLoads() {
    return new StoreConfig(url, passwordFile, readers, readTimeout, writeTimeout, turn, true);
  }

  private static void requirePositive(Duration duration) {
    if (duration.toMillis() <= 0) {
      throw new IllegalArgumentException("A time limit must be positive: " + duration);
    }
  }
}
