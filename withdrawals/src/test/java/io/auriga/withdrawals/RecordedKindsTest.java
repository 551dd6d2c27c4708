package io.auriga.withdrawals;

import static io.auriga.withdrawals.RecordedNode.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.clients.execution.ExecutionLog;
import io.auriga.clients.execution.ExecutionLogs;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.RecordedState;
import io.auriga.testkit.state.PlainPartial;
import io.auriga.testkit.state.PlainState;
import io.auriga.testkit.state.PlainValidator;
import io.auriga.types.Address;
import io.auriga.types.BlockHash;
import io.auriga.types.BlockNumber;
import io.auriga.types.Gwei;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.kind.KindMetrics;
import io.auriga.withdrawals.kind.KindQueries;
import io.auriga.withdrawals.kind.KindWorker;
import io.auriga.withdrawals.kind.RequestCause;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Kinds judged of the recorded chain from what a node tells afterwards, against what follows
 * forwards from the states that its blocks met.
 */
class RecordedKindsTest extends LedgerFixture {
  static final ExecutionLogs NO_LOGS =
      new ExecutionLogs() {
        @Override
        public List<ExecutionLog> logs(BlockHash block, Address contract) {
          return List.of();
        }

        @Override
        public List<ExecutionLog> logs(BlockNumber from, BlockNumber to, Address contract) {
          return List.of();
        }
      };

  RecordedKindsTest() {
    super(Database.SQLITE);
  }

  static List<ChainBlock> canonical() {
    Map<Root, RecordedBlock> blocks = new HashMap<>();
    CHAIN.timeline().blocks().forEach(block -> blocks.put(block.root(), block));
    List<ChainBlock> chain = new ArrayList<>();
    @Nullable RecordedBlock at = CHAIN.timeline().at(CHAIN.end()).head().orElseThrow();
    while (at != null) {
      SignedBlockView view = SignedBlockView.of(BlockSchemas.of(CHAIN.spec()), at.fork(), at.ssz());
      Instant seen = CHAIN.startOf(at.slot());
      chain.add(
          new ChainBlock(
              view,
              view.blockRoot(),
              view.payload().blockNumber(),
              view.payload().blockHash(),
              view.payload().withdrawalsMptRoot(),
              view.payload().withdrawals(),
              false,
              seen,
              Optional.of(seen)));
      at = blocks.get(at.parentRoot());
    }
    return chain.reversed();
  }

  private void judge(Instant now) {
    judge(store, now);
  }

  /** Does all there is to judge. */
  static void judge(Store store, Instant now) {
    KindWorker worker =
        new KindWorker(
            store,
            new RecordedNode(),
            NO_LOGS,
            CHAIN.spec(),
            SlotClock.of(CHAIN.spec(), CHAIN.genesis(), () -> now),
            new KindMetrics(new Metrics(new PrometheusRegistry()), store),
            Duration.ofSeconds(1));
    int steps = 0;
    while (worker.step() || worker.loadedStep()) {
      assertThat(++steps).isLessThan(1_000);
    }
  }

  @Test
  void followsEveryBlockAndProvesEveryKind() {
    for (ChainBlock block : canonical()) {
      commit(List.of(block));
      judge(CHAIN.startOf(block.ref().slot()));
    }
    requireTruth();
    assertThat(all()).extracting(WithdrawalRecord::evidence).contains(KindEvidence.CREDENTIALS);
  }

  @Test
  void provesEveryKindOfHistoryFromOneLaterState() {
    List<ChainBlock> chain = canonical();
    commit(chain);
    finality(16, chain.getLast(), 15, chain.getLast());
    judge(CHAIN.end());
    requireTruth();
  }

