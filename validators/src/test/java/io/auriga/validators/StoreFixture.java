package io.auriga.validators;

import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Store;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A new store for each test, on one of the databases, that can be opened again. */
public abstract class StoreFixture {
  /** Where the store is. */
  public enum Database {
    SQLITE,
    POSTGRES
  }

  private final Database database;
  private final Migrations[] migrations;
  @TempDir private Path folder;
  private String url = "";
  protected Store store;

  protected StoreFixture(Database database, Migrations... migrations) {
    this.database = database;
    this.migrations = migrations;
  }

  @BeforeEach
  void openStore() {
    url =
        switch (database) {
          case SQLITE -> EmbeddedStores.sqlite(folder.resolve("data"));
          case POSTGRES -> EmbeddedStores.postgres();
        };
    store = Store.open(url, migrations);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  /** As after the end of the process. */
  protected void reopen() {
    store.close();
    store = Store.open(url, migrations);
  }
}
