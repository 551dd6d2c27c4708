package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.after;
import static io.auriga.withdrawals.TestBlocks.branch;
import static io.auriga.withdrawals.TestBlocks.chain;
import static io.auriga.withdrawals.TestBlocks.newestFirst;
import static io.auriga.withdrawals.TestBlocks.startOf;
import static io.auriga.withdrawals.TestBlocks.withdrawals;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainError;
import io.auriga.chain.ChainException;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.ExecutionMatch;
import io.auriga.chain.FinalityUpdate;
import io.auriga.chain.IndexGap;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.types.Epoch;
import io.auriga.types.WithdrawalIndex;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WithdrawalMetricsTest extends LedgerFixture {
  private PrometheusRegistry registry = new PrometheusRegistry();
  private WithdrawalMetrics metrics;

  WithdrawalMetricsTest() {
    super(Database.SQLITE);
  }

  @BeforeEach
  void startCounting() {
    registry = new PrometheusRegistry();
    metrics = new WithdrawalMetrics(new Metrics(registry), queries);
  }

  private void happen(ChainUpdate update) {
    ledger.commit(update);
    metrics.committed(update);
  }

  private double value(String name, String... label) {
    for (MetricSnapshot metric : registry.scrape()) {
      if (metric.getMetadata().getPrometheusName().equals(name)) {
        for (var data : metric.getDataPoints()) {
          if (label.length == 0 || label[0].equals(data.getLabels().getValue(0))) {
            return switch (data) {
              case CounterSnapshot.CounterDataPointSnapshot counter -> counter.getValue();
              case GaugeSnapshot.GaugeDataPointSnapshot gauge -> gauge.getValue();
              case HistogramSnapshot.HistogramDataPointSnapshot histogram -> histogram.getSum();
              default -> throw new AssertionError(data);
            };
          }
        }
      }
    }
    throw new AssertionError("no metric " + name + " " + List.of(label));
  }

  private static ChainUpdate finality(ChainBlock safe, ChainBlock finalized) {
    return ChainUpdate.ofFinality(
        startOf(64),
        new FinalityUpdate(
            new Epoch(2), Optional.of(safe.ref()), new Epoch(1), Optional.of(finalized.ref())));
  }

  @Test
  void countsWithdrawalsThroughTheirStages() {
    List<ChainBlock> blocks = chain(1, 4, 10, 2);
    happen(ChainUpdate.ofBlocks(AT, List.of(), blocks));
    assertThat(value("auriga_withdrawals", "consensus")).isEqualTo(8);
    assertThat(value("auriga_withdrawals", "execution")).isEqualTo(8);
    assertThat(value("auriga_withdrawals_amount_gwei")).isEqualTo(8 * 1_000 + 108);
    assertThat(value("auriga_withdrawals_last_index")).isEqualTo(17);
    happen(finality(blocks.get(2), blocks.get(0)));
    assertThat(value("auriga_withdrawals", "safe")).isEqualTo(6);
    assertThat(value("auriga_withdrawals", "finalized")).isEqualTo(2);
    assertThat(value("auriga_withdrawals_finalized_index")).isEqualTo(11);
    happen(finality(blocks.get(3), blocks.get(3)));
    assertThat(value("auriga_withdrawals", "safe")).isEqualTo(8);
    assertThat(value("auriga_withdrawals", "finalized")).isEqualTo(8);
    assertThat(value("auriga_withdrawals_finalized_index")).isEqualTo(17);
  }

  @Test
  void countsWhatAReorgUndoes() {
    List<ChainBlock> blocks = chain(1, 4, 10, 2);
    happen(ChainUpdate.ofBlocks(AT, List.of(), blocks));
    happen(
        ChainUpdate.ofBlocks(
            AT, newestFirst(blocks.subList(2, 4)), branch(blocks.get(1), 1, 14, 1, 7)));
    assertThat(value("auriga_withdrawals_orphaned")).isEqualTo(4);
    assertThat(value("auriga_withdrawals_last_index")).isEqualTo(14);
    assertThat(value("auriga_withdrawals", "consensus")).isEqualTo(9);
  }

  @Test
  void goesOnAfterARestart() {
    List<ChainBlock> blocks = chain(1, 4, 10, 2);
    happen(ChainUpdate.ofBlocks(AT, List.of(), blocks));
    happen(finality(blocks.get(2), blocks.get(1)));
    startCounting();
    assertThat(value("auriga_withdrawals_last_index")).isEqualTo(17);
    assertThat(value("auriga_withdrawals_finalized_index")).isEqualTo(13);
    happen(finality(blocks.get(3), blocks.get(2)));
    assertThat(value("auriga_withdrawals", "safe")).isEqualTo(2);
    assertThat(value("auriga_withdrawals", "finalized")).isEqualTo(2);
  }

  @Test
  void agreesWithTheLedgerOnOptimisticBlocks() {
    ChainBlock first = chain(1, 1, 10, 2).getFirst();
    ChainBlock unsure = after(first, 1, withdrawals(12, 3)).withOptimistic().block();
    happen(ChainUpdate.ofBlocks(AT, List.of(), List.of(first, unsure)));
    happen(finality(unsure, first));
    assertThat(value("auriga_withdrawals", "safe")).isEqualTo(2);
    happen(ChainUpdate.ofMatches(AT, List.of(new ExecutionMatch(unsure.root(), startOf(3)))));
    assertThat(value("auriga_withdrawals", "execution")).isEqualTo(5);
  }

  @Test
  void measuresLagFromTheStartOfTheSlotAndLeavesOutHistory() {
    ChainBlock live = chain(1, 1, 10, 2).getFirst();
    ChainBlock child = after(live, 1, withdrawals(12, 1)).block();
    ChainBlock old =
        new ChainBlock(
            child.view(),
            child.root(),
            child.blockNumber(),
            child.blockHash(),
            child.withdrawalsRoot(),
            child.withdrawals(),
            false,
            startOf(2).plus(Duration.ofDays(1)),
            Optional.empty());
    happen(ChainUpdate.ofBlocks(AT, List.of(), List.of(live, old)));
    assertThat(value("auriga_withdrawals_stage_seconds", "consensus")).isEqualTo(0.7);
    happen(finality(old, old));
    assertThat(value("auriga_withdrawals_stage_seconds", "finalized")).isEqualTo(63 * 12.0);
  }

  @Test
  void countsRefusalsByTheirCauseAndSizesGaps() {
    metrics.refused(new ChainException(ChainError.BLOCK_MISMATCH, "x", "y"));
    metrics.refused(new ChainException(ChainError.EXECUTION_MISMATCH, "x", "y"));
    metrics.refused(new ChainException(ChainError.EXECUTION_MISMATCH, "x", "y"));
    metrics.refused(new ChainException(ChainError.MISSING_BLOCK, "x", "y"));
    assertThat(value("auriga_withdrawals_mismatches", "block")).isEqualTo(1);
    assertThat(value("auriga_withdrawals_mismatches", "execution")).isEqualTo(2);
    assertThat(value("auriga_withdrawals_mismatches", "finality")).isZero();
    ChainBlock block = chain(1, 1, 0, 1).getFirst();
    metrics.gaps(
        List.of(
            new IndexGap(
                new WithdrawalIndex(5), new WithdrawalIndex(9), Optional.empty(), block.ref())));
    assertThat(value("auriga_withdrawals_gap_size")).isEqualTo(5);
    metrics.gaps(List.of());
    assertThat(value("auriga_withdrawals_gap_size")).isZero();
  }

  @Test
  void saysWhatIsMissingAsSoonAsTheLedgerLooksAndAgainAfterARestart() {
    WithdrawalLedger watched = new WithdrawalLedger(store, metrics::gaps);
    List<ChainBlock> blocks = chain(1, 4, 10, 2);
    watched.commit(ChainUpdate.ofBlocks(AT, List.of(), blocks));
    damage("DELETE FROM withdrawals_block WHERE slot IN (2, 3)");
    assertThat(watched.gaps()).hasSize(1);
    assertThat(value("auriga_withdrawals_gap_size")).isEqualTo(4);
    startCounting();
    assertThat(value("auriga_withdrawals_gap_size")).isEqualTo(4);
    watched = new WithdrawalLedger(store, metrics::gaps);
    watched.restore(blocks);
    assertThat(watched.gaps()).isEmpty();
    assertThat(value("auriga_withdrawals_gap_size")).isZero();
  }
}
