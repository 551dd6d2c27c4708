package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.chain;
import static io.auriga.withdrawals.TestBlocks.startOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.auriga.chain.ChainBlock;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.execution.ExecutionTraces;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.kind.KindMetrics;
import io.auriga.withdrawals.kind.KindWorker;
import io.auriga.withdrawals.reconcile.Divergence;
import io.auriga.withdrawals.reconcile.ReconcileError;
import io.auriga.withdrawals.reconcile.ReconcileMetrics;
import io.auriga.withdrawals.reconcile.ReconcileNodes;
import io.auriga.withdrawals.reconcile.ReconcileQueries;
import io.auriga.withdrawals.reconcile.ReconcileWorker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Loaded history is judged and checked as what is followed, but last, slowly, and once. */
@ParameterizedClass
@EnumSource
class LoadedEvidenceTest extends LedgerFixture {
  private static final ChainSpec SPEC = ChainSpec.builtIn("mainnet");
  private static final int LOADED = 40;

  private static final int HEAD = LOADED + 4;

  /** Those after the loaded ones are followed, and the very last nothing yet. */
  private final List<ChainBlock> blocks = chain(1, HEAD + 5, 10, 3);

  private final StatesInMemory states = new StatesInMemory();
  private final Map<Root, ChainBlock> served = new HashMap<>();
  private Instant now = startOf(5_000);
  private KindWorker kinds;
  private ReconcileWorker reconciling;

  LoadedEvidenceTest(Database database) {
    super(database);
  }

  @BeforeEach
  void loadAndHire() {
    commit(blocks.subList(LOADED, HEAD));
    finality(3, blocks.get(HEAD - 1), 2, blocks.get(HEAD - 1));
    var _ = load(1, LOADED, AT);
    SlotClock clock = new SlotClock(TestBlocks.GENESIS, TestBlocks.SLOT, () -> now);
    Metrics metrics = new Metrics(new PrometheusRegistry());
    kinds =
        new KindWorker(
            store,
            states,
            RecordedKindsTest.NO_LOGS,
            SPEC,
            clock,
            new KindMetrics(metrics, store),
            Duration.ofSeconds(1));
    reconciling =
        new ReconcileWorker(
            store,
            new ReconcileNodes(
                SPEC,
                states,
                _ -> Optional.empty(),
                questions -> List.of(),
                ExecutionTraces.NONE,
                root -> Optional.ofNullable(served.get(root))),
            clock,
            new ReconcileMetrics(metrics, new ReconcileQueries(store)),
            Duration.ofSeconds(1));
  }

  private HistoryOutcome load(int first, int last, Instant at) {
    return new HistoryLedger(store, Root.ZERO, () -> at)
        .load(
            new HistoryBatch(
                new Slot(first),
                new Slot(last),
                blocks.subList(first - 1, last).stream().map(HistoryBlock::of).toList(),
                Verification.ROOTS,
                "test"));
  }

  private ReconcileQueries reconciled() {
    return new ReconcileQueries(store);
  }

  private void judgeAll() {
    for (int steps = 0; kinds.loadedStep(); steps++) {
      assertThat(steps).isLessThan(1_000);
    }
  }

  private void checkAll() {
    for (int steps = 0; reconciling.loadedStep(); steps++) {
      assertThat(steps).isLessThan(1_000);
    }
  }

  private long judged() {
    return all().stream().filter(record -> record.evidence() != KindEvidence.NOT_LOOKED_AT).count();
  }

  @Test
  void judgesTheNewestFirstAndSomeAtATime() {
    assertThat(kinds.loadedStep()).isTrue();
    List<WithdrawalRecord> some =
        all().stream().filter(record -> record.evidence() != KindEvidence.NOT_LOOKED_AT).toList();
    assertThat(some)
        .hasSize(16 * 3)
        .allMatch(record -> record.slot().value() > LOADED - 16 && record.slot().value() <= LOADED);
    assertThat(states.asked).as("questions of one step").hasSizeLessThanOrEqualTo(2 + 16);
    judgeAll();
    assertThat(judged()).isEqualTo(LOADED * 3);
  }

  @Test
  void judgesARangeOnDemand() {
    Optional<Slot> next = Optional.of(new Slot(30));
    while (next.isPresent()) {
      next = kinds.judgeLoaded(new Slot(5), next.get(), _ -> {});
    }
    assertThat(
            all().stream()
                .filter(record -> record.evidence() != KindEvidence.NOT_LOOKED_AT)
                .map(record -> record.slot().value())
                .distinct())
        .hasSize(26)
        .allMatch(slot -> slot >= 5 && slot <= 30);
  }

