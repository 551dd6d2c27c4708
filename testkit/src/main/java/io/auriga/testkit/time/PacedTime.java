package io.auriga.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A time that runs at a pace of its own, and that can be waited for. */
public interface PacedTime extends InstantSource {
  /**
   * Waits until this time has reached {@code target}, was set back to its beginning, or {@code
   * patience} of real time is over, whichever is first. A change of pace does not end the wait.
   *
   * @return whether {@code target} is reached
   */
  boolean await(Instant target, Duration patience) throws InterruptedException;

  /** How often this time was set back to its beginning; what was served before is void then. */
  int restarts();
}
