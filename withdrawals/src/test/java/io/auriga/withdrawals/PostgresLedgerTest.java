package io.auriga.withdrawals;

import io.auriga.runtime.store.EmbeddedStores;

class PostgresLedgerTest extends LedgerContract {
  @Override
  String newUrl() {
    return EmbeddedStores.postgres();
  }
}
