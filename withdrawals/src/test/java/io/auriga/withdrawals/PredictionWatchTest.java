package io.auriga.withdrawals;

import static io.auriga.withdrawals.TestBlocks.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.chain.ChainBlock;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.testkit.sweep.SimulatedStates;
import io.auriga.types.Address;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.Withdrawal;
import io.auriga.withdrawals.prediction.Prediction;
import io.auriga.withdrawals.prediction.PredictionMetrics;
import io.auriga.withdrawals.prediction.PredictionQuality;
import io.auriga.withdrawals.prediction.PredictionWatch;
import io.auriga.withdrawals.prediction.Predictor;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every validator of 160 pays, 16 in a block: the turn of each is known. */
@ParameterizedClass
@EnumSource(LedgerFixture.Database.class)
class PredictionWatchTest extends LedgerFixture {
  private static final int COUNT = 160;

  private final List<ChainBlock> chain = new ArrayList<>();
  private final SimulatedStates states = new SimulatedStates(COUNT);

  PredictionWatchTest(Database database) {
    super(database);
  }

  private PredictionWatch watch(Integer... validators) {
    return new PredictionWatch(
        predictor(),
        new PredictionWatch.Watched(
            () -> List.of(validators).stream().map(PredictionWatchTest::id).toList(),
            Duration.ofHours(1)),
        new PredictionMetrics(new Metrics(new PrometheusRegistry())));
  }

  private Predictor predictor() {
    return new Predictor(store, states, ChainSpec.builtIn("mainnet"), () -> AT);
  }

  private static ValidatorId id(int index) {
    return ValidatorId.of(new ValidatorIndex(index));
  }

  private static List<Withdrawal> payments(long first, int from) {
    List<Withdrawal> payments = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      payments.add(
          TestBlocks.withdrawal(first + i, (from + i) % COUNT, (from + i) % COUNT, 10_000_000));
    }
    return payments;
  }

  /** The next block of the sweep, so many slots after the last. */
  private ChainBlock next(int slots) {
    if (chain.isEmpty()) {
      return TestBlocks.first(1_000, payments(0, 0)).block();
    }
    int height = chain.size();
    return after(chain.getLast(), slots, payments(16L * height, 16 * height % COUNT)).block();
  }

  private void grow(int blocks) {
    for (int i = 0; i < blocks; i++) {
      ChainBlock block = next(1);
      commit(List.of(block));
      chain.add(block);
    }
  }

  private void orphanLast(ChainBlock... instead) {
    List<ChainBlock> undone = List.of(chain.removeLast());
    reorg(undone, List.of(instead));
    chain.addAll(List.of(instead));
  }

  private static PredictionQuality.Figures figures(PredictionWatch watch) {
    return Optional.ofNullable(watch.quality().kinds().get(Prediction.Kind.SWEEP)).orElseThrow();
  }

  @Test
  void predictsTheSlotAndScoresItself() {
    grow(20);
    PredictionWatch watch = watch(40, 155);
    watch.round();
    Predictor.Answer answer = watch.predict(List.of(id(155), id(40)), List.of());
    assertThat(answer.head()).isEqualTo(chain.getLast().ref());
    assertThat(answer.sweep().cursor()).isZero();
    assertThat(answer.sweep().lapBlocks()).isEqualTo(10);
    assertThat(answer.outlooks())
        .extracting(outlook -> outlook.payments().getFirst().slot().slot())
        .containsExactly(1_019L + 3, 1_019L + 10);
    grow(3);
    watch.round();
    assertThat(watch.quality().open()).isEqualTo(1);
    assertThat(figures(watch).medianError()).isZero();
    assertThat(figures(watch).slotsHeld()).isEqualTo(1);
    grow(7);
    watch.round();
    assertThat(watch.quality().open()).isZero();
    assertThat(figures(watch).outcomes()).isEqualTo(2);
  }

  @Test
  void takesAnOutcomeBackWhereItsBlockIsOrphaned() {
    grow(20);
    PredictionWatch watch = watch(40);
    watch.round();
    grow(3);
    watch.round();
    assertThat(figures(watch).outcomes()).isEqualTo(1);
    // The same payments come, two slots later.
    ChainBlock before = chain.get(chain.size() - 2);
    ChainBlock late = after(before, 3, chain.getLast().withdrawals()).withVariant(7).block();
    orphanLast();
    watch.round();
    assertThat(watch.quality().kinds()).isEmpty();
    assertThat(watch.quality().open()).isEqualTo(1);
    commit(List.of(late));
    chain.add(late);
    watch.round();
    assertThat(figures(watch).outcomes()).isEqualTo(1);
    assertThat(figures(watch).medianError()).isEqualTo(2.0 / 5);
    // A process that begins now sees the same.
    PredictionWatch second = watch();
    second.round();
    assertThat(second.quality()).isEqualTo(watch.quality());
  }

  @Test
  void doesNotScoreWhatWasPredictedFromAnOrphanedBlock() {
    grow(20);
    PredictionWatch watch = watch(40);
    watch.round();
    ChainBlock before = chain.get(chain.size() - 2);
    orphanLast(after(before, 2, chain.getLast().withdrawals()).withVariant(7).block());
    grow(5);
    watch.round();
    assertThat(watch.quality().kinds()).isEmpty();
    assertThat(watch.quality().open()).isEqualTo(1);
  }

  @Test
  void followsTheLedgerThroughReorgs() {
    grow(25);
    Predictor predictor = predictor();
    assertThat(predictor.outlooks(List.of(id(0)), List.of()).sweep().cursor()).isEqualTo(80);
    orphanLast();
    orphanLast();
    assertThat(predictor.outlooks(List.of(id(0)), List.of()).sweep().cursor()).isEqualTo(48);
    grow(4);
    assertThat(predictor.outlooks(List.of(id(0)), List.of()))
        .isEqualTo(predictor().outlooks(List.of(id(0)), List.of()));
  }

  @Test
  void findsTheValidatorsOfAnAddress() {
    grow(20);
    Address address = TestBlocks.address(33);
    assertThat(predictor().outlooks(List.of(), List.of(address)).outlooks())
        .extracting(outlook -> outlook.validator().index())
        .containsExactly(new ValidatorIndex(33));
    assertThat(predictor().outlooks(List.of(id(COUNT + 1)), List.of()).outlooks()).isEmpty();
  }

  @Test
  void writesDownOnePredictionAnEpoch() {
    grow(20);
    PredictionWatch watch = watch();
    for (int i = 0; i < 3; i++) {
      grow(1);
      var _ = watch.predict(List.of(id(150)), List.of());
    }
    watch.round();
    assertThat(watch.quality().open()).isEqualTo(1);
  }

  @Test
  void saysThatItKnowsTooLittle() {
    assertThatThrownBy(() -> predictor().outlooks(List.of(id(1)), List.of()))
        .isInstanceOf(AurigaException.class)
        .hasMessageContaining("the ledger is empty");
    commit(List.of(TestBlocks.first(1_000, TestBlocks.withdrawals(0, 3)).block()));
    assertThatThrownBy(() -> predictor().outlooks(List.of(id(1)), List.of()))
        .isInstanceOfSatisfying(
            AurigaException.class,
            failure -> assertThat(failure.errorCode()).isEqualTo(WithdrawalError.NO_FORECAST));
  }
}