  @Test
  void provesTheSameOfWhatWasLoadedAsHistory() {
    List<ChainBlock> chain = canonical();
    List<ChainBlock> followed = chain.subList(chain.size() - 2, chain.size());
    commit(followed);
    finality(16, chain.getLast(), 15, chain.getLast());
    load(chain.subList(40, chain.size() - 2));
    load(chain.subList(0, 40));
    judge(CHAIN.end());
    requireTruth();
    WithdrawalRecord requested =
        all().stream()
            .filter(record -> record.kind() == WithdrawalKind.REQUESTED_PARTIAL)
            .findFirst()
            .orElseThrow();
    assertThat(new KindQueries(store).cause(requested).orElseThrow().slot())
        .isEqualTo(new Slot(51));
  }

  private void load(List<ChainBlock> blocks) {
    HistoryOutcome outcome =
        new HistoryLedger(store, Root.ZERO, () -> AT)
            .load(
                new HistoryBatch(
                    blocks.getFirst().ref().slot(),
                    blocks.getLast().ref().slot(),
                    blocks.stream().map(HistoryBlock::of).toList(),
                    Verification.FULL,
                    "recorded"));
    assertThat(outcome).isInstanceOf(HistoryOutcome.Loaded.class);
  }

  @Test
  void findsTheRequestOfTheRequestedPartial() {
    List<ChainBlock> chain = canonical();
    commit(chain);
    finality(16, chain.getLast(), 15, chain.getLast());
    judge(CHAIN.end());
    List<WithdrawalRecord> requested =
        all().stream().filter(record -> record.kind() == WithdrawalKind.REQUESTED_PARTIAL).toList();
    assertThat(requested).hasSize(1);
    assertThat(requested.getFirst().withdrawal().validatorIndex().value()).isEqualTo(6);
    RequestCause cause = new KindQueries(store).cause(requested.getFirst()).orElseThrow();
    assertThat(cause.slot()).isEqualTo(new Slot(51));
    assertThat(cause.amount()).isEqualTo(new Gwei(1_500_000_000));
    assertThat(cause.isProven()).isTrue();
  }

  private void requireTruth() {
    Map<Long, WithdrawalKind> truth = new HashMap<>();
    canonical().forEach(block -> truth.putAll(truth(block)));
    assertThat(all()).hasSize(truth.size());
    for (WithdrawalRecord record : all()) {
      assertThat(record.kind())
          .as("%s in slot %s: %s", record.withdrawal(), record.slot(), record.evidence())
          .isEqualTo(truth.get(record.withdrawal().index().value()));
    }
    assertThat(truth.values())
        .contains(
            WithdrawalKind.FULL, WithdrawalKind.SWEEP_EXCESS, WithdrawalKind.REQUESTED_PARTIAL);
  }

  /** By index, forwards from the state that the block met. */
  private static Map<Long, WithdrawalKind> truth(ChainBlock block) {
    RecordedState met =
        CHAIN
            .states()
            .before(block.root())
            .or(() -> CHAIN.states().after(block.view().parentRoot()))
            .orElseThrow();
    PlainState state = RecordedNode.plain(met);
    BigInteger epoch = new BigInteger(CHAIN.spec().epochOf(block.ref().slot()).toString());
    int requested = 0;
    for (PlainPartial partial : state.pendingPartials()) {
      PlainValidator validator = state.validators().get(partial.validator());
      boolean paid =
          partial.withdrawableEpoch().compareTo(epoch) <= 0
              && validator.exitEpoch().equals(PlainValidator.FAR_FUTURE)
              && validator.balance().compareTo(BigInteger.valueOf(32_000_000_000L)) > 0;
      requested += paid && requested < 2 ? 1 : 0;
    }
    Map<Long, WithdrawalKind> kinds = new HashMap<>();
    for (Withdrawal withdrawal : block.withdrawals()) {
      PlainValidator validator = state.validators().get((int) withdrawal.validatorIndex().value());
      WithdrawalKind kind =
          kinds.size() < requested
              ? WithdrawalKind.REQUESTED_PARTIAL
              : validator.withdrawableEpoch().compareTo(epoch) <= 0
                  ? WithdrawalKind.FULL
                  : WithdrawalKind.SWEEP_EXCESS;
      kinds.put(withdrawal.index().value(), kind);
    }
    return kinds;
  }
}
