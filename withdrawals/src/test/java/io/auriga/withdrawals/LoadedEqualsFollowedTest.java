package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.address;
import static io.auriga.withdrawals.TestBlocks.after;
import static io.auriga.withdrawals.TestBlocks.first;
import static io.auriga.withdrawals.TestBlocks.withdrawals;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.runtime.store.Row;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ConsolidationRequest;
import io.auriga.types.Deposit;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.WithdrawalRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Once followed and once loaded: the recorded chain, Capella to Fulu with its requests, and a small
 * one with deposits, which that one has not.
 */
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

  LoadedEqualsFollowedTest(Database database) {
    super(database);
  }

  @Test
  void keepsTheSameRowsOfALoadedBlockAsOfAFollowedOne() {
    List<List<String>> followed = requireLoadedAsFollowed(RecordedKindsTest.canonical());
    assertThat(followed.subList(0, followed.size() - 1)).noneMatch(List::isEmpty);
    assertThat(followed.get(0)).as("state roots").noneMatch(row -> row.endsWith("null"));
  }

  @Test
  void keepsTheSameDepositsOfALoadedBlockAsOfAFollowedOne() {
    List<ChainBlock> chain = new ArrayList<>();
    chain.add(
        first(10, withdrawals(0, 3)).deposits(deposit(1, 32), deposit(2, 1)).executed().block());
    chain.add(after(chain.getLast(), 1, withdrawals(3, 2)).executed().block());
    chain.add(after(chain.getLast(), 2, List.of()).deposits(deposit(1, 2)).executed().block());
    chain.add(
        after(chain.getLast(), 1, withdrawals(5, 4))
            .inElectra(payout(1, 0), payout(2, 7))
            .deposits(deposit(2, 2_048), deposit(2, 2_048), deposit(3, 1))
            .consolidates(consolidation(4, 5), consolidation(5, 5))
            .executed()
            .block());
    chain.add(
        after(chain.getLast(), 1, withdrawals(9, 1))
            .inElectra()
            .deposits(deposit(1, 1))
            .executed()
            .block());
    List<List<String>> followed = requireLoadedAsFollowed(chain);
    assertThat(followed.get(2)).as("requests").hasSize(4);
    assertThat(followed.get(3)).as("deposits").hasSize(7);
    assertThat(followed.get(3).subList(0, 3))
        .as("of the old bridge")
        .allMatch(row -> row.endsWith(" 1"));
    assertThat(followed.get(3).subList(3, 7)).as("that wait").allMatch(row -> row.endsWith(" 0"));
  }

  private static BlsPublicKey key(long index) {
    return BlsPublicKey.of(ByteBuffer.allocate(BlsPublicKey.LENGTH).putLong(7, index).array());
  }

  private static Deposit deposit(long validator, long ether) {
    return new Deposit(key(validator), Gwei.ofEther(ether));
  }

  private static WithdrawalRequest payout(long validator, long ether) {
    return new WithdrawalRequest(address(validator), key(validator), Gwei.ofEther(ether));
  }

  private static ConsolidationRequest consolidation(long from, long into) {
    return new ConsolidationRequest(address(from), key(from), key(into));
  }

  /** Follows a chain, loads the same instead, and answers the rows of both. */
  private List<List<String>> requireLoadedAsFollowed(List<ChainBlock> chain) {
    commit(chain);
    List<List<String>> followed = rows();
    TABLES.forEach(table -> damage("DELETE FROM " + table));
    load(chain, new Random(7));
    assertThat(queries.summary().position()).isEmpty();
    assertThat(rows()).isEqualTo(followed);
    return followed;
  }

  /** In pieces, the newest first or in any order. */
  private void load(List<ChainBlock> chain, Random random) {
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
