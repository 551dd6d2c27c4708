package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.app.Nodes;
import io.auriga.app.house.Project;
import io.auriga.chain.BlockSource;
import io.auriga.chain.Follower;
import io.auriga.chain.FollowerConfig;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.StartPoint;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.FailoverBeaconNode;
import io.auriga.clients.consensus.SharedBeaconStates;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.ReplayBeaconNode;
import io.auriga.testkit.replay.ReplayExecutionNode;
import io.auriga.testkit.replay.TimedEvent;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.WithdrawalFilter;
import io.auriga.withdrawals.WithdrawalKind;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalQueries;
import io.auriga.withdrawals.expected.ReplayFollower;
import io.auriga.withdrawals.expected.ReplayMetrics;
import io.auriga.withdrawals.expected.ReplayRecords;
import io.auriga.withdrawals.kind.KindMetrics;
import io.auriga.withdrawals.kind.KindWorker;
import io.auriga.withdrawals.reconcile.ReconcileMetrics;
import io.auriga.withdrawals.reconcile.ReconcileQueries;
import io.auriga.withdrawals.reconcile.ReconcileWorker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds, replays and reconciling at work on one chain at once, over HTTP. */
class SharedQuestionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern ABOUT_VALIDATORS =
      Pattern.compile("/eth/v1/beacon/states/(0x[0-9a-f]{64})/validator(s|_balances)");
  private static final Pattern INDEX = Pattern.compile("\\d+");

  private final Recording recording =
      Recording.open(Project.root().resolve("recordings/minimal-capella-to-fulu"));
  private final SteppedClock time = new SteppedClock(recording.start());

  @TempDir Path folder;

  @Test
  void askForEachValidatorOfAStateOnce() throws Exception {
    try (ReplayBeaconNode beacon = new ReplayBeaconNode(recording, time, BeaconQuirks.NONE, 0);
        ReplayExecutionNode execution = new ReplayExecutionNode(recording, time, 0);
        LyingProxy proxy = new LyingProxy(beacon.uri());
        Nodes nodes =
            new Nodes(
                List.of(EndpointConfig.of(proxy.uri())),
                List.of(EndpointConfig.of(execution.uri())));
        Store store =
            Store.open(
                "sqlite:" + folder.resolve("store"),
                WithdrawalLedger.MIGRATIONS,
                ReplayRecords.MIGRATIONS)) {
      follow(nodes, store);
      List<String> asked = validatorsAsked(proxy.questions());
      assertThat(asked).as("validators of states").hasSizeGreaterThan(1_000);
      assertThat(asked).doesNotHaveDuplicates();
    }
  }

  private void follow(Nodes nodes, Store store) throws Exception {
    NetworkCheck.Network network = NetworkCheck.require(nodes.beacons(), nodes.executions());
    SlotClock clock = SlotClock.of(network.spec(), network.genesis(), time);
    BlockSchemas schemas = BlockSchemas.of(network.spec());
    BeaconStates states = new SharedBeaconStates(nodes.statesOf(network));
    Metrics metrics = new Metrics(new PrometheusRegistry());
    ReplayRecords records = new ReplayRecords(store);
    ReconcileQueries reconciled = new ReconcileQueries(store);
    try (ReplayFollower replay =
            new ReplayFollower(
                network.spec(),
                states,
                Duration.ofMinutes(1),
                records,
                new ReplayMetrics(metrics),
                clock);
        KindWorker kinds =
            new KindWorker(
                store,
                states,
                nodes.queriesOf(network),
                network.spec(),
                clock,
                new KindMetrics(metrics, store),
                Duration.ZERO);
        ReconcileWorker reconcile =
            new ReconcileWorker(
                store,
                nodes.reconcileOf(network, states, schemas, time, false),
                clock,
                new ReconcileMetrics(metrics, reconciled),
                Duration.ZERO);
        Follower follower =
            new Follower(
                FollowerConfig.DEFAULT.withStart(new StartPoint.AtSlot(new Slot(1))),
                new FailoverBeaconNode(nodes.beacons()),
                source(nodes, network, schemas),
                new WithdrawalLedger(store),
                network.spec(),
                clock,
                replay);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      replay.start();
      for (TimedEvent event : recording.timeline().events()) {
        time.advanceTo(event.at());
        if (event.topic().equals("head")) {
          assertThat(follower.step()).as("%s", follower.snapshot().problem()).isTrue();
          List<Future<?>> work =
              List.of(
                  threads.submit(() -> whole(kinds::step)),
                  threads.submit(() -> whole(reconcile::step)));
          Root head = follower.snapshot().head().orElseThrow().root();
          // In step, so that no block is of the past when its turn comes.
          await()
              .atMost(PATIENCE)
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(5))
              .until(
                  () -> records.find(head).isPresent() && work.stream().allMatch(Future::isDone));
          for (Future<?> done : work) {
            done.get();
          }
        }
      }
      assertThat(reconciled.blocks(1_000)).hasSizeGreaterThan(100);
      assertThat(reconciled.open().values()).containsOnly(0L);
      assertThat(new WithdrawalQueries(store).list(WithdrawalFilter.ALL, 1_000, Optional.empty()))
          .satisfies(
              page ->
                  assertThat(page.records())
                      .hasSizeGreaterThan(400)
                      .noneMatch(record -> record.kind() == WithdrawalKind.UNKNOWN));
    }
  }

  private static void whole(BooleanSupplier step) {
    while (step.getAsBoolean()) {
      // There is more to do.
    }
  }

  /** Each {@code state/validator}. */
  private static List<String> validatorsAsked(List<LyingProxy.Question> questions) {
    List<String> asked = new ArrayList<>();
    for (LyingProxy.Question question : questions) {
      Matcher route = ABOUT_VALIDATORS.matcher(question.uri().getPath());
      if (route.matches()) {
        String names = question.uri().getQuery() + " " + question.body();
        INDEX
            .matcher(names)
            .results()
            .map(MatchResult::group)
            .forEach(index -> asked.add(route.group(1) + "/" + index));
      }
    }
    return asked;
  }

  private BlockSource source(Nodes nodes, NetworkCheck.Network network, BlockSchemas schemas) {
    FollowerListener silent = new FollowerListener() {};
    return new BlockSource(
        nodes.beacons(), nodes.executions(), schemas, network.spec(), time, silent::refused);
  }
}
