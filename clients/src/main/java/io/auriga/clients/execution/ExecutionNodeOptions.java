package io.auriga.clients.execution;

import io.auriga.clients.http.Backoff;
import java.time.Duration;

/**
 * How an execution client is asked.
 *
 * @param batchSize calls in one exchange; clients refuse very large batches
 * @param pollInterval between two looks at the head where heads are not pushed
 * @param silence a WebSocket without a head for so long is taken for dead and connected anew
 */
public record ExecutionNodeOptions(
    int batchSize, Duration pollInterval, Duration silence, Backoff.Bounds reconnect) {
  /** A quarter of a mainnet slot is soon enough for a hint; a minute is five missed slots. */
  public static final ExecutionNodeOptions DEFAULT =
      new ExecutionNodeOptions(
          32, Duration.ofSeconds(3), Duration.ofMinutes(1), Backoff.Bounds.DEFAULT);

  public ExecutionNodeOptions {
    if (batchSize < 1
        || pollInterval.isNegative()
        || pollInterval.isZero()
        || silence.isNegative()
        || silence.isZero()) {
      throw new IllegalArgumentException("every option must be positive");
    }
  }
}
