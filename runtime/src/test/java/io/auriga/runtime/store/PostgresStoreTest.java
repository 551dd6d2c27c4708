package io.auriga.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresStoreTest extends StoreContract {
  private static final String HOLDERS =
      " FROM pg_locks WHERE locktype = 'advisory' AND database ="
          + " (SELECT oid FROM pg_database WHERE datname = current_database())";

  @Override
  String newUrl() {
    return EmbeddedStores.postgres();
  }

  @Test
  void repeatsATransactionThatLostToAnother() {
    store.inTransaction(tx -> tx.update(INSERT, 0L, "0", null));
    int[] runs = {0};
    store.inTransaction(
        tx -> {
          String before = tx.first("SELECT body FROM notes", r -> r.text("body")).orElseThrow();
          if (++runs[0] == 1) {
            foreignTool("UPDATE notes SET body = '5'");
          }
          return tx.update("UPDATE notes SET body = ?", before + "+1");
        });
    assertThat(runs[0]).isEqualTo(2);
    assertThat(one("SELECT body FROM notes", row -> row.text("body"))).hasValue("5+1");
  }

  @Test
  void stopsRepeatingATransactionThatAlwaysLoses() {
    store.inTransaction(tx -> tx.update(INSERT, 0L, "0", null));
    int[] runs = {0};
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                store.inTransaction(
                    tx -> {
                      assertThat(tx.first("SELECT body FROM notes", r -> r.text("body")))
                          .isPresent();
                      foreignTool("UPDATE notes SET body = '" + ++runs[0] + "'");
                      return tx.update("UPDATE notes SET body = 'mine'");
                    }))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.BUSY));
    assertThat(runs[0]).isEqualTo(8);
  }

  @Test
  void survivesTheLossOfItsConnections() {
    store.inTransaction(tx -> tx.update(INSERT, 1L, "one", null));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                store.inTransaction(
                    tx -> {
                      tx.update(INSERT, 2L, "two", null);
                      return tx.first(
                          "SELECT CAST(pg_terminate_backend(pg_backend_pid()) AS TEXT) AS t",
                          row -> "cut");
                    }))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.UNREACHABLE));
    assertThat(ids()).containsExactly(1L);
    store.inTransaction(tx -> tx.update(INSERT, 3L, "three", null));
    assertThat(ids()).containsExactly(1L, 3L);
  }

  /** Writes past the store, as an administrator could. */
  private void foreignTool(String sql) {
    try (Connection connection = DriverManager.getConnection(jdbc());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private String jdbc() {
    PostgresUrl address = PostgresUrl.parse(url);
    return address.jdbc() + "?user=" + address.user();
  }

  /** Ends the session that holds the right to write, as a restart of the server would. */
  private void cutTheWriter() {
    foreignTool("SELECT pg_terminate_backend(pid)" + HOLDERS);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                store
                    .read(read -> read.query("SELECT pid" + HOLDERS, row -> row.number("pid")))
                    .isEmpty());
  }

  @Test
  void writesOnWhenItsConnectionWasCutAndNobodyElseWrites() {
    store.inTransaction(tx -> tx.update(INSERT, 1L, "one", null));
    cutTheWriter();
    // The loss may show only in the first statement, as the connection was used just now.
    try {
      store.inTransaction(tx -> tx.update(INSERT, 2L, "two", null));
    } catch (StoreException lost) {
      assertThat(lost.error()).isEqualTo(StoreError.UNREACHABLE);
      store.inTransaction(tx -> tx.update(INSERT, 2L, "two", null));
    }
    assertThat(ids()).containsExactly(1L, 2L);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.open(url, NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.LOCKED));
  }

  @Test
  void stopsWritingWhileAnotherHasTheRightThatWasLost() {
    store.inTransaction(tx -> tx.update(INSERT, 1L, "one", null));
    cutTheWriter();
    try (Store other = Store.open(url, NOTES)) {
      other.inTransaction(tx -> tx.update(INSERT, 2L, "two", null));
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> writeUntilTheLossShows(3))
          .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.LOCKED))
          .withMessageContaining("process " + ProcessHandle.current().pid());
      assertThat(ids()).containsExactly(1L, 2L);
    }
    store.inTransaction(tx -> tx.update(INSERT, 3L, "three", null));
    assertThat(ids()).containsExactly(1L, 2L, 3L);
  }

  private void writeUntilTheLossShows(long id) {
    try {
      store.inTransaction(tx -> tx.update(INSERT, id, "lost", null));
    } catch (StoreException failure) {
      if (failure.error() != StoreError.UNREACHABLE) {
        throw failure;
      }
      store.inTransaction(tx -> tx.update(INSERT, id, "lost", null));
    }
  }

  @Test
  void takesTheRightBackFromItsOwnSessionThatTheServerStillBelievesIn() throws IOException {
    store.close();
    PostgresUrl address = PostgresUrl.parse(url);
    try (CutWire wire = new CutWire(address.port())) {
      String through = url.replace(":" + address.port(), ":" + wire.port());
      try (Store behind = Store.open(through, NOTES)) {
        behind.inTransaction(tx -> tx.update(INSERT, 1L, "one", null));
        wire.cutClients();
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> behind.inTransaction(tx -> tx.update(INSERT, 2L, "two", null)))
            .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.UNREACHABLE));
        behind.inTransaction(tx -> tx.update(INSERT, 3L, "three", null));
        assertThat(ids(behind)).containsExactly(1L, 3L);
      }
    }
    store = Store.open(url, NOTES);
  }

  @Test
  void keepsAStoreInEachSchemaWithAWriterOfItsOwn() {
    foreignTool("CREATE SCHEMA other");
    try (Store other = Store.open(url + "?currentSchema=other", NOTES)) {
      other.inTransaction(tx -> tx.update(INSERT, 1L, "theirs", null));
      assertThat(other.where()).endsWith("?currentSchema=other");
      assertThat(ids()).isEmpty();
    }
  }

  @Test
  void saysThatTheServerDoesNotAnswer() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.open("postgresql://auriga@localhost:" + port + "/x", NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.UNREACHABLE))
        .withMessageContaining("localhost:" + port);
  }

  @Test
  void saysThatThereIsNoSuchDatabase() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.open(url + "_no", NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.MISSING));
  }

  @Test
  void saysThatTheDiskOfTheServerIsFull() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                store.inTransaction(
                    tx -> {
                      tx.update(INSERT, 1L, "one", null);
                      return tx.update(
                          "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$");
                    }))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.DISK_FULL));
    assertThat(ids()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://localhost/auriga",
        "postgresql://user:hunter2@localhost/auriga",
        "postgresql://user@localhost",
        "postgresql://user@localhost/auriga?user=root",
        "postgresql://us er@localhost/hunter2",
      })
  void refusesAnIncompleteAddressAndRepeatsNoPassword(String address) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.open(address))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.BAD_URL))
        .withMessageNotContaining("hunter2");
  }
}