  @Test
  void goesOnAtOnceWithWhatIsLoadedMeanwhile() {
    judgeAll();
    checkAll();
    assertThat(kinds.loadedStep()).isFalse();
    assertThat(load(HEAD + 1, HEAD + 5, AT.plusSeconds(1)))
        .isInstanceOf(HistoryOutcome.Loaded.class);
    judgeAll();
    checkAll();
    assertThat(judged()).isEqualTo((LOADED + 5) * 3);
    assertThat(reconciled().blocks(100)).hasSize(LOADED + 5);
  }

  @Test
  void saysThatNoStateIsServedAndNeverAsksAgain() {
    judgeAll();
    assertThat(all().stream().limit(LOADED * 3))
        .allMatch(record -> record.evidence() == KindEvidence.STATE_NOT_SERVED);
    List<StateId> asked = List.copyOf(states.asked);
    now = now.plus(Duration.ofHours(5));
    judgeAll();
    assertThat(states.asked).isEqualTo(asked);
  }

  @Test
  void leavesOutWhatANodeHangsOverUntilTheNextTimeRound() {
    states.down = true;
    for (int attempt = 0; attempt < 9; attempt++) {
      assertThatExceptionOfType(NodeException.class).isThrownBy(() -> kinds.loadedStep());
    }
    judgeAll();
    assertThat(judged()).isZero();
    states.down = false;
    judgeAll();
    assertThat(judged()).as("not before a while").isZero();
    now = now.plus(Duration.ofMinutes(31));
    judgeAll();
    assertThat(judged()).isEqualTo(LOADED * 3);
  }

  @Test
  void checksEachLoadedBlockOnceTheNewestFirst() {
    assertThat(reconciling.loadedStep()).isTrue();
    assertThat(reconciled().blocks(100))
        .extracting(block -> block.slot().value())
        .containsExactly(40L);
    checkAll();
    assertThat(reconciled().blocks(100))
        .hasSize(LOADED)
        .allSatisfy(
            block -> {
              assertThat(block.proven()).as("its own list").isEqualTo(1);
              assertThat(block.diverged()).isZero();
              assertThat(block.reason())
                  .hasValueSatisfying(why -> assertThat(why).contains("node"));
            });
    int asked = states.asked.size();
    now = now.plus(Duration.ofHours(5));
    checkAll();
    assertThat(states.asked).hasSize(asked);
  }

  @Test
  void readsALoadedBlockAgainWhoseRowsWereChanged() {
    damage("UPDATE withdrawals_entry SET amount_gwei = 1 WHERE withdrawal_index = 14");
    ChainBlock hit = blocks.get(1);
    served.put(hit.root(), hit);
    checkAll();
    Divergence divergence = reconciled().divergences(10).getFirst();
    assertThat(divergence.code()).isEqualTo(ReconcileError.STORED_LIST);
    assertThat(divergence.root()).hasValue(hit.root());
    assertThat(divergence.isOpen()).isFalse();
    assertThat(all()).extracting(WithdrawalRecord::withdrawal).containsAll(hit.withdrawals());
  }

  @Test
  void keepsWhatIsMissingOfALoadAsEvidenceUntilItIsLoadedAgain() {
    damage("DELETE FROM withdrawals_block WHERE slot = 7");
    checkAll();
    assertThat(reconciled().open().get(ReconcileError.INDEX_GAP)).isEqualTo(1);
    while (reconciling.step()) {
      // What is followed has no gap, and takes nothing back.
    }
    assertThat(reconciled().open().get(ReconcileError.INDEX_GAP)).isEqualTo(1);
    assertThat(load(1, LOADED, AT)).isInstanceOf(HistoryOutcome.Loaded.class);
    now = now.plus(Duration.ofMinutes(31));
    checkAll();
    assertThat(reconciled().open().get(ReconcileError.INDEX_GAP)).isZero();
  }

  @Test
  void checksLoadedBlocksOnDemand() {
    assertThat(reconciled().count(new Slot(5), new Slot(8))).isEqualTo(4);
    damage("UPDATE withdrawals_entry SET amount_gwei = 1 WHERE withdrawal_index = 22");
    Map<Long, Boolean> clean = new HashMap<>();
    reconciled()
        .check(
            new Slot(5),
            new Slot(8),
            Optional.empty(),
            (block, results) ->
                clean.put(
                    block.slot().value(), results.stream().noneMatch(one -> one.isDiverged())));
    assertThat(clean).isEqualTo(Map.of(5L, false, 6L, true, 7L, true, 8L, true));
  }
}
