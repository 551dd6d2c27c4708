package io.auriga.sync.slot;

import io.auriga.types.ChainSpec;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * How long things may take. Everything follows from when attestations are due (consensus-specs,
 * {@code validator.md}: a third of the slot): the pair's own stages have small parts of that time,
 * and the block's arrival has the rest, so a head that is late exceeds at least one of them.
 *
 * @param deadline since the slot's begin: a block that is the head by then can be voted for
 * @param dispatch from gossip to {@code engine_newPayload}
 * @param execution for {@code engine_newPayload}
 * @param imported from there to the head
 * @param clock how far two clocks may be apart: nodes refuse blocks that come from further ahead
 * @param syncDistance a consensus client this many slots behind is syncing
 */
public record Thresholds(
    Duration deadline,
    Duration dispatch,
    Duration execution,
    Duration imported,
    Duration clock,
    long syncDistance) {
  private static final long BASIS_POINTS = 10_000;
  private static final long INTERVALS = 3;
  private static final String DUE = "ATTESTATION_DUE_BPS";
  private static final String DISPARITY = "MAXIMUM_GOSSIP_CLOCK_DISPARITY";
  private static final Duration USUAL_DISPARITY = Duration.ofMillis(500);

  /** A tenth of a second of mainnet's four. */
  private static final int DISPATCH_PART = 40;

  /** A quarter of a second of mainnet's four. */
  private static final int EXECUTION_PART = 16;

  private static final int IMPORT_PART = 40;

  /** A head one slot old is what every node has at a slot's begin. */
  private static final long SYNC_DISTANCE = 2;

  public Thresholds {
    for (Duration part : new Duration[] {dispatch, execution, imported, clock}) {
      if (part.isNegative()) {
        throw new IllegalArgumentException("a limit must not be negative: " + part);
      }
    }
    if (dispatch.plus(execution).plus(imported).compareTo(deadline) >= 0) {
      throw new IllegalArgumentException(
          "dispatch, execution and import together must be shorter than the time until attestations"
              + " are due, "
              + deadline.toMillis()
              + " ms");
    }
  }

  /** A network's own. */
  public static Thresholds of(ChainSpec spec) {
    Duration slot = spec.slotDuration();
    Duration deadline =
        spec.has(DUE)
            ? slot.multipliedBy(spec.number(DUE)).dividedBy(BASIS_POINTS)
            : slot.dividedBy(INTERVALS);
    return new Thresholds(
        deadline,
        deadline.dividedBy(DISPATCH_PART),
        deadline.dividedBy(EXECUTION_PART),
        deadline.dividedBy(IMPORT_PART),
        spec.has(DISPARITY) ? Duration.ofMillis(spec.number(DISPARITY)) : USUAL_DISPARITY,
        SYNC_DISTANCE);
  }

  /** How long a stage may take. Waiting for data is always waiting. */
  public Duration of(Stage stage) {
    return switch (stage) {
      case ARRIVAL -> deadline.minus(dispatch).minus(execution).minus(imported);
      case DISPATCH -> dispatch;
      case EXECUTION -> execution;
      case DATA -> Duration.ZERO;
      case IMPORT -> imported;
    };
  }

  /** The shortest time that one of them has. */
  Duration shortest(Set<Stage> stages) {
    return stages.stream().map(this::of).min(Duration::compareTo).orElseThrow();
  }

  /** The time that they have together. */
  public Duration sum(Set<Stage> stages) {
    return stages.stream().map(this::of).reduce(Duration.ZERO, Duration::plus);
  }

  /** Those of the stages, by stage. */
  public Map<Stage, Duration> stages() {
    Map<Stage, Duration> all = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      all.put(stage, of(stage));
    }
    return all;
  }
}
