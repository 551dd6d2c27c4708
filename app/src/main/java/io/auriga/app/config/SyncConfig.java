package io.auriga.app.config;

import io.auriga.runtime.config.ConfigError;
import io.auriga.runtime.config.ConfigTree;
import io.auriga.runtime.config.Key;
import io.auriga.sync.slot.Thresholds;
import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * The watch over slots.
 *
 * @param keep how long verdicts are kept
 * @param attestations whether every node is asked for the votes that it hears
 * @param relayed which of the consensus nodes calls through the relay, from 1; empty for the only
 *     one
 * @param limits of the stages, where they are not the network's usual ones
 */
public record SyncConfig(
    boolean watch, Duration keep, boolean attestations, Optional<Integer> relayed, Limits limits) {
  private static final int NODES_MAX = 64;

  private static final Key<Boolean> WATCH =
      Key.flag("sync.watch", "Whether each slot gets a verdict: who was late, and why.")
          .orElse("true");
  private static final Key<Duration> KEEP =
      Key.duration("sync.keep", "How long verdicts are kept.", Duration.ofHours(1)).orElse("7d");
  private static final Key<Boolean> ATTESTATIONS =
      Key.flag(
              "sync.attestations",
              "Whether the first and the last attestation of a slot are marked: asks every node for"
                  + " the votes that it hears, up to tens of thousands a slot.")
          .orElse("false");
  private static final Key<Integer> RELAYED =
      Key.integer(
          "sync.relayed",
          "Which of the consensus nodes, counted from 1, calls through the relay; not needed if"
              + " there is only one.",
          1,
          NODES_MAX);
  private static final Key<Duration> DISPATCH =
      Key.duration(
          "sync.limit.dispatch",
          "How long a consensus client may take from gossip to engine_newPayload. By default a 40th"
              + " of the time until attestations are due: 100ms on mainnet.");
  private static final Key<Duration> EXECUTION =
      Key.duration(
          "sync.limit.execution",
          "How long an execution client may take for a payload. By default a 16th of that time:"
              + " 250ms on mainnet.");
  private static final Key<Duration> IMPORT =
      Key.duration(
          "sync.limit.import",
          "How long a consensus client may take from there to the new head. By default a 40th of"
              + " that time.");

  /** Each where it is given. */
  public record Limits(
      Optional<Duration> dispatch, Optional<Duration> execution, Optional<Duration> imported) {
    /**
     * A network's limits with these in their place.
     *
     * @throws AurigaException if they leave no time for a block to arrive
     */
    public Thresholds of(ChainSpec spec) {
      Thresholds usual = Thresholds.of(spec);
      try {
        return new Thresholds(
            usual.deadline(),
            dispatch.orElse(usual.dispatch()),
            execution.orElse(usual.execution()),
            imported.orElse(usual.imported()),
            usual.clock(),
            usual.syncDistance());
      } catch (IllegalArgumentException tooLong) {
        throw new AurigaException(
            ConfigError.BAD_VALUE, "use sync.limit", String.valueOf(tooLong.getMessage()), tooLong);
      }
    }
  }

  static SyncConfig read(ConfigTree tree) {
    return new SyncConfig(
        tree.value(WATCH),
        tree.value(KEEP),
        tree.value(ATTESTATIONS),
        tree.find(RELAYED),
        new Limits(tree.find(DISPATCH), tree.find(EXECUTION), tree.find(IMPORT)));
  }
}
