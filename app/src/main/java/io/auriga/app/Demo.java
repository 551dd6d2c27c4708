package io.auriga.app;

import io.auriga.app.config.AurigaConfig;
import io.auriga.app.web.ReplayControl;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.Replay;
import io.auriga.testkit.replay.ReplayClock;
import io.auriga.types.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A platform on replayed nodes, with a store of its own that is deleted at the end: everything that
 * {@code run} does, on a recorded chain and its clock.
 */
final class Demo implements AutoCloseable {
  private final Path folder;
  private final Replay replay;
  private final Platform platform;

  private Demo(Path folder, Replay replay, Platform platform) {
    this.folder = folder;
    this.replay = replay;
    this.platform = platform;
  }

  /**
   * Begins to replay.
   *
   * @param from the slot at which the story begins; what lies before is there at once
   */
  static Demo start(Recording recording, double speed, Slot from, int port)
      throws InterruptedException {
    Path folder = temporaryFolder();
    Replay replay = Replay.start(recording, Replay.Settings.atSpeed(speed).withFrom(from));
    try {
      AurigaConfig config =
          AurigaConfig.load(
              null,
              Map.of(),
              Map.of(
                  "consensus.urls", replay.beaconUri().toString(),
                  "execution.urls", replay.executionUri().toString(),
                  "data", folder.toString(),
                  "http.port", Integer.toString(port),
                  "chain.start", recording.oldestBlockSlot().toString(),
                  "chain.poll-interval", "500ms"));
      Platform platform =
          Platform.start(config, replay.clock(), Optional.of(new Control(replay.clock())));
      return new Demo(folder, replay, platform);
    } catch (RuntimeException | InterruptedException failed) {
      replay.close();
      delete(folder);
      throw failed;
    }
  }

  URI uri() {
    return platform.uri();
  }

  /** The replayed nodes, as a command takes them. */
  String nodeOptions() {
    return "--consensus " + replay.beaconUri() + " --execution " + replay.executionUri();
  }

  boolean isFinished() {
    return replay.clock().isFinished();
  }

  @Override
  public void close() {
    platform.close();
    replay.close();
    delete(folder);
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("auriga-demo-");
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException left) {
      // It lies in the system's folder for temporary files, which is cleaned by others.
    }
  }

  /** The hand of the dashboard on the replay's clock. */
  private record Control(ReplayClock clock) implements ReplayControl {
    @Override
    public double speed() {
      return clock.speed();
    }

    @Override
    public void speed(double factor) {
      clock.changeSpeed(factor);
    }

    @Override
    public boolean paused() {
      return clock.isPaused();
    }

    @Override
    public void pause(boolean pause) {
      if (pause) {
        clock.pause();
      } else {
        clock.resume();
      }
    }
  }
}
