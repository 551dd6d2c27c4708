package io.auriga.chain;

import java.time.Duration;

/**
 * How the follower works.
 *
 * @param start where an empty store begins
 * @param window blocks read and verified ahead of the one being committed
 * @param batchSize blocks in one transaction, at most
 * @param batchAge how long a block may wait for its batch to fill
 * @param pollInterval how long without an event before the node is asked anyway
 */
public record FollowerConfig(
    StartPoint start, int window, int batchSize, Duration batchAge, Duration pollInterval) {
  public static final FollowerConfig DEFAULT =
      new FollowerConfig(
          new StartPoint.Finalized(), 16, 64, Duration.ofSeconds(1), Duration.ofSeconds(4));

  public FollowerConfig {
    if (window < 1 || window > 256 || batchSize < 1 || batchSize > 1024) {
      throw new IllegalArgumentException(
          "window " + window + " of 1 to 256, batch size " + batchSize + " of 1 to 1024");
    }
    if (batchAge.isNegative() || !pollInterval.isPositive()) {
      throw new IllegalArgumentException("batch age " + batchAge + ", poll " + pollInterval);
    }
  }

  public FollowerConfig withStart(StartPoint newStart) {
    return new FollowerConfig(newStart, window, batchSize, batchAge, pollInterval);
  }
}
