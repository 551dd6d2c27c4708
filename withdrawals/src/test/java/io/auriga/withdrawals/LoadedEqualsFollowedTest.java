package io.auriga.withdrawals;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.runtime.store.Row;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The recorded chain, Capella to Fulu with its requests, once followed and once loaded. */
@ParameterizedClass
@EnumSource
class LoadedEqualsFollowedTest extends LedgerFixture {
  private static final List<String> QUERIES =
      List.of(
          """
          SELECT slot, root, parent_root, fork, block_number, block_hash, withdrawals_root, slot_time,
            optimistic, canonical, first_index, withdrawal_count, total_gwei, state_root
          FROM withdrawals_block WHERE canonical = 1 ORDER BY slot
          """,
          """
          SELECT e.withdrawal_index, b.root, e.validator_index, e.address, e.amount_gwei
          FROM withdrawals_entry e JOIN withdrawals_block b ON b.block_id = e.block_id
          WHERE b.canonical = 1 ORDER BY e.withdrawal_index
          """,
          """
          SELECT b.root, r.request_type, r.position, r.source, r.public_key, r.target_key,
            r.amount_gwei, r.transaction_hash, r.log_index, r.log_block_number, r.log_asked
          FROM withdrawals_request r JOIN withdrawals_block b ON b.block_id = r.block_id
          WHERE b.canonical = 1 ORDER BY b.slot, r.request_type, r.position
          """,
          """
          SELECT b.root, d.position, d.public_key, d.amount_gwei, d.at_once
          FROM withdrawals_deposit d JOIN withdrawals_block b ON b.block_id = d.block_id
          WHERE b.canonical = 1 ORDER BY b.slot, d.position
          """);

  private static final List<String> TABLES =
      List.of(
          "withdrawals_block",
          "withdrawals_entry",
          "withdrawals_request",
          "withdrawals_deposit",
          "withdrawals_position",
          "withdrawals_total");

  private final List<ChainBlock> chain = RecordedKindsTest.canonical();

  LoadedEqualsFollowedTest(Database database) {
    super(database);
  }

  @Test
  void keepsTheSameRowsOfALoadedBlockAsOfAFollowedOne() {
    commit(chain);
    List<List<String>> followed = rows();
    assertThat(followed.subList(0, followed.size() - 1)).noneMatch(List::isEmpty);
    assertThat(followed.getLast()).as("deposits: the recorded chain has none").isEmpty();
    assertThat(followed.get(0)).as("state roots").noneMatch(row -> row.endsWith("null"));
    TABLES.forEach(table -> damage("DELETE FROM " + table));
    load(new Random(7));
    assertThat(queries.summary().position()).isEmpty();
    assertThat(rows()).isEqualTo(followed);
  }

  /** In pieces, the newest first or in any order. */
  private void load(Random random) {
    HistoryLedger history = new HistoryLedger(store, Root.ZERO, () -> AT);
    List<HistoryBatch> batches = new ArrayList<>();
    for (int from = 0; from < chain.size(); ) {
      int to = Math.min(chain.size(), from + 1 + random.nextInt(40));
      List<ChainBlock> blocks = chain.subList(from, to);
      Slot first = blocks.getFirst().ref().slot();
      batches.add(
          new HistoryBatch(
              first,
              blocks.getLast().ref().slot(),
              blocks.stream().map(HistoryBlock::of).toList(),
              Verification.FULL,
              "from slot " + first));
      from = to;
    }
    Collections.shuffle(batches, random);
    for (HistoryBatch batch : batches) {
      assertThat(history.load(batch)).isInstanceOf(HistoryOutcome.Loaded.class);
    }
  }

  private List<List<String>> rows() {
    return QUERIES.stream()
        .map(query -> store.read(read -> read.query(query, row -> text(row, columns(query)))))
        .toList();
  }

  private static List<String> columns(String query) {
    String names = query.substring("SELECT".length(), query.indexOf("FROM"));
    return List.of(names.replaceAll("\\s|\\b[a-z]\\.", "").split(",", -1));
  }

  private static String text(Row row, List<String> columns) {
    List<String> values = new ArrayList<>();
    for (String column : columns) {
      values.add(
          column.matches(".*(root|hash|address|source|key)")
              ? row.findBytes(column).map(HexFormat.of()::formatHex).orElse("null")
              : column.equals("fork")
                  ? row.text(column)
                  : row.findNumber(column).isPresent()
                      ? Long.toString(row.number(column))
                      : "null");
    }
    return String.join(" ", values);
  }
}
