package io.auriga.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One process writes and another loads into the same store. */
@ParameterizedClass
@EnumSource
class TwoWritersTest {
  enum Database {
    SQLITE,
    POSTGRES
  }

  private final Database database;
  @TempDir private Path folder;
  private String url = "";
  private Store main;

  TwoWritersTest(Database database) {
    this.database = database;
  }

  @BeforeEach
  void openMain() {
    url =
        switch (database) {
          case SQLITE -> EmbeddedStores.sqlite(folder.resolve("data"));
          case POSTGRES -> EmbeddedStores.postgres();
        };
    main = Store.open(url, StoreContract.NOTES);
  }

  @AfterEach
  void closeMain() {
    main.close();
  }

  private Store openLoader(Migrations migrations) {
    return Store.open(StoreConfig.of(url).withBulkLoads(), migrations);
  }

  private static void insert(Store store, long id) {
    int _ = store.inTransaction(tx -> tx.update(StoreContract.INSERT, id, "note", null));
  }

  @Test
  void letsOneOfEachWriteAndEachKnowOfTheOther() {
    assertThat(main.isShared()).isFalse();
    try (Store loader = openLoader(StoreContract.NOTES)) {
      insert(main, 1);
      insert(loader, 2);
      insert(main, 3);
      assertThat(StoreContract.ids(main)).containsExactly(1L, 2L, 3L);
      assertThat(main.isShared()).isTrue();
      assertThat(loader.isShared()).isTrue();
      main.close();
      assertThat(loader.isShared()).isFalse();
      insert(loader, 4);
      main = Store.open(url, StoreContract.NOTES);
      assertThat(StoreContract.ids(main)).containsExactly(1L, 2L, 3L, 4L);
    }
    assertThat(main.isShared()).isFalse();
  }

  @Test
  void refusesASecondLoaderAndNamesTheFirst() {
    try (Store loader = openLoader(StoreContract.NOTES)) {
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(StoreException.class)
            .isThrownBy(() -> openLoader(StoreContract.NOTES))
            .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.LOCKED))
            .withMessageContaining("process " + ProcessHandle.current().pid() + " on ")
            .withMessageContaining(" loads into it since ");
      }
      insert(loader, 1);
    }
  }

  @Test
  void changesTheSchemaOnlyWhileNobodyElseWrites() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> openLoader(StoreContract.NOTES_AND_AUTHORS))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.LOCKED))
        .withMessageContaining(" writes it since ");
    insert(main, 1);
    main.close();
    try (Store loader = openLoader(StoreContract.NOTES_AND_AUTHORS)) {
      assertThat(StoreContract.ids(loader)).containsExactly(1L);
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> Store.open(url, StoreContract.NOTES))
          .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.NEWER_VERSION));
      main = Store.open(url, StoreContract.NOTES_AND_AUTHORS);
      insert(main, 2);
      insert(loader, 3);
    }
  }

  /**
   * The loader never pauses: it begins its next transaction at once. Counted is how many of its
   * transactions end between the moment in which the main one asks for its turn and that in which
   * it has it.
   */
  @Test
  void letsNeitherWaitForMoreThanATransactionOfTheOther() throws Exception {
    AtomicLong loaded = new AtomicLong();
    AtomicBoolean enough = new AtomicBoolean();
    List<Long> letBefore = new ArrayList<>();
    try (Store loader = openLoader(StoreContract.NOTES);
        ExecutorService beside = Executors.newSingleThreadExecutor()) {
      Future<?> loading =
          beside.submit(
              () -> {
                for (long id = 1_000_000; !enough.get(); id += 500) {
                  long first = id;
                  int _ =
                      loader.inTransaction(
                          tx -> {
                            for (long note = first; note < first + 500; note++) {
                              tx.update(StoreContract.INSERT, note, "loaded", new byte[200]);
                            }
                            return 0;
                          });
                  loaded.incrementAndGet();
                }
              });
      try {
        while (loaded.get() < 3) {
          Thread.onSpinWait();
        }
        for (long id = 0; id < 25; id++) {
          long before = loaded.get();
          long note = id;
          letBefore.add(
              main.inTransaction(
                  tx -> {
                    long now = loaded.get();
                    tx.update(StoreContract.INSERT, note, "followed", null);
                    return now - before;
                  }));
        }
      } finally {
        enough.set(true);
        loading.get();
      }
    }
    List<Long> sorted = letBefore.stream().sorted().toList();
    assertThat(sorted.get(sorted.size() / 2)).as("of %s", letBefore).isLessThanOrEqualTo(2L);
    assertThat(loaded.get()).isGreaterThan(3);
  }
}
