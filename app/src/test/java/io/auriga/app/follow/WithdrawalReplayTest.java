package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.app.Nodes;
import io.auriga.app.house.Project;
import io.auriga.chain.BlockRef;
import io.auriga.chain.BlockSource;
import io.auriga.chain.Follower;
import io.auriga.chain.FollowerConfig;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.StartPoint;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.FailoverBeaconNode;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.replay.RecordedBlock;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.ReplayBeaconNode;
import io.auriga.testkit.replay.ReplayExecutionNode;
import io.auriga.testkit.replay.TimedEvent;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.expected.ReplayFollower;
import io.auriga.withdrawals.expected.ReplayMetrics;
import io.auriga.withdrawals.expected.ReplayRecord;
import io.auriga.withdrawals.expected.ReplayRecords;
import io.auriga.withdrawals.expected.ReplayVerdict.Confirmed;
import io.auriga.withdrawals.expected.ReplayVerdict.NotProvable;
import io.auriga.withdrawals.expected.ReplayVerdict.Reason;
import io.auriga.withdrawals.expected.ReplayVerdict.Reproduced;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded chain followed over HTTP, and each block's withdrawals replayed as it comes. */
class WithdrawalReplayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Recording recording =
      Recording.open(Project.root().resolve("recordings/minimal-capella-to-fulu"));
  private final SteppedClock time = new SteppedClock(recording.start());

  @TempDir Path folder;

  @Test
  void reproducesWhatTheBlocksOfAFollowedChainCarry() {
    Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    int reproduced = 0;
    int confirmed = 0;
    for (ReplayRecord record : follow(BeaconQuirks.NONE)) {
      switch (record.verdict()) {
        case Reproduced() -> reproduced++;
        case Confirmed() -> confirmed++;
        case NotProvable(Reason reason, String _) -> reasons.merge(reason, 1, Integer::sum);
        default -> throw new AssertionError(record);
      }
    }
    assertThat(reasons).containsExactly(Map.entry(Reason.PARENT, 1));
    assertThat(reproduced).isGreaterThan(100);
    // The first block of each of 17 epochs, and of one branch more, less those that follow from the
    // state that they left.
    assertThat(confirmed).isEqualTo(18 - 11);
  }

  @Test
  void claimsNothingOverANodeWithoutTheRoutes() {
    // Finality is asked for by "head", so that following goes on.
    BeaconQuirks poor =
        BeaconQuirks.NONE.withMissingRoutes(Set.of("/eth/v1/beacon/states/0x", "/eth/v1/builder/"));
    for (ReplayRecord record : follow(poor)) {
      assertThat(record.verdict()).isInstanceOf(NotProvable.class);
    }
  }

  /** The verdicts over all blocks that were ever the head or an ancestor of it. */
  private List<ReplayRecord> follow(BeaconQuirks quirks) {
    try (ReplayBeaconNode beacon = new ReplayBeaconNode(recording, time, quirks, 0);
        ReplayExecutionNode execution = new ReplayExecutionNode(recording, time, 0);
        Nodes nodes =
            new Nodes(
                List.of(EndpointConfig.of(beacon.uri())),
                List.of(EndpointConfig.of(execution.uri())));
        Store store =
            Store.open(
                "sqlite:" + folder.resolve("store"),
                WithdrawalLedger.MIGRATIONS,
                ReplayRecords.MIGRATIONS)) {
      NetworkCheck.Network network = NetworkCheck.require(nodes.beacons(), nodes.executions());
      SlotClock clock = SlotClock.of(network.spec(), network.genesis(), time);
      ReplayRecords records = new ReplayRecords(store);
      try (ReplayFollower replay =
              new ReplayFollower(
                  network.spec(),
                  nodes.statesOf(network),
                  Duration.ofMinutes(1),
                  records,
                  new ReplayMetrics(new Metrics(new PrometheusRegistry())),
                  clock);
          Follower follower =
              new Follower(
                  FollowerConfig.DEFAULT.withStart(new StartPoint.AtSlot(new Slot(1))),
                  new FailoverBeaconNode(nodes.beacons()),
                  source(nodes, network),
                  new WithdrawalLedger(store),
                  network.spec(),
                  clock,
                  replay)) {
        replay.start();
        for (TimedEvent event : recording.timeline().events()) {
          time.advanceTo(event.at());
          if (event.topic().equals("head")) {
            assertThat(follower.step()).as("%s", follower.snapshot().problem()).isTrue();
            // In step, so that no block is of the past when its turn comes.
            Optional<BlockRef> head = follower.snapshot().head();
            await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> records.find(head.orElseThrow().root()).isPresent());
          }
        }
      }
      return recording.timeline().blocks().stream()
          .map(RecordedBlock::root)
          .flatMap(root -> records.find(root).stream())
          .toList();
    }
  }

  private BlockSource source(Nodes nodes, NetworkCheck.Network network) {
    FollowerListener silent = new FollowerListener() {};
    return new BlockSource(
        nodes.beacons(),
        nodes.executions(),
        BlockSchemas.of(network.spec()),
        network.spec(),
        time,
        silent::refused);
  }
}
