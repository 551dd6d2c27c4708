package io.auriga.app.cli;

import io.auriga.app.Platform;
import io.auriga.app.config.AurigaConfig;
import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoreError;
import io.auriga.runtime.store.StoreException;
import io.auriga.types.AurigaException;
import java.util.Optional;
import java.util.function.Function;

/** Opens the configured store for a command, also while {@code auriga run} writes it. */
final class StoreAccess {
  private StoreAccess() {}

  /**
   * Reads the store.
   *
   * @param attempted what for: {@code read the ledger}
   * @param tables what is read of it
   * @throws AurigaException {@code AUR-CLI-NO-STORE} if there is none yet
   */
  static <T> T read(
      AurigaConfig config, String attempted, Migrations tables, Function<Store, T> question) {
    try (Store store = Store.openReadOnly(config.store(), tables)) {
      return question.apply(store);
    } catch (StoreException failure) {
      throw isMissing(failure) ? missing(config, attempted, failure) : failure;
    }
  }

  /** As {@link #read}; empty where there is no store yet. */
  static <T> Optional<T> find(AurigaConfig config, Migrations tables, Function<Store, T> question) {
    try (Store store = Store.openReadOnly(config.store(), tables)) {
      return Optional.of(question.apply(store));
    } catch (StoreException failure) {
      if (isMissing(failure)) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /**
   * Writes to a store that is there, beside whoever follows the chain into it.
   *
   * @throws AurigaException {@code AUR-CLI-NO-STORE} if there is none yet, {@code AUR-STORE-LOCKED}
   *     if another command writes to it just now
   */
  static <T> T write(AurigaConfig config, String attempted, Function<Store, T> work) {
    // Opening it to write would make an empty one.
    try (Store _ = Store.openReadOnly(config.store())) {
      // It is there.
    } catch (StoreException failure) {
      throw isMissing(failure) ? missing(config, attempted, failure) : failure;
    }
    try (Store store =
        Store.open(config.store().withBulkLoads(), Platform.tables().toArray(Migrations[]::new))) {
      return work.apply(store);
    }
  }

  private static boolean isMissing(StoreException failure) {
    return failure.code().equals(StoreError.MISSING.code());
  }

  private static AurigaException missing(
      AurigaConfig config, String attempted, StoreException failure) {
    return new AurigaException(
        CliError.NO_STORE, attempted, "there is no store at " + config.store().url(), failure);
  }
}
