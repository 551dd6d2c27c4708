package io.auriga.runtime.store;

import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of new, empty stores for tests, on both databases. One PostgreSQL server serves all
 * tests of a process and ends with it; each address is a database of its own.
 */
public final class EmbeddedStores {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;
  private static @Nullable String failure;

  private EmbeddedStores() {}

  /** A SQLite store in a folder. */
  public static String sqlite(Path folder) {
    return "sqlite:" + folder;
  }

  /** A new PostgreSQL database. Aborts the test, saying why, where PostgreSQL cannot start. */
  public static String postgres() {
    EmbeddedPostgres running = server();
    String name = "auriga_test_" + DATABASES.incrementAndGet();
    try (var connection = running.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException broken) {
      throw new IllegalStateException("Embedded PostgreSQL refused a new database", broken);
    }
    return "postgresql://postgres@localhost:" + running.getPort() + "/" + name;
  }

  private static synchronized EmbeddedPostgres server() {
    EmbeddedPostgres running = server;
    if (running == null && failure == null) {
      try {
        running = EmbeddedPostgres.builder().start();
        server = running;
        Runtime.getRuntime().addShutdownHook(new Thread(EmbeddedStores::stop, "postgres-stop"));
      } catch (IOException | IllegalStateException broken) {
        failure = String.valueOf(broken.getMessage());
        System.err.println(
            "NOT TESTED ON POSTGRESQL: the embedded server did not start: " + failure);
      }
    }
    if (running == null) {
      return abort(
          "NOT TESTED ON POSTGRESQL: the embedded server did not start (as root it needs unshare): "
              + failure);
    }
    return running;
  }

  private static synchronized void stop() {
    if (server != null) {
      try {
        server.close();
      } catch (IOException broken) {
        System.err.println("Embedded PostgreSQL was not stopped: " + broken.getMessage());
      }
    }
  }
}
