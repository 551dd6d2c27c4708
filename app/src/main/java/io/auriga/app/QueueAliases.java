package io.auriga.app;

import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.PendingDeposits;
import io.auriga.clients.consensus.PendingPartials;
import io.auriga.clients.consensus.StateId;
import io.auriga.runtime.Background;
import io.auriga.runtime.metrics.Metrics;
import java.time.Duration;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the chain's queues are, under the names of eth-validator-watcher: asked of a node once
 * an epoch, and only where these names are wanted. What no node tells has no series.
 */
final class QueueAliases implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueueAliases.class);

  private final BeaconStates states;
  private final Background background;
  private volatile Lengths lengths = Lengths.UNKNOWN;

  /** Of all queues; empty where a node does not tell. */
  private record Lengths(
      OptionalInt deposits, OptionalInt consolidations, OptionalInt withdrawals) {
    static final Lengths UNKNOWN =
        new Lengths(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  QueueAliases(BeaconStates states, Duration pause) {
    this.states = states;
    this.background = Background.repeating("auriga-queues", pause, this::look);
  }

  /** Makes the metrics, which are empty until {@link #start}. */
  QueueAliases register(Metrics metrics, String network) {
    metrics.alias(
        "eth_pending_deposits_count",
        "Deposits that wait to be credited, at the head an epoch ago at most.",
        values -> lengths.deposits().ifPresent(count -> values.put(count, network)),
        "network");
    metrics.alias(
        "eth_pending_consolidations_count",
        "Consolidations that wait, at the head an epoch ago at most.",
        values -> lengths.consolidations().ifPresent(count -> values.put(count, network)),
        "network");
    metrics.alias(
        "eth_pending_withdrawals_count",
        "Requested partial withdrawals that wait, at the head an epoch ago at most.",
        values -> lengths.withdrawals().ifPresent(count -> values.put(count, network)),
        "network");
    return this;
  }

  void start() {
    background.start();
  }

  /** Asks once. */
  void look() {
    try {
      lengths = new Lengths(deposits(), consolidations(), withdrawals());
    } catch (NodeException unanswered) {
      lengths = Lengths.UNKNOWN;
      LOG.atDebug()
          .addKeyValue("code", unanswered.code())
          .addKeyValue("problem", unanswered.getMessage())
          .log("No node says how long the queues are");
    }
  }

  private OptionalInt deposits() {
    return states.pendingDeposits(StateId.head()) instanceof PendingDeposits.Listed(var entries)
        ? OptionalInt.of(entries.size())
        : OptionalInt.empty();
  }

  private OptionalInt consolidations() {
    return states
        .consolidationSources(StateId.head())
        .map(answer -> OptionalInt.of(answer.data().size()))
        .orElse(OptionalInt.empty());
  }

  private OptionalInt withdrawals() {
    return states.pendingPartialWithdrawals(StateId.head())
            instanceof PendingPartials.Listed(var entries, _)
        ? OptionalInt.of(entries.size())
        : OptionalInt.empty();
  }

  @Override
  public void close() {
    background.close();
  }
}
