package io.auriga.app.cli;

import io.auriga.app.config.AurigaConfig;
import io.auriga.runtime.store.Store;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalQueries;
import java.util.Map;
import java.util.function.Function;

/** Asks the ledger of the configured store. */
final class LedgerAccess {
  private LedgerAccess() {}

  /**
   * Asks its queries.
   *
   * @throws io.auriga.types.AurigaException {@code AUR-CLI-NO-STORE} if there is none yet
   */
  static <T> T ask(ConfigOptions options, Function<WithdrawalQueries, T> question) {
    return read(options.load(Map.of()), store -> question.apply(new WithdrawalQueries(store)));
  }

  /** The same for a question that takes more than the ledger's queries. */
  static <T> T read(AurigaConfig config, Function<Store, T> question) {
    return StoreAccess.read(config, "read the ledger", WithdrawalLedger.MIGRATIONS, question);
  }
}
