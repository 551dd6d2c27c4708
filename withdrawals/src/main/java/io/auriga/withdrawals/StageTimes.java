package io.auriga.withdrawals;

import java.time.Instant;
import java.util.Optional;

/**
 * When this process learned that each stage was reached, to the microsecond. A block that was
 * orphaned keeps the times from before; one that became canonical again keeps its first sight and
 * its execution, loses {@code orphaned}, and becomes safe anew.
 */
public record StageTimes(
    Instant consensus,
    Optional<Instant> execution,
    Optional<Instant> safe,
    Optional<Instant> finalized,
    Optional<Instant> orphaned) {

  /** The furthest stage these times reach. */
  public Stage stage() {
    if (orphaned.isPresent()) {
      return Stage.ORPHANED;
    }
    if (finalized.isPresent()) {
      return Stage.FINALIZED;
    }
    if (safe.isPresent()) {
      return Stage.SAFE;
    }
    return execution.isPresent() ? Stage.EXECUTION : Stage.CONSENSUS;
  }
}
