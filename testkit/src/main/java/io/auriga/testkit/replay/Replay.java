package io.auriga.testkit.replay;

import io.auriga.types.Slot;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * A recording that runs: one clock, and a consensus and an execution client on loopback.
 *
 * <p>At the end the clock stands still and the nodes go on answering, as on a chain that has no new
 * blocks. {@link #restart} begins anew: every event stream ends, and the nodes know the first slots
 * only. Whoever follows must begin with an empty store then, because to a store that holds the end
 * of the chain the nodes would contradict what is final.
 */
public final class Replay implements AutoCloseable {
  private final Recording recording;
  private final ReplayClock clock;
  private final ReplayBeaconNode beacon;
  private final ReplayExecutionNode execution;

  /**
   * How to run.
   *
   * @param speed how much faster than recorded
   * @param from the slot to begin at; what lies before it is known at once
   */
  public record Settings(
      double speed, Slot from, BeaconQuirks quirks, int beaconPort, int executionPort) {

    /** From the recording's start, on free ports, without quirks. */
    public static Settings atSpeed(double speed) {
      return new Settings(speed, new Slot(0), BeaconQuirks.NONE, 0, 0);
    }

    public Settings withFrom(Slot slot) {
      return new Settings(speed, slot, quirks, beaconPort, executionPort);
    }

    public Settings withQuirks(BeaconQuirks other) {
      return new Settings(speed, from, other, beaconPort, executionPort);
    }
  }

  private Replay(
      Recording recording,
      ReplayClock clock,
      ReplayBeaconNode beacon,
      ReplayExecutionNode execution) {
    this.recording = recording;
    this.clock = clock;
    this.beacon = beacon;
    this.execution = execution;
  }

  /** Starts both nodes and the clock. */
  public static Replay start(Recording recording, Settings settings) {
    ReplayClock clock =
        new ReplayClock(begin(recording, settings.from()), recording.end(), settings.speed());
    ReplayBeaconNode beacon =
        new ReplayBeaconNode(recording, clock, settings.quirks(), settings.beaconPort());
    try {
      return new Replay(
          recording,
          clock,
          beacon,
          new ReplayExecutionNode(recording, clock, settings.executionPort()));
    } catch (RuntimeException cannotListen) {
      beacon.close();
      throw cannotListen;
    }
  }

  private static Instant begin(Recording recording, Slot from) {
    Instant wanted = recording.startOf(from);
    if (wanted.isBefore(recording.start())) {
      return recording.start();
    }
    return wanted.isAfter(recording.end()) ? recording.end() : wanted;
  }

  public Recording recording() {
    return recording;
  }

  /** The time of the chain: give it to whoever follows, in place of the system's clock. */
  public ReplayClock clock() {
    return clock;
  }

  public URI beaconUri() {
    return beacon.uri();
  }

  public URI executionUri() {
    return execution.uri();
  }

  /** Waits for the end; false if {@code patience} of real time is over or the replay restarted. */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return clock.await(clock.end(), patience);
  }

  /** Begins anew; see above for what that asks of a follower. */
  public void restart() {
    clock.restart();
  }

  @Override
  public void close() {
    beacon.close();
    execution.close();
  }
}
