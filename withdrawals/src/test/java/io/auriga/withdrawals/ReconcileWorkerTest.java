package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.chain;
import static io.auriga.withdrawals.TestBlocks.startOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.clients.execution.ExecutionBalances;
import io.auriga.clients.execution.ExecutionTraces;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import io.auriga.types.SlotClock;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class ReconcileWorkerTest extends LedgerFixture {
  private final Map<Root, ChainBlock> served = new HashMap<>();
  private Instant now = startOf(20);

  ReconcileWorkerTest(Database database) {
    super(database);
  }

  private ReconcileQueries reconcile() {
    return new ReconcileQueries(store);
  }

  private void work() {
    ExecutionBalances none = questions -> List.of();
    ReconcileWorker worker =
        new ReconcileWorker(
            store,
            new ReconcileNodes(
                ChainSpec.builtIn("mainnet"),
                new StatesInMemory(),
                _ -> Optional.empty(),
                none,
                ExecutionTraces.NONE,
                root -> Optional.ofNullable(served.get(root))),
            new SlotClock(TestBlocks.GENESIS, TestBlocks.SLOT, () -> now),
            new ReconcileMetrics(new Metrics(new PrometheusRegistry()), reconcile()),
            Duration.ofSeconds(1));
    int steps = 0;
    while (worker.step()) {
      assertThat(++steps).isLessThan(1_000);
    }
  }

  @Test
  void checksEachNewBlockOnceAndSaysWhyNotAllIsProven() {
    commit(chain(10, 4, 0, 3));
    work();
    assertThat(reconcile().blocks(10))
        .hasSize(4)
        .allSatisfy(
            block -> {
              assertThat(block.proven()).as("its own list").isEqualTo(1);
              assertThat(block.diverged()).isZero();
              assertThat(block.reason())
                  .hasValueSatisfying(why -> assertThat(why).contains("node"));
            });
    assertThat(reconcile().divergences(10)).isEmpty();
  }

  @Test
  void leavesOldBlocksToACheckOnDemand() {
    commit(chain(10, 4, 0, 3));
    now = startOf(1_000);
    work();
    assertThat(reconcile().blocks(10)).isEmpty();
  }

  @Test
  void readsABlockAgainWhoseRowsWereChanged() {
    List<ChainBlock> blocks = chain(10, 4, 0, 3);
    commit(blocks);
    damage("UPDATE withdrawals_entry SET amount_gwei = 1 WHERE withdrawal_index = 4");
    ChainBlock hit = blocks.get(1);
    served.put(hit.root(), hit);
    work();
    Divergence divergence = reconcile().divergences(10).getFirst();
    assertThat(divergence.code()).isEqualTo(ReconcileError.STORED_LIST);
    assertThat(divergence.root()).hasValue(hit.root());
    assertThat(divergence.repair()).hasValueSatisfying(text -> assertThat(text).contains("again"));
    assertThat(divergence.isOpen()).isFalse();
    assertThat(all()).extracting(WithdrawalRecord::withdrawal).containsAll(hit.withdrawals());
  }

  @Test
  void keepsWhatCannotBeRepairedOpenAndLooksAgainNowAndThen() {
    List<ChainBlock> blocks = chain(10, 4, 0, 3);
    commit(blocks);
    damage("UPDATE withdrawals_entry SET amount_gwei = 1 WHERE withdrawal_index = 4");
    work();
    assertThat(reconcile().open().get(ReconcileError.STORED_LIST)).isEqualTo(1);
    served.put(blocks.get(1).root(), blocks.get(1));
    work();
    assertThat(reconcile().open().get(ReconcileError.STORED_LIST)).as("not at once").isEqualTo(1);
    now = now.plus(Duration.ofMinutes(6));
    work();
    assertThat(reconcile().open().get(ReconcileError.STORED_LIST)).isZero();
    assertThat(reconcile().divergences(10)).as("the evidence stays").hasSize(1);
  }

  @Test
  void keepsAGapAsEvidenceUntilItIsFilled() {
    List<ChainBlock> blocks = chain(10, 4, 0, 3);
    commit(blocks);
    damage("DELETE FROM withdrawals_entry WHERE withdrawal_index = 4");
    assertThat(ledger.gaps()).hasSize(1);
    now = startOf(1_000);
    work();
    assertThat(reconcile().open().get(ReconcileError.INDEX_GAP)).isEqualTo(1);
    ledger.restore(blocks);
    assertThat(ledger.gaps()).isEmpty();
    work();
    assertThat(reconcile().open().get(ReconcileError.INDEX_GAP)).isZero();
    assertThat(reconcile().divergences(10).getFirst().repair()).isPresent();
  }
}
