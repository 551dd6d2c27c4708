package io.auriga.withdrawals.expected;

import static io.auriga.withdrawals.RecordedNode.CHAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateAnswer;
import io.auriga.clients.consensus.StateBytes;
import io.auriga.clients.consensus.StateId;
import io.auriga.clients.consensus.Validator;
import io.auriga.clients.consensus.ValidatorBalance;
import io.auriga.clients.consensus.ValidatorId;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.crypto.ssz.SignedBlockView;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.types.Gwei;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.RecordedNode;
import io.auriga.withdrawals.expected.ReplayVerdict.Differs;
import io.auriga.withdrawals.expected.ReplayVerdict.Reproduced;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayFollowerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir Path folder;
  private Store store;
  private ReplayRecords records;
  private final List<ChainBlock> blocks =
      CHAIN.timeline().blocks().stream()
          .sorted(Comparator.comparing(RecordedBlock::slot))
          .limit(60)
          .map(ReplayFollowerTest::block)
          .toList();

  @BeforeEach
  void open() {
    store = Store.open(EmbeddedStores.sqlite(folder.resolve("data")), ReplayRecords.MIGRATIONS);
    records = new ReplayRecords(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static ChainBlock block(RecordedBlock recorded) {
    SignedBlockView view =
        SignedBlockView.of(BlockSchemas.of(CHAIN.spec()), recorded.fork(), recorded.ssz());
    return new ChainBlock(
        view,
        recorded.root(),
        recorded.number(),
        recorded.blockHash(),
        view.payload().withdrawalsMptRoot(),
        view.payload().withdrawals(),
        false,
        Instant.EPOCH,
        Optional.empty());
  }

  private ReplayFollower follower(BeaconStates node, long slotOfClock) {
    Instant now = CHAIN.startOf(new Slot(slotOfClock));
    return new ReplayFollower(
        CHAIN.spec(),
        node,
        Duration.ofMinutes(1),
        records,
        new ReplayMetrics(new Metrics(new PrometheusRegistry())),
        SlotClock.of(CHAIN.spec(), CHAIN.genesis(), () -> now));
  }

  private static ChainUpdate update(List<ChainBlock> applied) {
    return ChainUpdate.ofBlocks(Instant.EPOCH, List.of(), applied);
  }

  @Test
  void keepsTheVerdictOverEachBlockItHearsOf() {
    try (ReplayFollower follower = follower(new RecordedNode(), 16)) {
      follower.start();
      follower.committed(update(blocks.subList(0, 15)));
      await().atMost(PATIENCE).until(() -> records.find(blocks.get(14).root()).isPresent());
    }
    assertThat(records.find(blocks.get(5).root()))
        .hasValueSatisfying(
            record -> {
              assertThat(record.verdict()).isEqualTo(new Reproduced());
              assertThat(record.slot()).isEqualTo(blocks.get(5).ref().slot());
            });
    assertThat(records.differing(10)).isEmpty();
  }

  @Test
  void keepsADifferenceWithTheEntryAndTheField() {
    RecordedNode node = new RecordedNode();
    node.lieBy(ReplayFollowerTest::richer);
    try (ReplayFollower follower = follower(node, 8)) {
      follower.start();
      follower.committed(update(blocks.subList(0, 7)));
      await().atMost(PATIENCE).until(() -> records.find(blocks.get(6).root()).isPresent());
    }
    assertThat(records.differing(10))
        .hasSize(6)
        .allSatisfy(
            record ->
                assertThat(((Differs) record.verdict()).difference().summary())
                    .startsWith("entry 0: amount expected "));
  }

  private static Validator richer(Validator validator) {
    return new Validator(
        validator.index(),
        validator.publicKey(),
        validator.credentials(),
        validator.balance().plus(new Gwei(1)),
        validator.effectiveBalance(),
        validator.slashed(),
        validator.life());
  }

  @Test
  void passesOverBlocksThatAreOnlyCaughtUpWith() {
    try (ReplayFollower follower = follower(new RecordedNode(), 30)) {
      follower.start();
      follower.committed(update(blocks.subList(0, 25)));
      await().atMost(PATIENCE).until(() -> records.find(blocks.get(24).root()).isPresent());
    }
    assertThat(records.find(blocks.get(2).root())).isEmpty();
  }

  @Test
  void neverHoldsUpTheFollowerAndEndsWhileANodeHangs() {
    HangingNode node = new HangingNode();
    try (ReplayFollower follower = follower(node, 16)) {
      follower.start();
      for (int round = 0; round < 100; round++) {
        follower.committed(update(blocks));
      }
      await().atMost(PATIENCE).until(() -> node.asked.getCount() == 0);
    }
    assertThat(node.interrupted.getCount()).isZero();
  }

  /** Never answers. */
  private static final class HangingNode implements BeaconStates {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);

    private RuntimeException hang() {
      asked.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException closing) {
        interrupted.countDown();
        Thread.currentThread().interrupt();
      }
      return new IllegalStateException("nobody answered");
    }

    @Override
    public String name() {
      return "hanging";
    }

    @Override
    public Optional<StateAnswer<List<Validator>>> validators(
        StateId state, Collection<ValidatorId> ids) {
      throw hang();
    }

    @Override
    public Optional<StateAnswer<List<ValidatorBalance>>> balances(
        StateId state, Collection<ValidatorId> ids) {
      throw hang();
    }

    @Override
    public PendingPartials pendingPartialWithdrawals(StateId state) {
      throw hang();
    }

    @Override
    public Optional<StateAnswer<StateBytes>> state(StateId state) {
      throw hang();
    }
  }
}
