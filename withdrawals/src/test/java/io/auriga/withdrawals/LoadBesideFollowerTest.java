package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.branch;
import static io.auriga.withdrawals.TestBlocks.chain;
import static io.auriga.withdrawals.TestBlocks.newestFirst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoreConfig;
import io.auriga.types.AurigaException;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.Withdrawal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** One store follows and another loads, into the same database and at the same time. */
@ParameterizedClass
@EnumSource
class LoadBesideFollowerTest extends LedgerFixture {
  /** Longer than what goes into one transaction beside a follower. */
  private static final int LAST = 1_300;

  private static final int START = 1_200;

  private final List<ChainBlock> blocks = chain(1, LAST, 10, 3);
  private Store loading;
  private HistoryLedger history;

  LoadBesideFollowerTest(Database database) {
    super(database);
  }

  @BeforeEach
  void openBeside() {
    loading = Store.open(StoreConfig.of(url).withBulkLoads(), WithdrawalLedger.MIGRATIONS);
    history = new HistoryLedger(loading, Root.ZERO, () -> AT);
  }

  @AfterEach
  void closeBeside() {
    loading.close();
  }

  private List<ChainBlock> slots(int first, int last) {
    return blocks.subList(first - 1, last);
  }

  private HistoryOutcome load(int first, int last) {
    return history.load(
        new HistoryBatch(
            new Slot(first),
            new Slot(last),
            slots(first, last).stream().map(HistoryBlock::of).toList(),
            Verification.FULL,
            "slots %d to %d".formatted(first, last)));
  }

  private void requireHeldOnce() {
    List<Withdrawal> expected =
        blocks.stream().flatMap(block -> block.withdrawals().stream()).toList();
    List<Withdrawal> held = new ArrayList<>();
    queries.export(
        WithdrawalFilter.ALL.withOrder(WithdrawalFilter.Order.OLDEST_FIRST),
        record -> held.add(record.withdrawal()));
    assertThat(held).isEqualTo(expected);
    assertThat(queries.gaps()).isEmpty();
    assertThat(ledger.gaps()).isEmpty();
    assertThat(queries.summary().withdrawals()).isEqualTo(expected.size());
    assertThat(queries.spans()).hasSize(1);
  }

  /** Follows from {@link #START} to the end, with a reorg now and then. */
  private void follow(Random random) {
    int head = START - 1;
    while (head < LAST) {
      int next = Math.min(LAST, head + 1 + random.nextInt(4));
      commit(slots(head + 1, next));
      if (random.nextInt(4) == 0) {
        int from = Math.max(START + 1, next - random.nextInt(3));
        List<ChainBlock> undone = slots(from, next);
        List<ChainBlock> other =
            branch(blocks.get(from - 2), undone.size(), 10 + 3L * (from - 1), 3, 1 + head);
        reorg(undone, other);
        ledger.commit(ChainUpdate.ofBlocks(AT, newestFirst(other), undone));
      }
      head = next;
    }
  }

  @Test
  void holdsEverythingOnceWhateverTheTwoDoAtATime() throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      List<int[]> pieces = new ArrayList<>();
      for (int from = 1; from < START; ) {
        int to = Math.min(START - 1, from + random.nextInt(seed == 1 ? START : 200));
        pieces.add(new int[] {from, to});
        from = to + 1;
      }
      Collections.shuffle(pieces, random);
      try (ExecutorService both = Executors.newFixedThreadPool(2)) {
        Future<?> following = both.submit(() -> follow(new Random(random.nextLong())));
        Future<?> loaded = both.submit(() -> pieces.forEach(piece -> load(piece[0], piece[1])));
        following.get();
        loaded.get();
      }
      requireHeldOnce();
      assertThat(history.units()).as("seed " + seed).hasSize(pieces.size());
      for (String table : List.of("block", "entry", "history", "position", "total", "request")) {
        damage("DELETE FROM withdrawals_" + table);
      }
    }
  }

  @Test
  void recordsALoadInPartsAsOne() {
    commit(slots(START, LAST));
    assertThat(loading.isShared()).isTrue();
    assertThat(load(1, START - 1)).isEqualTo(new HistoryOutcome.Loaded(1_199, 3 * 1_199));
    HistoryUnit unit = history.units().getFirst();
    assertThat(history.units()).containsExactly(unit);
    assertThat(unit.first()).isEqualTo(new Slot(1));
    assertThat(unit.last()).isEqualTo(new Slot(START - 1));
    assertThat(unit.blocks()).isEqualTo(1_199);
    assertThat(unit.withdrawals()).isEqualTo(3 * 1_199);
    assertThat(history.holds(new Slot(1), new Slot(START - 1))).isTrue();
    requireHeldOnce();
  }

  @Test
  void goesOnWithALoadThatEndedAfterSomeOfItsParts() {
    var _ = load(1, 700);
    damage("UPDATE withdrawals_history SET source = 'slots 1 to 1199'");
    assertThat(load(1, START - 1)).isEqualTo(new HistoryOutcome.Loaded(499, 3 * 499));
    assertThat(history.units()).hasSize(1);
    commit(slots(START, LAST));
    requireHeldOnce();
  }

  @Test
  void takesALoadThatWasDamagedAgainAsAWhole() {
    var _ = load(1, START - 1);
    damage("DELETE FROM withdrawals_entry WHERE withdrawal_index = 14");
    damage("DELETE FROM withdrawals_block WHERE slot = 1100");
    assertThat(load(1, START - 1)).isEqualTo(new HistoryOutcome.Loaded(1_199, 3 * 1_199));
    commit(slots(START, LAST));
    requireHeldOnce();
  }

  @Test
  void outlivesAReorgAtTheSeam() {
    List<ChainBlock> other =
        branch(
            blocks.get(START - 2),
            3,
            blocks.get(START - 1).withdrawals().getFirst().index().value(),
            2,
            9);
    commit(other);
    var _ = load(601, START - 1);
    reorg(other, slots(START, START + 4));
    var _ = load(1, 600);
    commit(slots(START + 5, LAST));
    requireHeldOnce();
    assertThat(queries.summary().byStage().get(Stage.ORPHANED)).isEqualTo(6);
  }

  @Test
  void waitsWithABlockThatAReorgUndidUntilItIsFollowedAgain() {
    commit(slots(START, START + 4));
    reorg(slots(START + 3, START + 4), List.of());
    assertThatExceptionOfType(AurigaException.class)
        .isThrownBy(() -> load(START, START + 20))
        .satisfies(
            refusal -> assertThat(refusal.code()).isEqualTo(HistoryError.CONTRADICTION.code()))
        .withMessageContaining("was undone by a reorg");
    commit(slots(START + 3, LAST));
    assertThat(load(1, START + 20)).isEqualTo(new HistoryOutcome.Loaded(1_199, 3 * 1_199));
    requireHeldOnce();
  }

  @Test
  void loadsWhatTheFollowerIsJustWriting() throws Exception {
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      Future<?> following =
          both.submit(
              () -> {
                for (int slot = START; slot <= LAST; slot++) {
                  commit(slots(slot, slot));
                }
              });
      Future<?> loaded =
          both.submit(
              () -> {
                for (int slot = LAST - 10; slot >= START; slot -= 10) {
                  var _ = load(slot, slot + 9);
                }
                return load(1, START - 1);
              });
      following.get();
      loaded.get();
    }
    requireHeldOnce();
    assertThat(ledger.position().map(position -> position.head()))
        .isEqualTo(Optional.of(blocks.getLast().ref()));
  }
}
