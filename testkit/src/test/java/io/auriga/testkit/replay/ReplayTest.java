package io.auriga.testkit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.types.Slot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Recording recording = Recordings.bundled();

  @Test
  void runsToItsEndAndGoesOnAnswering() throws Exception {
    try (Replay replay = Replay.start(recording, Replay.Settings.atSpeed(50_000));
        Browser beacon = new Browser(replay.beaconUri());
        Browser execution = new Browser(replay.executionUri())) {
      assertThat(replay.awaitEnd(PATIENCE)).isTrue();

      assertThat(beacon.json("/eth/v1/node/syncing").at("/data/head_slot").asString())
          .isEqualTo("136");
      assertThat(
              execution
                  .post("{\"id\":1,\"method\":\"eth_blockNumber\",\"params\":[]}")
                  .path("result")
                  .asString())
          .startsWith("0x");
    }
  }

  @Test
  void beginsWhereItIsTold() throws Exception {
    Replay.Settings settings =
        Replay.Settings.atSpeed(ReplayClock.SPEED_MIN).withFrom(new Slot(50));
    try (Replay replay = Replay.start(recording, settings);
        Browser beacon = new Browser(replay.beaconUri())) {
      assertThat(beacon.json("/eth/v1/node/syncing").at("/data/head_slot").asString())
          .isEqualTo("49");
    }
  }

  @Test
  void endsEventStreamsWhenItBeginsAnew() throws Exception {
    try (Replay replay = Replay.start(recording, Replay.Settings.atSpeed(1))) {
      replay.clock().pause();
      try (Browser beacon = new Browser(replay.beaconUri());
          Browser.Stream stream = beacon.stream("/eth/v1/events?topics=head")) {
        replay.restart();

        assertThat(stream.ends()).isTrue();
        assertThat(replay.clock().instant()).isEqualTo(recording.start());
      }
    }
  }
}
