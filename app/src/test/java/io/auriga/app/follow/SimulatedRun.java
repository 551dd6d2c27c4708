package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.BlockRef;
import io.auriga.chain.BlockSource;
import io.auriga.chain.ChainBlock;
import io.auriga.chain.ChainUpdate;
import io.auriga.chain.Follower;
import io.auriga.chain.FollowerConfig;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.StartPoint;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.FailoverBeaconNode;
import io.auriga.clients.consensus.Topic;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.simulation.FaultPlan;
import io.auriga.testkit.simulation.Oracle;
import io.auriga.testkit.simulation.SimulatedBeaconNode;
import io.auriga.testkit.simulation.SimulatedBlock;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.simulation.SimulatedExecutionNode;
import io.auriga.testkit.simulation.SimulationPlan;
import io.auriga.testkit.simulation.Trouble;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.WithdrawalLedger;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One seed: a chain with unfaithful nodes, followed into a real store through restarts, crashes and
 * failing transactions, and judged by the oracle after each step. The same seed does the same.
 */
final class SimulatedRun {
  private static final int CALM_ROUNDS = 12;

  private final SimulatedChain chain;
  private final RandomGenerator random;
  private final SteppedClock clock;
  private final Trouble[] troubles;
  private final List<SimulatedBeaconNode> beacons;
  private final List<SimulatedExecutionNode> executions;
  private final FollowerConfig config;
  private final String storeUrl;
  private final BrokenStatement broken;
  private final Oracle oracle;
  private final Figures figures = new Figures();
  private final AtomicLong refused = new AtomicLong();
  private boolean woken = true;

  private @Nullable Store store;
  private @Nullable FragileStore fragile;
  private @Nullable Follower follower;

  SimulatedRun(long seed, String storeUrl) {
    this.chain = SimulatedChain.ofSeed(seed);
    this.random = new SplittableRandom(seed ^ 0xf0110);
    this.storeUrl = storeUrl;
    this.clock = new SteppedClock(chain.startOf(new Slot(random.nextInt(20))));
    // Every third seed has a second, other node on each side.
    int nodes = Math.floorMod(seed, 3) == 1 ? 2 : 1;
    this.troubles = new Trouble[nodes];
    for (int i = 0; i < nodes; i++) {
      troubles[i] = new Trouble(seed + i, FaultPlan.ofSeed(seed + 7919L * i));
    }
    this.beacons =
        List.of(troubles).stream()
            .map(trouble -> new SimulatedBeaconNode(name("beacon", trouble), chain, clock, trouble))
            .toList();
    this.executions =
        List.of(troubles).stream()
            .map(
                trouble ->
                    new SimulatedExecutionNode(name("execution", trouble), chain, clock, trouble))
            .toList();
    this.config =
        new FollowerConfig(
            startPoint(),
            1 + random.nextInt(8),
            1 + random.nextInt(24),
            Duration.ofMillis(random.nextInt(2) * 1_000L),
            Duration.ofSeconds(4));
    this.broken = new BrokenStatement(storeUrl.startsWith("postgresql"));
    this.oracle = new Oracle(chain);
  }

  private String name(String kind, Trouble trouble) {
    return kind + "-" + List.of(troubles).indexOf(trouble);
  }

  private StartPoint startPoint() {
    return switch (random.nextInt(4)) {
      case 0 -> new StartPoint.Finalized();
      case 1 -> new StartPoint.Head();
      default -> new StartPoint.AtSlot(new Slot(random.nextInt(30)));
    };
  }

  Figures run() {
    openStore();
    try {
      for (SimulatedBeaconNode beacon : beacons) {
        var _ = beacon.events(Topic.CHAIN, event -> woken = true);
      }
      newFollower();
      int idle = 0;
      while (clock.instant().isBefore(chain.end())) {
        passTime();
        disturb();
        idle = woken ? 0 : idle + 1;
        // A poll that comes late, for where all events were lost.
        if (woken || idle == 3) {
          round();
          idle = 0;
        }
        check(false);
      }
      comeToRest();
    } finally {
      close();
    }
    figures.seeds = 1;
    figures.refused = refused.get();
    beacons.forEach(beacon -> figures.events = figures.events.plus(beacon.eventFaults()));
    return figures;
  }

  private void passTime() {
    clock.advance(Duration.ofMillis(random.nextInt(1_000, 22_000)));
    for (Trouble trouble : troubles) {
      trouble.nextStep();
    }
    beacons.forEach(SimulatedBeaconNode::deliverEvents);
    figures.steps++;
  }

