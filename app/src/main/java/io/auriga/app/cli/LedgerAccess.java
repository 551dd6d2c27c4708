package io.auriga.app.cli;

import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoreError;
import io.auriga.runtime.store.StoreException;
import io.auriga.types.AurigaException;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalQueries;
import java.util.Map;
import java.util.function.Function;

/** Opens the ledger to read it, also while {@code auriga run} writes it. */
final class LedgerAccess {
  private LedgerAccess() {}

  /**
   * Asks the ledger of the configured store.
   *
   * @throws AurigaException {@code AUR-CLI-NO-STORE} if there is none yet
   */
  static <T> T ask(ConfigOptions options, Function<WithdrawalQueries, T> question) {
    return read(options, store -> question.apply(new WithdrawalQueries(store)));
  }

  /** The same for a question that takes more than the ledger's queries. */
  static <T> T read(ConfigOptions options, Function<Store, T> question) {
    var config = options.load(Map.of()).store();
    try (Store store = Store.openReadOnly(config, WithdrawalLedger.MIGRATIONS)) {
      return question.apply(store);
    } catch (StoreException failure) {
      if (failure.code().equals(StoreError.MISSING.code())) {
        throw new AurigaException(
            CliError.NO_STORE, "read the ledger", "there is no store at " + config.url(), failure);
      }
      throw failure;
    }
  }
}
