package io.auriga.app.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.app.house.Project;
import io.auriga.app.integration.AurigaApi.Position;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.Replay;
import io.auriga.testkit.replay.ReplayBeaconNode;
import io.auriga.testkit.replay.ReplayExecutionNode;
import io.auriga.testkit.replay.TimedEvent;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Slot;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process follows the generated chain from Capella over Deneb and Electra to Fulu, with its
 * four reorgs, served by the replay nodes much faster than it was recorded.
 */
class GeneratedChainIT {
  private static final Path RECORDING =
      Project.root().resolve("recordings").resolve("minimal-capella-to-fulu");

  /** A slot of 12 s takes 0.2 s. */
  private static final double SPEED = 60;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CANONICAL_WITHDRAWALS = 479;
  private static final int REORGS = 4;
  private static final int INDICES_IN_TWO_PLACES = 28;

  @TempDir private Path folder;

  @BeforeAll
  static void requireBuilt() {
    Launcher.requireBuilt();
  }

  @Test
  void followsAllForksAndReorgsAsTheNodesTellThem() throws Exception {
    Figures figures = new Figures();
    Recording recording = Recording.open(RECORDING);
    SteppedClock time = new SteppedClock(recording.startOf(new Slot(2)));
    try (ReplayBeaconNode beaconNode = new ReplayBeaconNode(recording, time, BeaconQuirks.NONE, 0);
        ReplayExecutionNode executionNode = new ReplayExecutionNode(recording, time, 0);
        AurigaProcess auriga =
            new AurigaProcess("steady", folder, beaconNode.uri(), executionNode.uri())) {
      figures.add("from start to ready", Figures.millis(auriga.startUntilReady()));
      figures.add(
          "from an event to the block in the REST interface", steps(recording, time, auriga));
      BeaconReader beacon = new BeaconReader(beaconNode.uri());
      awaitEndOfChain(auriga, beacon);
      List<StoredWithdrawal> ledger = requireTheWholeChain(auriga, beacon, executionNode.uri());
      Position position = auriga.api().position();
      assertThat(position.reorgs()).isEqualTo(REORGS);
      assertThat(ledger.stream().filter(row -> !row.canonical()))
          .as("withdrawals of orphaned blocks")
          .hasSize(INDICES_IN_TWO_PLACES);
      assertThat(forks(auriga)).containsExactly("fulu", "electra", "deneb", "capella");
      auriga.megabytes("VmRSS").ifPresent(mb -> figures.add("resident memory", mb + " MB"));
      assertThat(auriga.interrupt()).as("exit code after Ctrl-C").isIn(0, 130);
    }
    figures.print("generated chain, as fast as it is followed");
  }

  /** Lets one head after the other be announced, once the one before it was followed. */
  private static List<Duration> steps(
      Recording recording, SteppedClock time, AurigaProcess auriga) {
    List<Duration> times = new ArrayList<>();
    for (TimedEvent event : recording.timeline().events()) {
      if (event.at().isBefore(time.instant())
          || !(event.change() instanceof TimedEvent.Change.HeadMoved(var root))) {
        continue;
      }
      long before = System.nanoTime();
      time.advanceTo(event.at());
      await("head " + root + "; " + auriga.logTail())
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> auriga.api().position().headRoot().filter(root.toHex()::equals).isPresent());
      times.add(Duration.ofNanos(System.nanoTime() - before));
    }
    time.advanceTo(recording.end());
    return times;
  }

  @Test
  void killedAtRandomMomentsItEndsWithTheSameLedger() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("Seed of the kills during the generated chain: " + seed);
    try (Replay replay = Replay.start(Recording.open(RECORDING), Replay.Settings.atSpeed(SPEED));
        AurigaProcess auriga =
            new AurigaProcess("killed", folder, replay.beaconUri(), replay.executionUri())) {
      Killing killing = new Killing(auriga, seed);
      while (!replay.clock().isFinished()) {
        killing.once(Duration.ofSeconds(3), true);
      }
      System.out.printf(
          "Killed %d times during the generated chain, %d times at work%n",
          killing.lives(), killing.livesThatAnswered());
      assertThat(killing.livesThatAnswered()).as("lives that got to work").isPositive();
      auriga.startUntilReady();
      BeaconReader beacon = new BeaconReader(replay.beaconUri());
      awaitEndOfChain(auriga, beacon);
      killing.requireNotBack(auriga.api().position(), true);
      var _ = requireTheWholeChain(auriga, beacon, replay.executionUri());
    }
  }

  private static void awaitEndOfChain(AurigaProcess auriga, BeaconReader beacon) {
    SeenBlock finalized = beacon.finalized().orElseThrow();
    String head = beacon.head().root();
    await("the end of the chain; " + auriga.logTail())
        .atMost(PATIENCE)
        .until(
            () -> {
              Position position = auriga.api().position();
              return position.headRoot().filter(head::equals).isPresent()
                  && position.finalizedSlot() >= finalized.slot()
                  && position.count("consensus") == 0;
            });
  }

  private static List<StoredWithdrawal> requireTheWholeChain(
      AurigaProcess auriga, BeaconReader beacon, URI execution) {
    List<StoredWithdrawal> ledger = auriga.api().export();
    LedgerCheck check = new LedgerCheck(beacon, new ExecutionReader(execution));
    assertThat(check.requireEveryWithdrawal(ledger)).isEqualTo(CANONICAL_WITHDRAWALS);
    check.requireFinality(ledger, beacon.finalized().orElseThrow());
    check.requireOrphans(ledger);
    LedgerCheck.requireStages(ledger);
    assertThat(auriga.api().list()).isEqualTo(ledger);
    assertThat(auriga.api().position().gaps()).isZero();
    assertThat(auriga.api().position().problem()).isEmpty();
    return ledger;
  }

  private static List<String> forks(AurigaProcess auriga) {
    return auriga
        .api()
        .data("blocks?limit=1000")
        .valueStream()
        .map(block -> block.required("fork").asString())
        .distinct()
        .toList();
  }
}
