package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.chain;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What PostgreSQL does with an address that most payments go to, right after a load. */
class PostgresPlanTest extends LedgerFixture {
  PostgresPlanTest() {
    super(Database.POSTGRES);
  }

  @Test
  void aPageOfALargeAddressIsReadFromAnIndexInOrder() {
    commit(chain(1, 1, 0, 16));
    damage(
        """
        INSERT INTO withdrawals_block (block_id, slot, root, parent_root, fork, block_number,
          block_hash, withdrawals_root, slot_time, optimistic, canonical, first_index,
          withdrawal_count, total_gwei, consensus_at)
        SELECT i, i, sha256(i::text::bytea), sha256((i - 1)::text::bytea), 'capella', i,
          sha256(i::text::bytea), sha256(i::text::bytea), i * 12, 0, 1, (i - 1) * 16, 16, 0, i
        FROM generate_series(2, 4000) AS i
        """);
    damage(
        """
        INSERT INTO withdrawals_entry
          (withdrawal_index, block_id, validator_index, address, amount_gwei)
        SELECT i, i / 16 + 1, i % 1000, CASE WHEN i % 3 > 0 THEN ?::bytea ELSE decode(
          lpad(to_hex(i), 40, '0'), 'hex') END, 7
        FROM generate_series(16, 63999) AS i
        """,
        (Object) TestBlocks.address(1).toBytes());
    store.refreshStatistics(HistoryRows.TABLES);
    WithdrawalFilter filter = WithdrawalFilter.ALL.withAddress(TestBlocks.address(1));
    List<String> plan =
        store.read(
            read -> {
              SelectSql sql =
                  new WithdrawalSelect(filter)
                      .canonical(read, null)
                      .orElseThrow()
                      .then("LIMIT ?", 100);
              return read.query(
                  "EXPLAIN " + sql.text(), row -> row.text("QUERY PLAN"), sql.parameters());
            });
    assertThat(plan)
        .anyMatch(line -> line.contains("Index Scan Backward"))
        .noneMatch(line -> line.contains("Sort") || line.contains("Bitmap"));
    assertThat(queries.list(filter, 100, Optional.empty()).records()).hasSize(100);
  }
}
