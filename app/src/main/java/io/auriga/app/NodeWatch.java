package io.auriga.app;

import io.auriga.app.web.NodeSnapshot;
import io.auriga.app.web.NodeSnapshot.Health;
import io.auriga.app.web.NodeSnapshot.Layer;
import io.auriga.clients.NodeException;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.SyncStatus;
import io.auriga.clients.execution.BlockTag;
import io.auriga.clients.execution.ExecutionBlock;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.runtime.metrics.Metrics;
import io.prometheus.metrics.core.metrics.Gauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Looks at every node now and then, one thread a node, so that a page about them never has to wait
 * for one. What it sees is for people; following does not depend on it.
 */
final class NodeWatch implements AutoCloseable {
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);

  private final Duration interval;
  private final InstantSource time;
  private final NodeLooks told;
  private final Gauge up;
  private final List<NodeSnapshot> unseen = new ArrayList<>();
  private final ConcurrentMap<String, NodeSnapshot> seen = new ConcurrentHashMap<>();
  private final List<Runnable> looks = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  NodeWatch(
      List<BeaconNode> beacons,
      List<ExecutionNode> executions,
      Duration interval,
      InstantSource time,
      NodeLooks told,
      Metrics metrics) {
    this.interval = interval;
    this.time = time;
    this.told = told;
    this.up =
        metrics.gauge(
            "auriga_node_up", "1 if the node answers and is synced, 0 otherwise.", "layer", "node");
    for (BeaconNode node : beacons) {
      watch(Layer.CONSENSUS, node.name(), () -> consensus(node));
    }
    for (ExecutionNode node : executions) {
      watch(Layer.EXECUTION, node.name(), () -> execution(node));
    }
  }

  private void watch(Layer layer, String name, Look look) {
    NodeSnapshot before =
        new NodeSnapshot(
            name,
            layer,
            Health.UNKNOWN,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    unseen.add(before);
    looks.add(() -> repeat(layer, name, look));
  }

  void start() {
    for (Runnable look : looks) {
      threads.add(Thread.ofVirtual().name("auriga-node-watch").start(look));
    }
  }

  /** The nodes as last seen, in the order in which they are tried. */
  List<NodeSnapshot> snapshots() {
    return unseen.stream()
        .map(node -> seen.getOrDefault(node.layer() + node.name(), node))
        .toList();
  }

  private void repeat(Layer layer, String name, Look look) {
    String key = layer + name;
    try {
      while (!Thread.currentThread().isInterrupted()) {
        NodeSnapshot snapshot;
        try {
          snapshot = look.now();
        } catch (NodeException failure) {
          told.failed(layer, name, failure);
          snapshot = down(layer, name, failure, Optional.ofNullable(seen.get(key)));
        }
        seen.put(key, snapshot);
        up.labelValues(layer.lowerName(), name).set(snapshot.health() == Health.UP ? 1 : 0);
        Thread.sleep(interval);
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private NodeSnapshot consensus(BeaconNode node) {
    SyncStatus status = node.syncing();
    told.consensus(node.name(), status);
    Optional<String> problem = Optional.empty();
    if (status.executionOffline()) {
      problem = Optional.of("its execution client is offline");
    } else if (status.syncing()) {
      problem = Optional.of("syncing, " + status.syncDistance() + " slots behind");
    } else if (status.optimistic()) {
      problem = Optional.of("optimistic: its head is not verified by its execution client");
    }
    return new NodeSnapshot(
        node.name(),
        Layer.CONSENSUS,
        problem.isEmpty() ? Health.UP : Health.SYNCING,
        Optional.of(node.version()),
        Optional.of("slot " + status.headSlot()),
        now(),
        problem);
  }

  private NodeSnapshot execution(ExecutionNode node) {
    boolean syncing = node.syncing();
    Optional<ExecutionHeader> latest = node.block(BlockTag.latest()).map(ExecutionBlock::header);
    told.execution(node.name(), syncing, latest);
    Optional<String> head = latest.map(header -> "block " + header.number());
    return new NodeSnapshot(
        node.name(),
        Layer.EXECUTION,
        syncing ? Health.SYNCING : Health.UP,
        Optional.of(node.clientVersion()),
        head,
        now(),
        syncing ? Optional.of("syncing") : Optional.empty());
  }

  private static NodeSnapshot down(
      Layer layer, String name, NodeException failure, Optional<NodeSnapshot> before) {
    return new NodeSnapshot(
        name,
        layer,
        Health.DOWN,
        before.flatMap(NodeSnapshot::version),
        before.flatMap(NodeSnapshot::head),
        before.flatMap(NodeSnapshot::lastAnswer),
        Optional.of(failure.code() + ": " + failure.getMessage()));
  }

  private Optional<Instant> now() {
    return Optional.of(time.instant());
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        var _ = thread.join(CLOSE_PATIENCE);
      } catch (InterruptedException impatient) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** One look at one node. */
  private interface Look {
    NodeSnapshot now();
  }
}
