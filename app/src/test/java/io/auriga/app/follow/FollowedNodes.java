package io.auriga.app.follow;

import io.auriga.app.Nodes;
import io.auriga.chain.BlockRef;
import io.auriga.chain.BlockSource;
import io.auriga.chain.ChainPosition;
import io.auriga.chain.Follower;
import io.auriga.chain.FollowerConfig;
import io.auriga.chain.FollowerListener;
import io.auriga.chain.Problem;
import io.auriga.chain.StartPoint;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.FailoverBeaconNode;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.EndpointLimits;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.runtime.store.Store;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.ReplayBeaconNode;
import io.auriga.testkit.replay.ReplayExecutionNode;
import io.auriga.testkit.simulation.SimulatedBlock;
import io.auriga.testkit.simulation.SimulatedChain;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalQueries;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A follower with a real ledger, and two nodes of each kind over HTTP: each may lie, and the second
 * of a kind is only asked where a test wants it.
 */
final class FollowedNodes implements AutoCloseable {
  static final FollowerConfig CONFIG =
      new FollowerConfig(
          new StartPoint.AtSlot(new Slot(1)), 4, 8, Duration.ZERO, Duration.ofHours(1));

  private static final EndpointLimits LIMITS =
      EndpointLimits.DEFAULT
          .withMaxBodyBytes(1 << 20)
          .withRequestDeadline(Duration.ofSeconds(10))
          .withBreaker(1_000, Duration.ofMillis(1));

  final SimulatedChain chain;
  final SteppedClock clock;
  final List<AurigaException> refusals = Collections.synchronizedList(new ArrayList<>());
  final List<BlockRef> wentBackTo = Collections.synchronizedList(new ArrayList<>());
  final LyingProxy beacon;
  final LyingProxy secondBeacon;
  final LyingProxy execution;
  final LyingProxy secondExecution;
  private final Recording recording;
  private final List<Runnable> parts = new ArrayList<>();
  private final Store store;
  private @Nullable Follower follower;

  FollowedNodes(SimulatedChain chain, BeaconQuirks quirks, Path folder) throws IOException {
    this.chain = chain;
    this.clock = new SteppedClock(chain.startOf(new Slot(0)));
    this.recording = chain.toRecording();
    this.beacon = before(beaconNode(clock, quirks));
    this.secondBeacon = before(beaconNode(clock, quirks));
    this.execution = before(executionNode());
    this.secondExecution = before(executionNode());
    this.store = Store.open("sqlite:" + folder, WithdrawalLedger.MIGRATIONS);
  }

  /** Another beacon node of the same chain, at another time. */
  URI beaconNode(SteppedClock time, BeaconQuirks quirks) {
    ReplayBeaconNode node = new ReplayBeaconNode(recording, time, quirks, 0);
    parts.add(node::close);
    return node.uri();
  }

  private URI executionNode() {
    ReplayExecutionNode node = new ReplayExecutionNode(recording, clock, 0);
    parts.add(node::close);
    return node.uri();
  }

  private LyingProxy before(URI node) throws IOException {
    LyingProxy proxy = new LyingProxy(node);
    parts.add(proxy::close);
    return proxy;
  }

  /** Compares the networks and makes a follower of the first node of each kind. */
  FollowedNodes follow() {
    return follow(CONFIG, List.of(beacon.uri()), List.of(execution.uri()));
  }

  FollowedNodes followBoth() {
    return follow(
        CONFIG,
        List.of(beacon.uri(), secondBeacon.uri()),
        List.of(execution.uri(), secondExecution.uri()));
  }

  FollowedNodes follow(FollowerConfig config, List<URI> consensus, List<URI> executions) {
    Nodes nodes = new Nodes(endpoints(consensus), endpoints(executions));
    parts.add(nodes::close);
    NetworkCheck.Network network = NetworkCheck.require(nodes.beacons(), nodes.executions());
    Listener listener = new Listener();
    Follower made =
        new Follower(
            config,
            new FailoverBeaconNode(nodes.beacons()),
            new BlockSource(
                nodes.beacons(),
                nodes.executions(),
                BlockSchemas.of(network.spec()),
                network.spec(),
                clock,
                listener::refused),
            ledger(),
            network.spec(),
            SlotClock.of(network.spec(), network.genesis(), clock),
            listener);
    follower = made;
    return this;
  }

  private static List<EndpointConfig> endpoints(List<URI> uris) {
    return uris.stream().map(uri -> EndpointConfig.of(uri).withLimits(LIMITS)).toList();
  }

  private final class Listener implements FollowerListener {
    @Override
    public void refused(AurigaException failure) {
      refusals.add(failure);
    }

    @Override
    public void headWentBack(BlockRef from, BlockRef to) {
      wentBackTo.add(to);
    }
  }

  /** The end of the slot, when its block has long been known. */
  FollowedNodes at(long slot) {
    clock.advanceTo(chain.startOf(new Slot(slot + 1)).minusMillis(1));
    return this;
  }

  boolean step() {
    return follower().step();
  }

  /** Follows up to the slot, with success. */
  FollowedNodes stepTo(long slot) {
    at(slot);
    if (!step()) {
      throw new AssertionError("stopped before slot " + slot + ": " + follower().snapshot());
    }
    return this;
  }

  Follower follower() {
    if (follower == null) {
      throw new IllegalStateException("follow first");
    }
    return follower;
  }

  Problem problem() {
    return follower()
        .snapshot()
        .problem()
        .orElseThrow(() -> new AssertionError("no problem: " + follower().snapshot()));
  }

  WithdrawalLedger ledger() {
    return new WithdrawalLedger(store);
  }

  WithdrawalQueries queries() {
    return new WithdrawalQueries(store);
  }

  ChainPosition position() {
    return ledger().position().orElseThrow();
  }

  long headSlot() {
    return ledger().position().map(position -> position.head().slot().value()).orElse(0L);
  }

  SimulatedBlock blockAt(long slot) {
    return chain.blocks().stream()
        .filter(block -> block.slot().value() == slot)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    if (follower != null) {
      follower.close();
    }
    parts.reversed().forEach(Runnable::run);
    store.close();
  }
}
