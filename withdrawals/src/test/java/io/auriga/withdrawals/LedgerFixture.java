package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.newestFirst;
import static io.auriga.withdrawals.TestBlocks.startOf;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.FinalityUpdate;
import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.types.Epoch;
import io.auriga.withdrawals.prediction.PredictionBook;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A new ledger for each test, on one of the databases, and the usual things to do to it. */
abstract class LedgerFixture {
  static final Instant AT = startOf(1_000);

  /** Where the ledger is kept. */
  enum Database {
    SQLITE,
    POSTGRES
  }

  private final Database database;
  @TempDir Path folder;
  String url = "";
  Store store;
  WithdrawalLedger ledger;
  WithdrawalQueries queries;

  LedgerFixture(Database database) {
    this.database = database;
  }

  @BeforeEach
  void openLedger() {
    url =
        switch (database) {
          case SQLITE -> EmbeddedStores.sqlite(folder.resolve("data"));
          case POSTGRES -> EmbeddedStores.postgres();
        };
    open();
  }

  @AfterEach
  void closeLedger() {
    store.close();
  }

  final void open() {
    store = Store.open(url, WithdrawalLedger.MIGRATIONS, PredictionBook.MIGRATIONS);
    ledger = new WithdrawalLedger(store);
    queries = new WithdrawalQueries(store);
  }

  void commit(List<ChainBlock> applied) {
    ledger.commit(ChainUpdate.ofBlocks(AT, List.of(), applied));
  }

  void reorg(List<ChainBlock> undone, List<ChainBlock> applied) {
    ledger.commit(ChainUpdate.ofBlocks(AT, newestFirst(undone), applied));
  }

  void finality(long safeEpoch, ChainBlock safe, long finalizedEpoch, ChainBlock finalized) {
    ledger.commit(
        ChainUpdate.ofFinality(
            AT,
            new FinalityUpdate(
                new Epoch(safeEpoch),
                Optional.of(safe.ref()),
                new Epoch(finalizedEpoch),
                Optional.of(finalized.ref()))));
  }

  List<WithdrawalRecord> all() {
    return queries
        .list(
            WithdrawalFilter.ALL.withOrphaned().withOrder(WithdrawalFilter.Order.OLDEST_FIRST),
            1_000,
            Optional.empty())
        .records();
  }

  Stage stage(ChainBlock block) {
    return queries.block(block.root()).orElseThrow().stage();
  }

  /** Changes rows behind the ledger's back. */
  void damage(String sql, Object... parameters) {
    int _ = store.inTransaction(tx -> tx.update(sql, parameters));
  }
}
