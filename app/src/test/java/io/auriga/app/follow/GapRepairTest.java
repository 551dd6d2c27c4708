package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.BlockSource;
import io.auriga.chain.Follower;
import io.auriga.chain.FollowerConfig;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.Problem;
import io.auriga.chain.StartPoint;
import io.auriga.clients.consensus.BeaconEvent.ChainReorg;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.simulation.SimulatedBeaconNode;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulatedExecutionNode;
import io.auriga.testkit.simulation.SimulationPlan;
import io.auriga.testkit.simulation.SimulationPlan.Reorgs;
import io.auriga.testkit.simulation.SimulationPlan.Stall;
import io.auriga.testkit.simulation.Trouble;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.LedgerSummary;
import io.auriga.withdrawals.Stage;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.WithdrawalRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that were lost from the middle of a ledger, and what one round makes of it. */
class GapRepairTest {
  private static final SimulatedChain LONG =
      SimulatedChain.of(SimulationPlan.ofSeed(5).withoutTrouble().withSlots(250));

  @TempDir private Path folder;
  private Store store;
  private WithdrawalQueries queries;

  @BeforeEach
  void open() {
    store = Store.open("sqlite:" + folder.resolve("store"), WithdrawalLedger.MIGRATIONS);
    queries = new WithdrawalQueries(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** One round of a follower that was just started. */
  private void followTo(SimulatedChain chain, Instant at) {
    SteppedClock time = new SteppedClock(at);
    BeaconNode beacon = new SimulatedBeaconNode("beacon", chain, time, Trouble.none());
    FollowerListener listener = new FollowerListener() {};
    BlockSource source =
        new BlockSource(
            List.of(beacon),
            List.of(new SimulatedExecutionNode("execution", chain, time, Trouble.none())),
            BlockSchemas.of(chain.spec()),
            chain.spec(),
            time,
            listener::refused);
    try (Follower follower =
        new Follower(
            FollowerConfig.DEFAULT.withStart(new StartPoint.AtSlot(new Slot(1))),
            beacon,
            source,
            new WithdrawalLedger(store),
            chain.spec(),
            SlotClock.of(chain.spec(), chain.genesis(), time),
            listener)) {
      assertThat(follower.step()).as("%s", follower.snapshot().problem()).isTrue();
    }
  }

  private void lose(long firstSlot, long lastSlot, int atLeast) {
    int lost =
        store.inTransaction(
            transaction -> {
              int _ =
                  transaction.update(
                      """
                      DELETE FROM withdrawals_entry WHERE block_id IN (SELECT block_id
                        FROM withdrawals_block WHERE slot >= ? AND slot <= ?)
                      """,
                      firstSlot,
                      lastSlot);
              return transaction.update(
                  "DELETE FROM withdrawals_block WHERE slot >= ? AND slot <= ?",
                  firstSlot,
                  lastSlot);
            });
    assertThat(lost).as("blocks lost").isGreaterThanOrEqualTo(atLeast);
    assertThat(queries.gaps()).isNotEmpty();
  }

  private List<Object> canonical() {
    List<Object> withdrawals = new ArrayList<>();
    queries.export(
        WithdrawalFilter.ALL,
        held -> withdrawals.add(List.of(held.withdrawal(), held.blockRoot(), held.position())));
    return withdrawals;
  }

  @Test
  void fillsALongHoleInOneRound() {
    SimulatedChain chain =
        SimulatedChain.of(
            SimulationPlan.ofSeed(5).withoutTrouble().withShares(0.15, 0.2).withSlots(360));
    followTo(chain, chain.end());
    List<Object> withdrawals = canonical();
    LedgerSummary summary = queries.summary();
    lose(30, 330, 220);
    followTo(chain, chain.end());
    assertThat(canonical()).isEqualTo(withdrawals);
    assertThat(queries.summary()).isEqualTo(summary);
    assertThat(queries.gaps()).isEmpty();
  }

  @Test
  void fillsWhatWasLostOfABranchThatTheNodeHasLeft() {
    SimulatedChain chain =
        SimulatedChain.of(
            SimulationPlan.ofSeed(3)
                .withShares(0.1, 0)
                .withSlots(150)
                .with(new Stall(3, 10))
                .with(new Reorgs(0.01, 40, false)));
    int place =
        IntStream.range(0, chain.announcements().size())
            .boxed()
            .max(Comparator.comparingLong(i -> depth(chain, i)))
            .orElseThrow();
    assertThat(depth(chain, place)).isGreaterThan(20);
    Instant reorg = chain.timeline().events().get(place).at();
    followTo(chain, reorg.minusSeconds(8));
    long head = queries.summary().lastSlot().orElseThrow().value();
    long orphaned = orphaned();
    lose(head - 15, head - 2, 8);
    followTo(chain, reorg.plusMillis(500));
    assertThat(queries.gaps()).isEmpty();
    assertThat(orphaned()).isGreaterThan(orphaned + 14);
    assertThat(queries.summary().gaps()).isZero();
    List<WithdrawalRecord> restored = new ArrayList<>();
    queries.export(WithdrawalFilter.ALL.withStages(Set.of(Stage.ORPHANED)), restored::add);
    assertThat(restored)
        .as("what was lost is kept as orphaned")
        .anyMatch(record -> record.slot().value() >= head - 15 && record.slot().value() < head - 1);
  }

  /** A ledger with a hole that the node cannot fill, and a follower that was just started. */
  private WithholdingNodes withAHole() {
    WithholdingNodes nodes = new WithholdingNodes(LONG, folder.resolve("hole"));
    nodes.at(60);
    assertThat(nodes.follow(new StartPoint.AtSlot(new Slot(1))).step()).isTrue();
    int lost =
        nodes.store.inTransaction(
            tx -> {
              int _ =
                  tx.update(
                      """
                      DELETE FROM withdrawals_entry WHERE block_id IN (SELECT block_id
                        FROM withdrawals_block WHERE slot >= 20 AND slot <= 30)
                      """);
              return tx.update("DELETE FROM withdrawals_block WHERE slot >= 20 AND slot <= 30");
            });
    assertThat(lost).isEqualTo(11);
    nodes.beacon.withhold(nodes.ofSlots(slot -> slot >= 20 && slot <= 30));
    return nodes;
  }

  @Test
  void looksEverLessOftenForAHoleThatNoNodeFills() {
    try (WithholdingNodes nodes = withAHole()) {
      AtomicInteger looks = new AtomicInteger();
      nodes.ledger.beforeEach(call -> looks.addAndGet(call.equals("gaps") ? 1 : 0));
      Follower follower = nodes.follow(new StartPoint.AtSlot(new Slot(1)));
      Instant until = nodes.clock.instant().plus(Duration.ofMinutes(12));
      while (nodes.clock.instant().isBefore(until)) {
        assertThat(follower.step()).isFalse();
        Problem problem = follower.snapshot().problem().orElseThrow();
        assertThat(problem.code()).isEqualTo("AUR-CHAIN-INDEX-GAP");
        assertThat(problem.message()).contains("are still missing", "the next in");
        nodes.clock.advance(Duration.ofMillis(500));
      }
      // After 0, 1, 3, 7, … 255 and 511 seconds; each counts before and after.
      assertThat(looks).hasValue(2 * 10);
      assertThat(nodes.refusals).as("told at each look").hasSize(10);

      nodes.beacon.withhold(_ -> false);
      nodes.clock.advance(Duration.ofMinutes(5));
      assertThat(follower.step()).as("%s", follower.snapshot().problem()).isTrue();
      assertThat(nodes.queries.gaps()).isEmpty();
    }
  }

  @Test
  void looksAtOnceWhenANodeHasCaughtUp() {
    try (WithholdingNodes nodes = withAHole()) {
      nodes.beacon.become(nodes.beaconAt(new SteppedClock(LONG.startOf(new Slot(61)))));
      nodes.at(200);
      Follower follower = nodes.follow(new StartPoint.AtSlot(new Slot(1)));
      for (int round = 0; round < 100; round++) {
        assertThat(follower.step()).isFalse();
        nodes.clock.advance(Duration.ofMillis(500));
      }
      int told = nodes.refusals.size();
      assertThat(follower.step()).isFalse();
      assertThat(nodes.refusals).hasSize(told);

      nodes.beacon.withhold(_ -> false);
      assertThat(follower.step()).as("not due yet").isFalse();
      nodes.beacon.become(nodes.beaconAt(nodes.clock));
      assertThat(follower.step()).as("%s", follower.snapshot().problem()).isTrue();
      assertThat(nodes.queries.gaps()).isEmpty();
    }
  }

  private long orphaned() {
    return queries.summary().byStage().getOrDefault(Stage.ORPHANED, 0L);
  }

  private static long depth(SimulatedChain chain, int place) {
    return chain.announcements().get(place).orElse(null) instanceof ChainReorg reorg
        ? reorg.depth()
        : 0;
  }
}