  private void disturb() {
    switch (random.nextInt(40)) {
      case 0 -> {
        // Left alone, as by a process that was killed between two rounds.
        figures.followerRestarts++;
        newFollower();
      }
      case 1 -> {
        figures.followerRestarts++;
        follower().close();
        newFollower();
      }
      case 2 -> restartStore();
      case 3, 4 -> fragile().dieAfter(random.nextInt(30), random.nextBoolean());
      case 5, 6 -> broken.arm(store(), random);
      case 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22 -> broken.disarm(store());
      default -> {}
    }
  }

  private boolean round() {
    woken = false;
    figures.rounds++;
    try {
      boolean done = follower().step();
      if (!done) {
        figures.failedRounds++;
        // The follower tries again by itself.
        woken = true;
        String code = follower().snapshot().problem().map(problem -> problem.code()).orElse("none");
        if (code.startsWith("AUR-STORE")) {
          figures.brokenTransactions++;
        }
        assertThat(code).isNotEqualTo("AUR-CHAIN-INTERNAL").isNotEqualTo("none");
      }
      return done;
    } catch (SimulatedCrash crash) {
      figures.crashes++;
      if (random.nextBoolean()) {
        restartStore();
      } else {
        newFollower();
      }
      return false;
    }
  }

  /** With faithful nodes and a whole store, everything must come right by itself. */
  private void comeToRest() {
    for (Trouble trouble : troubles) {
      trouble.calm();
    }
    broken.disarm(store());
    newFollower();
    for (int i = 0; i < CALM_ROUNDS; i++) {
      clock.advance(Duration.ofSeconds(12));
      boolean done = round();
      assertThat(done || i == 0).as("%s", follower().snapshot().problem()).isTrue();
      check(false);
    }
    check(true);
    oracle.checkCaughtUp(new LedgerView(store(), true), clock.instant());
    FollowerSnapshot end = follower().snapshot();
    assertThat(end.state()).isEqualTo(FollowerSnapshot.State.FOLLOWING);
    assertThat(end.problem()).isEmpty();
    assertThat(end.lagSlots()).isZero();
    assertThat(new WithdrawalLedger(store()).unmatched(new Slot(Long.MAX_VALUE), 1)).isEmpty();
    assertThat(new WithdrawalLedger(store()).gaps()).isEmpty();
  }

  private void check(boolean strict) {
    figures.checks++;
    oracle.check(new LedgerView(store(), strict), clock.instant());
  }

  private void restartStore() {
    figures.storeRestarts++;
    store().close();
    openStore();
    newFollower();
  }

  private void openStore() {
    store = Store.open(storeUrl, WithdrawalLedger.MIGRATIONS);
  }

  private void newFollower() {
    FragileStore next = new FragileStore(new WithdrawalLedger(store()));
    List<BeaconNode> consensus = List.copyOf(beacons);
    List<ExecutionNode> execution = List.copyOf(executions);
    fragile = next;
    follower =
        new Follower(
            config,
            new FailoverBeaconNode(consensus, clock),
            new BlockSource(
                consensus,
                execution,
                BlockSchemas.of(chain.spec()),
                chain.spec(),
                clock,
                refusal -> refused.incrementAndGet()),
            next,
            chain.spec(),
            SlotClock.of(chain.spec(), chain.genesis(), clock),
            new ReorgCount());
    woken = true;
  }

  private final class ReorgCount implements FollowerListener {
    @Override
    public void committed(ChainUpdate update) {
      if (!update.undone().isEmpty()) {
        BlockRef oldHead = update.undone().getFirst();
        SimulatedBlock oldest = chain.block(update.undone().getLast().root()).orElseThrow();
        long ancestor =
            chain.block(oldest.parentRoot()).map(parent -> parent.slot().value()).orElse(0L);
        long depth = oldHead.slot().value() - ancestor;
        figures.reorg(depth);
        // The chain's own are no deeper. A stale node shows a branch that the chain has left since,
        // and following it back undoes what was built meanwhile as well.
        assertThat(depth <= SimulationPlan.DEPTH_MAX || isLeft(update.applied().getLast()))
            .as("a reorg of %d slots to %s", depth, update.applied().getLast().ref())
            .isTrue();
      }
    }
  }

  private boolean isLeft(ChainBlock block) {
    return chain.at(clock.instant()).canonical().stream()
        .noneMatch(canonical -> canonical.root().equals(block.root()));
  }

  private void close() {
    if (follower != null) {
      follower.close();
    }
    if (store != null) {
      store.close();
    }
  }

  private Store store() {
    return required(store);
  }

  private FragileStore fragile() {
    return required(fragile);
  }

  private Follower follower() {
    return required(follower);
  }

  private static <T> T required(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not running");
    }
    return value;
  }
}
