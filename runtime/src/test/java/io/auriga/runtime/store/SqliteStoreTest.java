package io.auriga.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  String newUrl() {
    return EmbeddedStores.sqlite(folder.resolve("data"));
  }

  @Test
  void undoesTheTransactionThatFillsTheDiskAndGoesOnWhenThereIsSpace() {
    store.inTransaction(tx -> tx.update(INSERT, 1L, "one", null));
    store.inTransaction(tx -> tx.first("PRAGMA max_page_count = 20", row -> "set"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                store.inTransaction(
                    tx -> {
                      tx.update(INSERT, 2L, "two", null);
                      return tx.update(INSERT, 3L, "large", new byte[1 << 20]);
                    }))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.DISK_FULL))
        .withMessageContaining(folder.toString());
    assertThat(ids()).containsExactly(1L);
    store.inTransaction(tx -> tx.first("PRAGMA max_page_count = 100000", row -> "set"));
    store.inTransaction(tx -> tx.update(INSERT, 3L, "large", new byte[1 << 20]));
    assertThat(ids()).containsExactly(1L, 3L);
  }

  @Test
  void tellsAStoreThatMayNotBeReadFromNone() throws IOException {
    store.close();
    Path file = folder.resolve("data/auriga.db");
    Files.delete(file);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.openReadOnly(url, NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.MISSING));
    // Something is there and nobody can tell what, as in a folder that is closed to this user.
    Files.createSymbolicLink(file, file);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.openReadOnly(url, NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.NO_PERMISSION));
  }

  @Test
  void refusesAFileThatIsNoDatabase() throws IOException {
    store.close();
    Files.writeString(folder.resolve("data/auriga.db"), "This is not a database. ".repeat(1000));
    refusesToOpen(StoreError.CORRUPT);
  }

  @Test
  void reportsADamagedPageAndGoesOnElsewhere() throws IOException {
    store.inTransaction(
        tx -> {
          for (long id = 0; id < 200; id++) {
            tx.update(INSERT, id, "n" + id, new byte[3_000]);
          }
          return tx;
        });
    store.close();
    Path file = folder.resolve("data/auriga.db");
    byte[] damage = new byte[(int) Files.size(file) - 60_000];
    java.util.Arrays.fill(damage, (byte) 0x5a);
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.position(60_000);
      channel.write(java.nio.ByteBuffer.wrap(damage));
    }
    store = Store.open(url, NOTES);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                store.read(
                    read -> read.query("SELECT id, data FROM notes", row -> row.bytes("data"))))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.CORRUPT));
    assertThat(store.network()).isEmpty();
  }

  @Test
  void refusesAPathThatIsNoFolder() throws IOException {
    Files.writeString(folder.resolve("file"), "in the way", StandardCharsets.UTF_8);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.open("sqlite:" + folder.resolve("file/data"), NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.BAD_URL));
  }

  @Test
  void saysThatThereIsNothingToRead() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.openReadOnly("sqlite:" + folder.resolve("empty"), NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.MISSING));
    assertThat(folder.resolve("empty")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data", "mysql://a/b", "sqlite:", "sqlite:a?mode=memory"})
  void refusesAnAddressThatItDoesNotUnderstand(String address) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.open(address))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.BAD_URL));
  }

  @Test
  void doesNotWaitForeverForATurn() throws Exception {
    store.close();
    store = Store.open(StoreConfig.of(url).withTurn(Duration.ofMillis(50)), NOTES);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var holder =
          threads.submit(
              () ->
                  store.inTransaction(
                      tx -> {
                        inside.countDown();
                        await(done);
                        return "held";
                      }));
      await(inside);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.inTransaction(tx -> tx.update(INSERT, 1L, "one", null)))
          .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.BUSY));
      done.countDown();
      assertThat(holder.get()).isEqualTo("held");
    }
  }

  @Test
  void refusesATransactionWithinATransaction() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () -> store.inTransaction(outer -> store.inTransaction(inner -> "never reached")))
        .withMessageContaining("must not begin another");
  }

  private void refusesToOpen(StoreError error) {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.open(url, NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(error))
        .withMessageContaining(folder.toString());
  }
}
