package io.auriga.app;

import io.auriga.app.config.AurigaConfig;
import io.auriga.app.config.SyncConfig;
import io.auriga.app.web.NodeSnapshot.Layer;
import io.auriga.chain.FollowerListener;
import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.Subscription;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.SyncStatus;
import io.auriga.clients.consensus.Topic;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.clients.http.ConnectProbe;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.crypto.execution.ExecutionHeader;
import io.auriga.runtime.Background;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.sync.clock.SteadyClock;
import io.auriga.sync.record.SlotRecord;
import io.auriga.sync.record.SlotStore;
import io.auriga.sync.relay.RelayObserver;
import io.auriga.sync.slot.Diagnosis;
import io.auriga.sync.slot.Thresholds;
import io.auriga.sync.watch.HeadOffsets;
import io.auriga.sync.watch.NodeClocks;
import io.auriga.sync.watch.SlotWatch;
import io.auriga.sync.watch.SyncMetrics;
import io.auriga.types.ChainSpec;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The watch over slots, wired: events, looks, exchanges and the relay's calls in, verdicts out. It
 * has a stream of its own to every node, so that following the chain never waits for it.
 */
final class SyncParts implements NodeLooks, AutoCloseable {
  private static final Duration PROBE_PAUSE = Duration.ofMinutes(1);

  /** Failures that are the node's absence, and not a sign of something else. */
  private static final Set<ClientError> ABSENT =
      EnumSet.of(ClientError.UNREACHABLE, ClientError.TIMEOUT, ClientError.BREAKER_OPEN);

  private final SyncConfig config;
  private final List<EndpointConfig> addresses;
  private final SlotClock clock;
  private final Thresholds limits;
  private final SlotStore slots;
  private final List<BeaconNode> beacons;
  private final List<String> consensus;
  private final List<String> execution;
  private final SyncMetrics metrics;
  private final HeadOffsets heads;
  private final SlotWatch watch;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final Background prober =
      Background.repeating("auriga-sync-probe", PROBE_PAUSE, this::probe);

  /** What is looked at. */
  record Watched(Nodes nodes, List<BeaconNode> beacons, List<ExecutionNode> executions) {}

  SyncParts(
      AurigaConfig config,
      ChainSpec spec,
      SlotClock clock,
      LongSupplier nanos,
      SlotStore slots,
      Watched watched,
      Metrics registry) {
    this.config = config.sync();
    this.addresses =
        Stream.concat(config.consensus().stream(), config.execution().stream()).toList();
    this.clock = clock;
    this.limits = config.sync().limits().of(spec);
    this.slots = slots;
    this.beacons = watched.beacons();
    this.consensus = watched.beacons().stream().map(BeaconNode::name).toList();
    this.execution = watched.executions().stream().map(ExecutionNode::name).toList();
    this.metrics = new SyncMetrics(registry);
    this.heads = new HeadOffsets(clock, metrics);
    NodeClocks clocks = new NodeClocks(metrics);
    watched.nodes().observe(clocks::observer);
    this.watch =
        new SlotWatch(
            clock,
            new SteadyClock(clock.time(), nanos),
            new SlotWatch.Pairs(consensus, relayed(config)),
            limits,
            () -> clocks.bounds(clock.now()),
            this::judged,
            metrics::jumped);
  }

  /** Evidence of the wrong pair would be worse than none. */
  private Optional<String> relayed(AurigaConfig config) {
    if (!config.relay().isWanted()) {
      return Optional.empty();
    }
    if (config.sync().relayed().isPresent()) {
      int position = config.sync().relayed().get();
      return position <= consensus.size()
          ? Optional.of(consensus.get(position - 1))
          : Optional.empty();
    }
    return consensus.size() == 1 ? Optional.of(consensus.getFirst()) : Optional.empty();
  }

  RelayObserver relayObserver() {
    return watch;
  }

  FollowerListener listener() {
    return watch;
  }

  void start() {
    watch.start();
    prober.start();
    Set<Topic> topics = EnumSet.copyOf(Topic.MARKS);
    if (config.attestations()) {
      topics.add(Topic.ATTESTATION);
      topics.add(Topic.SINGLE_ATTESTATION);
    }
    for (BeaconNode beacon : beacons) {
      subscriptions.add(beacon.events(topics, event -> watch.announced(beacon.name(), event)));
    }
  }

  private void judged(List<Diagnosis> diagnoses) {
    diagnoses.forEach(metrics::judged);
    Instant forget = clock.now().minus(config.keep());
    slots.write(
        diagnoses.stream().map(diagnosis -> SlotRecord.of(diagnosis, limits, clock)).toList(),
        forget);
  }

  @Override
  public void consensus(String node, SyncStatus status) {
    watch.consensus(node, status);
    heads.head("consensus", node, status.headSlot());
  }

  @Override
  public void execution(String node, boolean syncing, Optional<ExecutionHeader> head) {
    pairOf(node).ifPresent(pair -> watch.execution(pair, syncing));
    head.map(ExecutionHeader::timestamp)
        .filter(seconds -> seconds >= 0 && seconds < SlotClock.END_OF_TIME.getEpochSecond())
        .map(seconds -> clock.slotAt(Instant.ofEpochSecond(seconds)))
        .ifPresent((Slot slot) -> heads.head("execution", node, slot));
  }

  @Override
  public void failed(Layer layer, String node, NodeException failure) {
    if (!ABSENT.contains(failure.error())) {
      return;
    }
    switch (layer) {
      case CONSENSUS -> watch.consensusFailed(node);
      case EXECUTION -> pairOf(node).ifPresent(watch::executionFailed);
    }
  }

  /** Nodes are paired by their places, where there are as many of the one as of the other. */
  private Optional<String> pairOf(String executionNode) {
    return consensus.size() == execution.size()
        ? Optional.of(consensus.get(execution.indexOf(executionNode)))
        : Optional.empty();
  }

  /** Connections are opened now and then, only to see how long that takes. */
  private void probe() {
    for (EndpointConfig address : addresses) {
      ConnectProbe.measure(address).ifPresent(timing -> metrics.connected(address.name(), timing));
    }
  }

  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
    prober.close();
    watch.close();
  }
}
