package io.auriga.app.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.app.Nodes;
import io.auriga.app.house.Project;
import io.auriga.chain.BlockSource;
import io.auriga.chain.Follower;
import io.auriga.chain.FollowerConfig;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.StartPoint;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.FailoverBeaconNode;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.ReplayBeaconNode;
import io.auriga.testkit.replay.ReplayExecutionNode;
import io.auriga.testkit.replay.TimedEvent;
import io.auriga.testkit.time.PacedTime;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.LedgerSummary;
import io.auriga.withdrawals.Stage;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalQueries;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole path over HTTP and SSE, on what real nodes said. */
class ReplayedChainTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void followsAllForksThroughReorgsToFinality() {
    Followed followed = follow("minimal-capella-to-fulu", BeaconQuirks.NONE);
    assertThat(followed.summary().withdrawals()).isEqualTo(479);
    assertThat(followed.summary().gaps()).isZero();
    assertThat(followed.summary().byStage().get(Stage.ORPHANED)).isPositive();
    assertThat(followed.summary().byStage().get(Stage.CONSENSUS)).isZero();
    assertThat(followed.summary().byStage().get(Stage.FINALIZED)).isGreaterThan(400);
    assertThat(followed.state().reorgs()).isEqualTo(4);
    assertThat(followed.state().problem()).isEmpty();
  }

  @Test
  void followsANodeThatAnswersJsonAndSendsEventHeadersLate() {
    Followed followed = follow("lodestar-capella-reorgs", BeaconQuirks.LODESTAR_1_5_1);
    assertThat(followed.summary().withdrawals()).isEqualTo(239);
    assertThat(followed.summary().gaps()).isZero();
    assertThat(followed.summary().byStage().get(Stage.FINALIZED)).isPositive();
    assertThat(followed.state().problem()).isEmpty();
  }

  @Test
  void hearsOfABlockByItsEventWithoutBeingAsked() {
    Recording recording = recording("minimal-capella-to-fulu");
    SteppedClock time = new SteppedClock(recording.startOf(new Slot(10)));
    try (Rig rig = new Rig(recording, time, BeaconQuirks.NONE, folder.resolve("store"));
        Follower follower =
            rig.follower(
                new FollowerConfig(
                    new StartPoint.AtSlot(new Slot(0)),
                    4,
                    8,
                    Duration.ofSeconds(1),
                    Duration.ofHours(1)))) {
      follower.start();
      await().atMost(PATIENCE).until(() -> headSlot(follower) == 9);
      time.advanceTo(recording.startOf(new Slot(11)));
      await().atMost(PATIENCE).until(() -> headSlot(follower) == 10);
    }
  }

  private static long headSlot(Follower follower) {
    return follower.snapshot().head().map(head -> head.slot().value()).orElse(0L);
  }

  private record Followed(LedgerSummary summary, FollowerSnapshot state) {}

  /** Takes every moment at which something happened, one round each. */
  private Followed follow(String name, BeaconQuirks quirks) {
    Recording recording = recording(name);
    SteppedClock time = new SteppedClock(recording.start());
    try (Rig rig = new Rig(recording, time, quirks, folder.resolve("store"));
        Follower follower =
            rig.follower(
                FollowerConfig.DEFAULT.withStart(
                    new StartPoint.AtSlot(recording.oldestBlockSlot())))) {
      for (TimedEvent event : recording.timeline().events()) {
        time.advanceTo(event.at());
        if (event.topic().equals("head")) {
          assertThat(follower.step()).as("%s", follower.snapshot().problem()).isTrue();
        }
      }
      assertThat(follower.step()).isTrue();
      assertThat(follower.snapshot().lagSlots()).isZero();
      return new Followed(rig.queries().summary(), follower.snapshot());
    }
  }

  private static Recording recording(String name) {
    return Recording.open(Project.root().resolve("recordings").resolve(name));
  }

  /** Replay nodes, a store and what a follower between them needs. */
  private static final class Rig implements AutoCloseable {
    private final ReplayBeaconNode beacon;
    private final ReplayExecutionNode execution;
    private final Nodes nodes;
    private final Store store;
    private final PacedTime time;

    Rig(Recording recording, PacedTime time, BeaconQuirks quirks, Path folder) {
      this.time = time;
      this.beacon = new ReplayBeaconNode(recording, time, quirks, 0);
      this.execution = new ReplayExecutionNode(recording, time, 0);
      this.nodes =
          new Nodes(
              List.of(EndpointConfig.of(beacon.uri())),
              List.of(EndpointConfig.of(execution.uri())));
      this.store = Store.open("sqlite:" + folder, WithdrawalLedger.MIGRATIONS);
    }

    Follower follower(FollowerConfig config) {
      NetworkCheck.Network network = NetworkCheck.require(nodes.beacons(), nodes.executions());
      FollowerListener listener = new FollowerListener() {};
      return new Follower(
          config,
          new FailoverBeaconNode(nodes.beacons()),
          new BlockSource(
              nodes.beacons(),
              nodes.executions(),
              BlockSchemas.of(network.spec()),
              network.spec(),
              time,
              listener::refused),
          new WithdrawalLedger(store),
          network.spec(),
          SlotClock.of(network.spec(), network.genesis(), time),
          listener);
    }

    WithdrawalQueries queries() {
      return new WithdrawalQueries(store);
    }

    @Override
    public void close() {
      nodes.close();
      beacon.close();
      execution.close();
      store.close();
    }
  }
}
