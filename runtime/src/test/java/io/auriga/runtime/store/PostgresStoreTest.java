package io.auriga.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresStoreTest extends StoreContract {
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
            elsewhere(
                () -> store.inTransaction(other -> other.update("UPDATE notes SET body = '5'")));
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
                      String rival = Integer.toString(++runs[0]);
                      elsewhere(
                          () ->
                              store.inTransaction(
                                  other -> other.update("UPDATE notes SET body = ?", rival)));
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
