package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.branch;
import static io.auriga.withdrawals.TestBlocks.chain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.auriga.chain.ChainBlock;
import io.auriga.runtime.store.StoreError;
import io.auriga.runtime.store.StoreException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What only a file can suffer. */
class FullDiskTest extends LedgerFixture {
  FullDiskTest() {
    super(Database.SQLITE);
  }

  @Test
  void storesNothingOfACommitThatFillsTheDiskAndGoesOnWhenThereIsSpace() {
    List<ChainBlock> blocks = chain(1, 2, 0, 4);
    commit(blocks);
    var position = ledger.position();
    var records = all();
    long pages =
        store.inTransaction(
            tx -> tx.first("PRAGMA page_count", row -> row.number("page_count")).orElseThrow());
    pageLimit(pages + 2);
    List<ChainBlock> many = branch(blocks.getLast(), 200, 8, 16, 0);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> commit(many))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(StoreError.DISK_FULL));
    assertThat(ledger.position()).isEqualTo(position);
    assertThat(all()).isEqualTo(records);
    pageLimit(1_000_000);
    commit(many);
    assertThat(ledger.position().orElseThrow().head()).isEqualTo(many.getLast().ref());
    assertThat(queries.summary().withdrawals()).isEqualTo(8 + 200 * 16);
    assertThat(ledger.gaps()).isEmpty();
  }

  private void pageLimit(long pages) {
    var _ = store.inTransaction(tx -> tx.first("PRAGMA max_page_count = " + pages, row -> "set"));
  }
}
