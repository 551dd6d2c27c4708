package io.auriga.clients.consensus;

import io.auriga.clients.http.Backoff;
import java.time.Duration;

/**
 * How patient we are with a consensus client's event stream.
 *
 * @param silentSlots a stream without a byte for so many slots is taken for dead and connected anew
 * @param probePatience how long to wait for a refusal when a topic is tried alone; no answer means
 *     yes, because some nodes send headers with the first event only
 */
public record BeaconNodeOptions(int silentSlots, Duration probePatience, Backoff.Bounds reconnect) {
  /**
   * Five slots missed in a row are rare on a healthy chain, and a needless reconnection costs one
   * request and a look at the head.
   */
  public static final BeaconNodeOptions DEFAULT =
      new BeaconNodeOptions(5, Duration.ofSeconds(2), Backoff.Bounds.DEFAULT);

  public BeaconNodeOptions {
    if (silentSlots < 1 || probePatience.isNegative() || probePatience.isZero()) {
      throw new IllegalArgumentException("patience must be positive");
    }
  }
}
