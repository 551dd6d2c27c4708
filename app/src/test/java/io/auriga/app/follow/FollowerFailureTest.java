package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.chain.BlockRef;
import io.auriga.chain.BlockSource;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.Follower;
import io.auriga.chain.FollowerConfig;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.FollowerSnapshot.State;
import io.auriga.chain.StartPoint;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.simulation.FaultPlan;
import io.auriga.testkit.simulation.SimulatedBeaconNode;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulatedExecutionNode;
import io.auriga.testkit.simulation.SimulationPlan;
import io.auriga.testkit.simulation.Trouble;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.WithdrawalLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Failures around the follower, and failures of ours, none of which may end it silently. */
class FollowerFailureTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final FollowerConfig CONFIG =
      new FollowerConfig(
          new StartPoint.AtSlot(new Slot(1)), 4, 8, Duration.ZERO, Duration.ofMillis(50));

  private static final SimulatedChain LONG =
      SimulatedChain.of(SimulationPlan.ofSeed(1).withoutTrouble().withSlots(150));

  private final SimulatedChain chain =
      SimulatedChain.of(SimulationPlan.ofSeed(1).withoutTrouble().withSlots(40));
  private final SteppedClock clock = new SteppedClock(chain.startOf(new Slot(20)));
  private final AtomicInteger refusals = new AtomicInteger();
  @TempDir private Path folder;
  private Store store;
  private FragileStore fragile;

  @BeforeEach
  void openStore() {
    store = Store.open("sqlite:" + folder, WithdrawalLedger.MIGRATIONS);
    fragile = new FragileStore(new WithdrawalLedger(store));
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  private Follower follower(FollowerListener listener, FaultPlan faults) {
    Trouble trouble = new Trouble(1, faults);
    SimulatedBeaconNode beacon = new SimulatedBeaconNode("beacon", chain, clock, trouble);
    SimulatedExecutionNode execution =
        new SimulatedExecutionNode("execution", chain, clock, trouble);
    return new Follower(
        CONFIG,
        beacon,
        new BlockSource(
            List.of(beacon),
            List.of(execution),
            BlockSchemas.of(chain.spec()),
            chain.spec(),
            clock,
            listener::refused),
        fragile,
        chain.spec(),
        SlotClock.of(chain.spec(), chain.genesis(), clock),
        listener);
  }

  private Follower follower() {
    return follower(new FollowerListener() {}, FaultPlan.NONE);
  }

  private static long headSlot(Follower follower) {
    return follower.snapshot().head().map(head -> head.slot().value()).orElse(0L);
  }

  @Test
  void aStoreThatFailsBetweenRoundsDoesNotEndTheFollower() {
    AtomicInteger failures = new AtomicInteger();
    fragile.beforeEach(
        call -> {
          if (call.equals("unmatched") && failures.incrementAndGet() <= 3) {
            throw new IllegalStateException("the pool is closed");
          }
        });
    try (Follower follower = follower()) {
      follower.start();
      await().atMost(PATIENCE).until(() -> headSlot(follower) == 19 && failures.get() > 3);
      await().atMost(PATIENCE).until(() -> follower.snapshot().state() == State.FOLLOWING);
    }
  }

  @Test
  void tellsOfAnErrorOfOursAndTriesAgain() {
    fragile.beforeEach(
        call -> {
          if (call.equals("commit")) {
            throw new IllegalStateException("an invariant is broken");
          }
        });
    try (Follower follower = follower()) {
      assertThat(follower.step()).isFalse();

      FollowerSnapshot stalled = follower.snapshot();
      assertThat(stalled.state()).isEqualTo(State.STALLED);
      assertThat(stalled.problem().orElseThrow().code()).isEqualTo("AUR-CHAIN-INTERNAL");
      assertThat(stalled.problem().orElseThrow().message())
          .startsWith("Cannot follow beacon")
          .contains("an invariant is broken");
      assertThat(stalled.problem().orElseThrow().remedy()).contains("Nothing was lost");

      fragile.beforeEach(call -> {});
      assertThat(follower.step()).isTrue();
      assertThat(follower.snapshot().problem()).isEmpty();
      assertThat(headSlot(follower)).isEqualTo(19);
    }
  }

  @Test
  void stopsLoudlyWhenTheProcessIsUnsound() {
    fragile.beforeEach(
        call -> {
          if (call.equals("commit")) {
            throw new StackOverflowError("simulated");
          }
        });
    try (Follower follower = follower()) {
      follower.start();
      await()
          .dontCatchUncaughtExceptions()
          .atMost(PATIENCE)
          .until(() -> follower.snapshot().state() == State.STALLED);
      assertThat(follower.snapshot().problem().orElseThrow().message()).contains("restart Auriga");
    }
  }

  @Test
  void aListenerThatThrowsDoesNotStopFollowing() {
    FollowerListener hostile =
        new FollowerListener() {
          @Override
          public void committed(ChainUpdate update) {
            throw new IllegalStateException("committed");
          }

          @Override
          public void stateChanged(FollowerSnapshot snapshot) {
            throw new IllegalStateException("state");
          }

          @Override
          public void refused(AurigaException failure) {
            refusals.incrementAndGet();
            throw new IllegalStateException("refused");
          }

          @Override
          public void headWentBack(BlockRef from, BlockRef to) {
            throw new IllegalStateException("back");
          }
        };
    try (Follower follower = follower(hostile, FaultPlan.NONE)) {
      assertThat(follower.step()).isTrue();
      assertThat(headSlot(follower)).isEqualTo(19);
    }
    FaultPlan lies = FaultPlan.NONE.with(new FaultPlan.Beacon(0, 0, 0, 1));
    clock.advanceTo(chain.startOf(new Slot(22)));
    try (Follower follower = follower(hostile, lies)) {
      assertThat(follower.step()).isFalse();
      assertThat(refusals).hasPositiveValue();
      assertThat(follower.snapshot().problem().orElseThrow().code())
          .isEqualTo("AUR-CHAIN-BLOCK-MISMATCH");
    }
  }

  @Test
  void takesFinalityWithoutAnExecutionNodeAndSaysThatItIsMissing() {
    FaultPlan absent = FaultPlan.NONE.with(new FaultPlan.Execution(1, 0, 0));
    clock.advanceTo(chain.end());
    try (Follower follower = follower(new FollowerListener() {}, absent)) {
      assertThat(follower.step()).isFalse();
      assertThat(headSlot(follower)).isEqualTo(40);
      assertThat(fragile.position().orElseThrow().finalized()).isPresent();
      assertThat(follower.snapshot().problem().orElseThrow().code())
          .isEqualTo("AUR-CLIENT-UNREACHABLE");
    }
  }

  @Test
  void doesNotReadUpToAHeadOfAFutureThatNeverComes() {
    try (WithholdingNodes nodes = new WithholdingNodes(LONG, folder.resolve("long"))) {
      nodes.at(30);
      Follower follower = nodes.follow(new StartPoint.AtSlot(new Slot(1)));
      assertThat(follower.step()).isTrue();
      int asked = nodes.beacon.blocksAsked();
      nodes.beacon.become(nodes.beaconAt(new SteppedClock(LONG.startOf(new Slot(149)))));

      assertThat(follower.step()).isFalse();

      assertThat(follower.snapshot().problem().orElseThrow().code())
          .isEqualTo("AUR-CHAIN-FUTURE-HEAD");
      assertThat(follower.snapshot().problem().orElseThrow().message())
          .endsWith("it is of slot 148, and slot 30 lasts now");
      assertThat(nodes.beacon.blocksAsked()).isEqualTo(asked);
      assertThat(headSlot(follower)).isEqualTo(30);
    }
  }

  @Test
  void isAtTheHeadOnlyWhenItReachedWhatTheHeadBecameMeanwhile() {
    try (WithholdingNodes nodes = new WithholdingNodes(LONG, folder.resolve("long"))) {
      nodes.at(100);
      AtomicInteger commits = new AtomicInteger();
      nodes.ledger.beforeEach(
          call -> {
            if (call.equals("commit") && commits.incrementAndGet() == 1) {
              nodes.at(140);
            }
          });
      Follower follower = nodes.follow(new StartPoint.AtSlot(new Slot(1)));
      assertThat(follower.step()).isTrue();
      assertThat(headSlot(follower)).isEqualTo(140);
      assertThat(follower.snapshot().state()).isEqualTo(State.FOLLOWING);
    }
  }

  @Test
  void hasNoProblemAnyMoreWhileItCatchesUpAgain() {
    try (WithholdingNodes nodes = new WithholdingNodes(LONG, folder.resolve("long"))) {
      nodes.at(149);
      List<Boolean> problems = new ArrayList<>();
      Follower follower = nodes.follow(new StartPoint.AtSlot(new Slot(1)));
      nodes.ledger.beforeEach(
          call -> {
            if (call.equals("commit")) {
              throw new IllegalStateException("once");
            }
          });
      assertThat(follower.step()).isFalse();
      nodes.ledger.beforeEach(
          call -> {
            if (call.equals("commit")) {
              problems.add(follower.snapshot().problem().isPresent());
            }
          });
      assertThat(follower.step()).isTrue();
      assertThat(problems).hasSizeGreaterThan(2).startsWith(true, false).endsWith(false);
    }
  }

  @Test
  void endsItsThreadsWhenClosed() {
    Follower follower = follower();
    follower.start();
    await().atMost(PATIENCE).until(() -> headSlot(follower) == 19);
    AtomicInteger calls = new AtomicInteger();
    fragile.beforeEach(call -> calls.incrementAndGet());
    follower.close();
    int atClose = calls.get();
    clock.advanceTo(chain.end());
    follower.wake();
    @Nullable String problem = follower.snapshot().problem().map(p -> p.message()).orElse(null);
    assertThat(calls).hasValue(atClose);
    assertThat(problem).isNull();
  }
}
