package io.auriga.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a store promises, whichever database it is on. */
abstract class StoreContract {
  static final Migrations NOTES = Migrations.of("notes", StoreContract.class, "001-notes.sql");
  static final Migrations NOTES_AND_AUTHORS =
      Migrations.of("notes", StoreContract.class, "001-notes.sql", "002-authors.sql");
  static final Migrations PARTED =
      Migrations.of("notes", StoreContract.class, "001-notes.sql", "002-parted.sql");
  static final String INSERT = "INSERT INTO notes (id, body, data) VALUES (?, ?, ?)";

  /** A query that no machine finishes soon. */
  static final String ENDLESS =
      "WITH RECURSIVE counter(n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM counter"
          + " WHERE n < 100000000000) SELECT max(n) AS n FROM counter";

  String url;
  Store store;

  /** The address of a new, empty store. */
  abstract String newUrl();

  @BeforeEach
  void openStore() {
    url = newUrl();
    store = Store.open(url, NOTES);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void keepsWhatWasCommittedWhenOpenedAgain() {
    store.inTransaction(tx -> tx.update(INSERT, 7L, "seven", new byte[] {0, -1, 7}));
    store.close();
    store = Store.open(url, NOTES);
    assertThat(ids()).containsExactly(7L);
    assertThat(one("SELECT data FROM notes", row -> row.bytes("data")))
        .hasValue(new byte[] {0, -1, 7});
  }

  @Test
  void keepsEveryValueOfEachType() {
    String text = "Zürich 中文 \uD83D\uDC7B ' \" ; -- \\ ";
    store.inTransaction(
        tx -> {
          tx.update(INSERT, Long.MIN_VALUE, text, new byte[0]);
          tx.update(INSERT, -1L, "", null);
          return tx.update(INSERT, Long.MAX_VALUE, null, new byte[] {1});
        });
    store.read(
        read -> {
          assertThat(read.query("SELECT id FROM notes ORDER BY id", row -> row.number("id")))
              .containsExactly(Long.MIN_VALUE, -1L, Long.MAX_VALUE);
          assertThat(read.first("SELECT body FROM notes WHERE id < -1", row -> row.text("body")))
              .hasValue(text);
          assertThat(read.query("SELECT body FROM notes ORDER BY id", row -> row.findText("body")))
              .last()
              .isEqualTo(Optional.empty());
          assertThat(read.query("SELECT data FROM notes ORDER BY id", row -> row.findBytes("data")))
              .satisfiesExactly(
                  empty -> assertThat(empty).hasValue(new byte[0]),
                  absent -> assertThat(absent).isEmpty(),
                  one -> assertThat(one).hasValue(new byte[] {1}));
          return read;
        });
  }

  @Test
  void saysWhichColumnIsUnexpectedlyNull() {
    store.inTransaction(tx -> tx.update(INSERT, 1L, null, null));
    assertThatThrownBy(
            () -> store.read(read -> read.first("SELECT body FROM notes", r -> r.text("body"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("body");
  }

  @Test
  void refusesAParameterOfAnotherType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.inTransaction(tx -> tx.update(INSERT, 1.5, "x", null)))
        .withMessageContaining("java.lang.Double");
  }

  @Test
  void undoesAllWhenTheWorkThrows() {
    assertThatThrownBy(
            () ->
                store.inTransaction(
                    tx -> {
                      tx.update(INSERT, 1L, "one", null);
                      throw new UnsupportedOperationException("planned");
                    }))
        .hasMessage("planned");
    assertThat(ids()).isEmpty();
  }

  @Test
  void commitsNothingAfterAFailedStatementEvenIfTheWorkCarriesOn() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                store.inTransaction(
                    tx -> {
                      tx.update(INSERT, 1L, "one", null);
                      try {
                        tx.update(INSERT, 1L, "again", null);
                      } catch (StoreException swallowed) {
                        assertThat(swallowed.error()).isEqualTo(StoreError.CONFLICT);
                      }
                      return "as if nothing had happened";
                    }))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.CONFLICT));
    assertThat(ids()).isEmpty();
    store.inTransaction(tx -> tx.update(INSERT, 2L, "two", null));
    assertThat(ids()).containsExactly(2L);
  }

  @Test
  void showsTheStatementButNoValuesWhenItFails() {
    assertThatThrownBy(
            () -> store.inTransaction(tx -> tx.update("INSERT INTO nowhere VALUES (?)", "secret")))
        .hasMessageContaining("INSERT INTO nowhere")
        .hasMessageNotContaining("secret");
  }

  @Test
  void insertsManyInOneBatch() {
    List<Long> many = LongStream.range(0, 5_431).boxed().toList();
    store.inTransaction(
        tx -> {
          tx.batch(INSERT, many, (p, id) -> p.number(id).text("n" + id).nothing());
          tx.batch(INSERT, List.<Long>of(), (p, id) -> p.number(id));
          return many;
        });
    assertThat(ids()).isEqualTo(many);
  }

  @Test
  void streamsRowsAndRefusesToListTooMany() {
    store.inTransaction(
        tx -> {
          tx.batch(
              INSERT,
              LongStream.rangeClosed(0, Read.MAX_ROWS_IN_LIST).boxed().toList(),
              (p, id) -> p.number(id).nothing().nothing());
          return tx;
        });
    AtomicInteger rows = new AtomicInteger();
    store.read(
        read -> {
          read.forEach("SELECT id FROM notes", row -> rows.incrementAndGet());
          return rows;
        });
    assertThat(rows).hasValue(Read.MAX_ROWS_IN_LIST + 1);
    assertThatThrownBy(this::ids).hasMessageContaining("read them one by one");
  }

  @Test
  void readsOneStateWhileOthersWrite() throws Exception {
    store.inTransaction(tx -> tx.update(INSERT, 1L, "one", null));
    store.read(
        read -> {
          assertThat(read.query("SELECT id FROM notes", row -> row.number("id"))).hasSize(1);
          elsewhere(() -> store.inTransaction(tx -> tx.update(INSERT, 2L, "two", null)));
          assertThat(read.query("SELECT id FROM notes", row -> row.number("id"))).hasSize(1);
          return read;
        });
    assertThat(ids()).containsExactly(1L, 2L);
  }

  @Test
  void neverShowsHalfATransaction() throws Exception {
    CountDownLatch halfWritten = new CountDownLatch(1);
    CountDownLatch looked = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> writing =
          threads.submit(
              () ->
                  store.inTransaction(
                      tx -> {
                        tx.update(INSERT, 1L, "one", null);
                        halfWritten.countDown();
                        await(looked);
                        return tx.update(INSERT, 2L, "two", null);
                      }));
      await(halfWritten);
      assertThat(ids()).isEmpty();
      looked.countDown();
      writing.get();
    }
    assertThat(ids()).containsExactly(1L, 2L);
  }

  @Test
  void losesNoUpdateOfConcurrentWriters() throws Exception {
    store.inTransaction(tx -> tx.update(INSERT, 0L, "0", null));
    List<Callable<Integer>> increments = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      increments.add(() -> store.inTransaction(StoreContract::increment));
    }
    try (var threads = Executors.newFixedThreadPool(3)) {
      for (Future<Integer> done : threads.invokeAll(increments)) {
        done.get();
      }
    }
    assertThat(one("SELECT body FROM notes", row -> row.text("body"))).hasValue("40");
  }

  private static int increment(Transaction tx) {
    long before =
        tx.first("SELECT body FROM notes", row -> Long.parseLong(row.text("body"))).orElseThrow();
    return tx.update("UPDATE notes SET body = ? WHERE id = 0", Long.toString(before + 1));
  }

  @Test
  void stopsAQueryThatTakesTooLong() {
    store.close();
    store = Store.open(StoreConfig.of(url).withReadTimeout(Duration.ofMillis(200)), NOTES);
    assertThat(ids()).as("a read before, on the same connection").isEmpty();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.read(read -> read.first(ENDLESS, row -> row.number("n"))))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.TIMEOUT));
    assertThat(ids()).isEmpty();
  }

  @Test
  void refusesToWriteInARead() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () -> store.read(read -> ((Transaction) read).update(INSERT, 1L, "smuggled", null)));
    assertThat(ids()).isEmpty();
  }

  @Test
  void readsOnlyBesideTheWriter() {
    store.inTransaction(tx -> tx.update(INSERT, 1L, "one", null));
    try (Store reader = Store.openReadOnly(url, NOTES)) {
      assertThat(ids(reader)).containsExactly(1L);
      store.inTransaction(tx -> tx.update(INSERT, 2L, "two", null));
      assertThat(ids(reader)).containsExactly(1L, 2L);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> reader.inTransaction(tx -> tx.update(INSERT, 3L, "three", null)))
          .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.READ_ONLY));
    }
    store.close();
    try (Store reader = Store.openReadOnly(url, NOTES)) {
      assertThat(ids(reader)).containsExactly(1L, 2L);
    }
  }

  @Test
  void refusesASecondWriterNamesTheFirstAndKeepsIt() {
    refusesASecondWriter();
    // Had the refused attempt taken the right to write from this one, the next would succeed.
    refusesASecondWriter();
    store.inTransaction(tx -> tx.update(INSERT, 1L, "one", null));
    store.close();
    store = Store.open(url, NOTES);
    assertThat(ids()).containsExactly(1L);
  }

  private void refusesASecondWriter() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.open(url, NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.LOCKED))
        .withMessageContaining(store.where())
        .withMessageMatching(
            ".*: process "
                + ProcessHandle.current().pid()
                + " on [A-Za-z0-9._-]+ writes it since 20[0-9-]+T[0-9:]+Z");
  }

  @Test
  void writesNothingOnceItIsClosed() {
    store.close();
    assertThatThrownBy(() -> store.inTransaction(tx -> tx.update(INSERT, 1L, "one", null)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void migratesForwardAndKeepsTheData() {
    store.inTransaction(tx -> tx.update(INSERT, 1L, "one", null));
    store.close();
    store = Store.open(url, NOTES_AND_AUTHORS);
    store.inTransaction(
        tx -> {
          tx.update("INSERT INTO authors (name) VALUES (?)", "Ada");
          return tx.update("UPDATE notes SET author = ? WHERE id = 1", "Ada");
        });
    assertThat(ids()).containsExactly(1L);
  }

  @Test
  void refusesAStoreOfANewerVersionAndTouchesNothing() {
    store.close();
    store = Store.open(url, NOTES_AND_AUTHORS);
    store.close();
    Migrations other = Migrations.of("other", StoreContract.class, "001-notes.sql");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.open(url, other, NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.NEWER_VERSION))
        .withMessageContaining("version 2")
        .withMessageContaining("up to 1");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.openReadOnly(url, NOTES))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.NEWER_VERSION));
    store = Store.open(url, NOTES_AND_AUTHORS);
    assertThat(all("SELECT namespace FROM schema_version", row -> row.text("namespace")))
        .containsExactlyInAnyOrder("store", "notes");
  }

  @Test
  void refusesToReadAnOlderStore() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Store.openReadOnly(url, NOTES_AND_AUTHORS))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.OLDER_VERSION));
  }

  @Test
  void leavesNothingOfAMigrationThatFails() {
    store.close();
    Migrations broken =
        Migrations.of(
            "notes", StoreContract.class, "001-notes.sql", "002-authors.sql", "003-broken.sql");
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> Store.open(url, broken));
    store = Store.open(url, NOTES);
    assertThatThrownBy(
            () -> store.read(read -> read.first("SELECT 1 AS n FROM half_way", r -> r.number("n"))))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void bindsToOneNetworkForGood() {
    assertThat(store.network()).isEmpty();
    store.pinNetwork("0xaa");
    store.pinNetwork("0xaa");
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.pinNetwork("0xbb"))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.OTHER_NETWORK))
        .withMessageContaining("0xaa")
        .withMessageContaining("0xbb");
    assertThat(store.network()).hasValue("0xaa");
  }

  <T> List<T> all(String sql, Read.RowMapper<T> mapper) {
    return store.read(read -> read.query(sql, mapper));
  }

  <T> Optional<T> one(String sql, Read.RowMapper<T> mapper) {
    return store.read(read -> read.first(sql, mapper));
  }

  List<Long> ids() {
    return ids(store);
  }

  static List<Long> ids(Store store) {
    return store.read(
        read -> read.query("SELECT id FROM notes ORDER BY id", row -> row.number("id")));
  }

  static <T> T elsewhere(Callable<T> work) {
    try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
      return thread.submit(work).get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  private static final BulkTable BULK =
      new BulkTable(
          "notes",
          List.of(
              BulkTable.Column.bigint("id"),
              BulkTable.Column.text("body"),
              BulkTable.Column.bytes("data")));

  @Test
  void loadsRowsOfEveryValueInBulk() {
    byte[] data = {9, 0, -1, 7, 9};
    boolean _ =
        store.inTransaction(
            tx -> {
              tx.load(
                  BULK,
                  rows -> {
                    rows.number(Long.MIN_VALUE).text("Zürich 中文 \\ \t \n").bytes(data, 1, 3);
                    rows.number(-1).nothing().nothing();
                    for (long id = 1; id <= 30_000; id++) {
                      rows.number(id).text("").bytes(new byte[0]);
                    }
                    rows.number(Long.MAX_VALUE).text("last").bytes(data);
                  });
              return true;
            });
    assertThat(one("SELECT COUNT(*) AS n FROM notes", row -> row.number("n"))).hasValue(30_003L);
    assertThat(one("SELECT body FROM notes WHERE id < -1", row -> row.text("body")))
        .hasValue("Zürich 中文 \\ \t \n");
    assertThat(one("SELECT data FROM notes WHERE id < -1", row -> row.bytes("data")))
        .hasValue(new byte[] {0, -1, 7});
    assertThat(one("SELECT data FROM notes WHERE id = -1", row -> row.findBytes("data")))
        .hasValue(Optional.empty());
    assertThat(one("SELECT data FROM notes WHERE id = 30000", row -> row.bytes("data")))
        .hasValue(new byte[0]);
  }

  @Test
  void loadsAllRowsOrNone() {
    store.inTransaction(tx -> tx.update(INSERT, 5L, "before", null));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                store.inTransaction(
                    tx -> {
                      tx.load(
                          BULK,
                          rows -> {
                            for (long id = 1; id <= 5_000; id++) {
                              rows.number(id).text("new").nothing();
                            }
                          });
                      return true;
                    }))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.CONFLICT));
    assertThatThrownBy(
            () ->
                store.inTransaction(
                    tx -> {
                      tx.load(BULK, rows -> rows.number(7).text("not whole"));
                      return true;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not whole");
    assertThatThrownBy(
            () ->
                store.inTransaction(
                    tx -> {
                      try {
                        tx.load(
                            BULK,
                            rows -> {
                              rows.number(8).text("whole").nothing();
                              throw new IllegalArgumentException("the source broke");
                            });
                      } catch (IllegalArgumentException ignored) {
                        return false;
                      }
                      return true;
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(ids()).containsExactly(5L);
  }

  @Test
  void migratesEachDatabaseInItsOwnWayWhereItMust() {
    store.close();
    store = Store.open(url, PARTED);
    PartitionedTable table = new PartitionedTable("notes_parted", 100);
    for (long id : new long[] {5, 99, 100, 1_234_567}) {
      store.cover(table, id, id);
      store.inTransaction(
          tx -> tx.update("INSERT INTO notes_parted (id, body) VALUES (?, ?)", id, "x"));
    }
    store.cover(table, 90, 310);
    store.close();
    store = Store.open(url, PARTED);
    store.cover(table, 5, 5);
    store.inTransaction(
        tx -> tx.update("INSERT INTO notes_parted (id, body) VALUES (?, ?)", 6L, "y"));
    assertThat(one("SELECT COUNT(*) AS n FROM notes_parted", row -> row.number("n"))).hasValue(5L);
    assertThatThrownBy(() -> store.cover(table, -1, 5))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
