package io.auriga.clients.http;

import java.time.Duration;

/**
 * What one endpoint may cost us at most.
 *
 * @param maxConcurrent requests under way at once; more wait for their turn
 * @param requestDeadline for a whole exchange: waiting for a turn, connecting, asking and the last
 *     byte of the answer
 * @param connectTimeout for the connection alone
 * @param maxBodyBytes the largest answer
 * @param maxJsonDepth the deepest nesting of JSON
 * @param breakerFailures failures in a row after which the endpoint is left alone
 * @param breakerCoolDown for how long; then one request tries
 */
public record EndpointLimits(
    int maxConcurrent,
    Duration requestDeadline,
    Duration connectTimeout,
    int maxBodyBytes,
    int maxJsonDepth,
    int breakerFailures,
    Duration breakerCoolDown) {
  /**
   * Eight requests keep one node busy without starving its validators; a block takes well under a
   * second, and 20 s leave room for a node that is catching up. The largest mainnet blocks weigh
   * about 2 MB of SSZ or 5 MB of JSON; the protocol allows 10 MiB of gossip, 20 MiB and more as
   * JSON. A block's JSON is 9 deep. The cool-down is shorter than a slot.
   */
  public static final EndpointLimits DEFAULT =
      new EndpointLimits(
          8,
          Duration.ofSeconds(20),
          Duration.ofSeconds(5),
          64 << 20,
          32,
          5,
          Duration.ofSeconds(10));

  public EndpointLimits {
    if (maxConcurrent < 1
        || maxBodyBytes < 1
        || maxJsonDepth < 1
        || breakerFailures < 1
        || !isPositive(requestDeadline)
        || !isPositive(connectTimeout)
        || !isPositive(breakerCoolDown)) {
      throw new IllegalArgumentException("every limit of an endpoint must be positive");
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  public EndpointLimits withRequestDeadline(Duration deadline) {
    return new EndpointLimits(
        maxConcurrent,
        deadline,
        connectTimeout,
        maxBodyBytes,
        maxJsonDepth,
        breakerFailures,
        breakerCoolDown);
  }

  public EndpointLimits withMaxBodyBytes(int bytes) {
    return new EndpointLimits(
        maxConcurrent,
        requestDeadline,
        connectTimeout,
        bytes,
        maxJsonDepth,
        breakerFailures,
        breakerCoolDown);
  }

  public EndpointLimits withMaxConcurrent(int requests) {
    return new EndpointLimits(
        requests,
        requestDeadline,
        connectTimeout,
        maxBodyBytes,
        maxJsonDepth,
        breakerFailures,
        breakerCoolDown);
  }

  public EndpointLimits withBreaker(int failures, Duration coolDown) {
    return new EndpointLimits(
        maxConcurrent,
        requestDeadline,
        connectTimeout,
        maxBodyBytes,
        maxJsonDepth,
        failures,
        coolDown);
  }
}
