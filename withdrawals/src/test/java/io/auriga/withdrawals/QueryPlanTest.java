package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.branch;
import static io.auriga.withdrawals.TestBlocks.chain;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.runtime.store.Read;
import io.auriga.types.BlockNumber;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalIndex;
import io.auriga.withdrawals.WithdrawalFilter.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every filter that is documented is answered from an index: SQLite says so itself. */
class QueryPlanTest extends LedgerFixture {
  private static final Slot SLOT = new Slot(3);

  QueryPlanTest() {
    super(Database.SQLITE);
  }

  static Stream<Arguments> filters() {
    WithdrawalFilter all = WithdrawalFilter.ALL;
    ChainBlock block = chain(1, 3, 0, 4).getLast();
    Map<String, WithdrawalFilter> filters =
        Map.ofEntries(
            Map.entry("nothing", all),
            Map.entry("oldest first", all.withOrder(Order.OLDEST_FIRST)),
            Map.entry("validator", all.withValidator(new ValidatorIndex(4))),
            Map.entry("address", all.withAddress(TestBlocks.address(1))),
            Map.entry(
                "validator and slots",
                all.withValidator(new ValidatorIndex(4)).withFromSlot(SLOT).withToSlot(SLOT)),
            Map.entry("from slot", all.withFromSlot(SLOT)),
            Map.entry("to slot", all.withToSlot(SLOT)),
            Map.entry("from index", all.withFromIndex(new WithdrawalIndex(3))),
            Map.entry("to index", all.withToIndex(new WithdrawalIndex(3))),
            Map.entry("from time", all.withFromTime(TestBlocks.startOf(2))),
            Map.entry("to time", all.withToTime(TestBlocks.startOf(3))),
            Map.entry("from block", all.withFromBlock(new BlockNumber(2))),
            Map.entry("to block", all.withToBlock(new BlockNumber(2))),
            Map.entry("block root", all.withBlockRoot(block.root())),
            Map.entry("block hash", all.withBlockHash(block.blockHash())),
            Map.entry("final", all.withStages(Set.of(Stage.FINALIZED))),
            Map.entry("safe", all.withStages(Set.of(Stage.SAFE))),
            Map.entry("consensus", all.withStages(Set.of(Stage.CONSENSUS, Stage.EXECUTION))));
    return filters.entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  private void fill() {
    List<ChainBlock> blocks = chain(1, 12, 0, 4);
    commit(blocks);
    finality(2, blocks.get(8), 1, blocks.get(4));
    reorg(blocks.subList(10, 12), branch(blocks.get(9), 2, 40, 4, 1));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("filters")
  void answersFromAnIndexWithoutSorting(String name, WithdrawalFilter filter) {
    fill();
    List<String> plan = new ArrayList<>();
    store.read(
        read -> {
          Explaining explaining = new Explaining(read, plan);
          SelectSql first = new WithdrawalSelect(filter).canonical(explaining, null).orElseThrow();
          SelectSql next =
              new WithdrawalSelect(filter)
                  .canonical(explaining, new PageCursor(filter.order(), 8, 1))
                  .orElseThrow();
          explaining.explain(first.text(), first.parameters());
          explaining.explain(next.text(), next.parameters());
          return name;
        });
    assertThat(plan)
        .as(name)
        .isNotEmpty()
        .allMatch(line -> Explaining.usesAnIndex(line) || isInTheOrderOfTheTable(filter, line))
        .noneMatch(line -> line.contains("TEMP B-TREE"));
  }

  /** The table itself is in the order of the withdrawals: asked for all, it is read from an end. */
  private static boolean isInTheOrderOfTheTable(WithdrawalFilter filter, String line) {
    return filter.withOrder(Order.NEWEST_FIRST).equals(WithdrawalFilter.ALL)
        && line.equals("SCAN e");
  }

  @Test
  void drivesSeveralNamesByTheirIndexAndOrphansByTheirs() {
    fill();
    List<String> plan = new ArrayList<>();
    WithdrawalFilter several =
        WithdrawalFilter.ALL
            .withValidators(Set.of(new ValidatorIndex(1), new ValidatorIndex(2)))
            .withOrphaned();
    store.read(
        read -> {
          Explaining explaining = new Explaining(read, plan);
          SelectSql names = new WithdrawalSelect(several).canonical(explaining, null).orElseThrow();
          SelectSql orphans = new WithdrawalSelect(several).orphaned(null).orElseThrow();
          explaining.explain(names.text(), names.parameters());
          explaining.explain(orphans.text(), orphans.parameters());
          return several;
        });
    assertThat(plan)
        .allMatch(Explaining::usesAnIndex)
        .anyMatch(line -> line.contains("withdrawals_entry_validator (validator_index=?)"))
        .anyMatch(line -> line.contains("withdrawals_block_orphans"));
  }

  @Test
  void findsWhatIsStillMovingByItsSmallIndices() {
    fill();
    List<String> plan = new ArrayList<>();
    store.read(
        read -> {
          Explaining explaining = new Explaining(read, plan);
          for (String sql :
              List.of(
                  "UPDATE withdrawals_block SET safe_at = 1 WHERE canonical = 1"
                      + " AND finalized_at IS NULL AND slot <= 9 AND safe_at IS NULL"
                      + " AND (optimistic = 0 OR executed_at IS NOT NULL)",
                  "SELECT slot FROM withdrawals_block WHERE canonical = 1 AND executed_at IS NULL"
                      + " AND block_id > 0 AND slot < 9 ORDER BY slot DESC LIMIT 5",
                  "UPDATE withdrawals_block SET canonical = 0 WHERE canonical = 1 AND slot >= 9")) {
            explaining.explain(sql, new Object[0]);
          }
          return plan;
        });
    assertThat(plan)
        .satisfiesExactly(
            line -> assertThat(line).contains("withdrawals_block_unfinal"),
            line -> assertThat(line).contains("withdrawals_block_unmatched"),
            line -> assertThat(line).contains("USING INDEX withdrawals_block"));
  }

  /** Forty thousand blocks in which each stage has its share, as rows and as totals of them. */
  private void fillALot() {
    commit(chain(1, 1, 0, 4));
    damage(
        """
        INSERT INTO withdrawals_block (block_id, slot, root, parent_root, fork, block_number,
          block_hash, withdrawals_root, slot_time, optimistic, canonical, first_index,
          withdrawal_count, total_gwei, consensus_at, executed_at, safe_at, finalized_at,
          orphaned_at)
        WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
        SELECT i, i, randomblob(32), randomblob(32), 'capella', i, randomblob(32), randomblob(32),
          i * 12, 0, i % 50 > 0, 4, 0, 0, i, i,
          CASE WHEN i < 39900 AND i % 50 > 0 THEN i END,
          CASE WHEN i < 39800 AND i % 50 > 0 THEN i END,
          CASE WHEN i % 50 = 0 THEN i END
        FROM n
        """);
    damage("UPDATE withdrawals_position SET next_block_id = 40001");
    damage("ANALYZE");
    assertThat(ledger.gaps()).isEmpty();
  }

  @Test
  void summarisesALongHistoryWithoutLookingThroughIt() {
    fillALot();
    List<String> plan = new ArrayList<>();
    LedgerSummary summary =
        store.read(read -> LedgerSummaryRead.summary(new Explaining(read, plan)));
    assertThat(summary.withdrawals()).isEqualTo(4);
    assertThat(summary.gaps()).isZero();
    assertThat(plan)
        .anyMatch(line -> line.contains("withdrawals_block"))
        .noneMatch(QueryPlanTest::looksThroughAllRows);
  }

  /**
   * One row a stage, or one a load, is no history; and the first row in the order of an index is
   * found at once.
   */
  private static boolean looksThroughAllRows(String line) {
    boolean newest = line.equals("SCAN withdrawals_block USING INDEX withdrawals_block_chain");
    boolean few =
        line.equals("SCAN withdrawals_total") || line.startsWith("SCAN withdrawals_history ");
    return line.startsWith("SCAN") && !few && !newest;
  }

  @Test
  void movesTheTotalsWithoutLookingThroughHistory() {
    fillALot();
    List<String> plan = new ArrayList<>();
    int _ =
        store.inTransaction(
            transaction -> {
              Explaining explaining = new Explaining(transaction, plan);
              StageTotals totals = StageTotals.load(transaction);
              var _ = totals.leave(explaining, StageMarks.due("safe_at"), 39_990L);
              var _ = totals.leave(explaining, StageMarks.due("finalized_at"), 39_990L);
              var _ = totals.leave(explaining, LedgerCommit.ABOVE, 39_990L);
              var _ = totals.leave(explaining, LedgerCommit.UNCONFIRMED, (Object) new byte[32]);
              totals.enter(explaining, "block_id = ?", 7L);
              return 0;
            });
    assertThat(plan)
        .anyMatch(line -> line.contains("withdrawals_block_unfinal"))
        .noneMatch(QueryPlanTest::looksThroughAllRows)
        .filteredOn(line -> line.startsWith("SEARCH"))
        .hasSize(5);
  }

  /** Passes on what it is asked, and keeps SQLite's plan for it. */
  private record Explaining(Read read, List<String> plan) implements Read {
    static boolean usesAnIndex(String line) {
      return line.contains("USING INDEX")
          || line.contains("USING COVERING INDEX")
          || line.contains("USING INTEGER PRIMARY KEY")
          || line.contains("USING PRIMARY KEY")
          || line.equals("USE TEMP B-TREE FOR ORDER BY");
    }

    void explain(String sql, @Nullable Object[] parameters) {
      plan.addAll(read.query("EXPLAIN QUERY PLAN " + sql, row -> row.text("detail"), parameters));
    }

    @Override
    public <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
      explain(sql, parameters);
      return read.query(sql, mapper, parameters);
    }

    @Override
    public <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... parameters) {
      plan.addAll(read.query("EXPLAIN QUERY PLAN " + sql, row -> row.text("detail"), parameters));
      return read.first(sql, mapper, parameters);
    }

    @Override
    public void forEach(String sql, RowConsumer consumer, @Nullable Object... parameters) {
      throw new AssertionError("not asked for here: " + sql);
    }
  }
}
