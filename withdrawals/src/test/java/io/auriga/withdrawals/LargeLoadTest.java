package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.chain;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoreConfig;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large load into SQLite does without the indices over payments until its end. */
class LargeLoadTest {
  private static final long MANY = 2_000_000;

  @TempDir private Path folder;
  private final AtomicInteger slow = new AtomicInteger();
  private StoreConfig config;
  private Map<String, String> whole;

  @BeforeEach
  void rememberTheIndices() {
    config = StoreConfig.of("sqlite:" + folder);
    try (Store store = open(config)) {
      whole = indices(store);
    }
    assertThat(whole).hasSize(2);
  }

  private static Store open(StoreConfig config) {
    return Store.open(config, WithdrawalLedger.MIGRATIONS);
  }

  private static Map<String, String> indices(Store store) {
    Map<String, String> indices = new HashMap<>();
    store
        .read(
            read ->
                read.query(
                    """
                    SELECT name, sql FROM sqlite_master
                    WHERE type = 'index' AND tbl_name = 'withdrawals_entry' AND sql IS NOT NULL
                    """,
                    row -> List.of(row.text("name"), row.text("sql"))))
        .forEach(index -> indices.put(index.get(0), index.get(1).replaceAll("\\s+", " ")));
    return indices;
  }

  private static void load(HistoryLedger history, int first, int last) {
    var _ =
        history.load(
            new HistoryBatch(
                new Slot(first),
                new Slot(last),
                chain(1, 40, 10, 3).subList(first - 1, last).stream()
                    .map(HistoryBlock::of)
                    .toList(),
                Verification.FULL,
                "test"));
  }

  private static HistoryLedger history(Store store) {
    return new HistoryLedger(store, Root.ZERO, () -> Instant.EPOCH);
  }

  @Test
  void makesThemAtTheEndAsTheyWere() {
    try (Store store = open(config.withBulkLoads())) {
      HistoryLedger history = history(store);
      history.expect(MANY);
      load(history, 1, 10);
      assertThat(indices(store)).isEmpty();
      load(history, 11, 40);
      history.settle(slow::incrementAndGet);
      assertThat(indices(store)).isEqualTo(whole);
      assertThat(slow).hasValue(1);
      assertThat(new WithdrawalQueries(store).gaps()).isEmpty();
    }
  }

  @Test
  void keepsThemForASmallLoad() {
    try (Store store = open(config.withBulkLoads())) {
      HistoryLedger history = history(store);
      history.expect(1_000);
      load(history, 1, 40);
      assertThat(indices(store)).isEqualTo(whole);
      history.settle(slow::incrementAndGet);
      assertThat(slow).hasValue(0);
    }
  }

  @Test
  void areMadeByTheNextProcessAfterOneThatDied() {
    try (Store store = open(config.withBulkLoads())) {
      HistoryLedger history = history(store);
      history.expect(MANY);
      load(history, 1, 10);
    }
    try (Store again = open(config.withBulkLoads())) {
      assertThat(indices(again)).as("another load would only leave them out again").isEmpty();
    }
    try (Store next = open(config)) {
      assertThat(indices(next)).isEqualTo(whole);
    }
  }

  @Test
  void areMadeByALoadThatGoesOnAfterOneThatDiedAndFindsNothingToDo() {
    try (Store store = open(config.withBulkLoads())) {
      HistoryLedger history = history(store);
      history.expect(MANY);
      load(history, 1, 40);
    }
    try (Store again = open(config.withBulkLoads())) {
      HistoryLedger history = history(again);
      history.expect(MANY);
      history.settle(slow::incrementAndGet);
      assertThat(indices(again)).isEqualTo(whole);
    }
  }

  @Test
  void keepsThemWhileAnotherProcessFollowsIntoTheStore() {
    try (Store store = open(config.withBulkLoads())) {
      HistoryLedger history = history(store);
      history.expect(MANY);
      load(history, 1, 10);
      assertThat(indices(store)).isEmpty();
      try (Store following = open(config)) {
        assertThat(indices(following)).isEqualTo(whole);
        load(history, 11, 20);
        assertThat(indices(following)).isEqualTo(whole);
      }
      history.settle(slow::incrementAndGet);
      assertThat(indices(store)).isEqualTo(whole);
      assertThat(slow).hasValue(0);
    }
  }
}
