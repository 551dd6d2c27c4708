package io.auriga.app;

import io.auriga.chain.BlockSource;
import io.auriga.clients.Failover;
import io.auriga.clients.Finding;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.Subscription;
import io.auriga.clients.consensus.BeaconDuties;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.BlockId;
import io.auriga.clients.consensus.FailoverBeaconDuties;
import io.auriga.clients.consensus.FailoverBeaconStates;
import io.auriga.clients.consensus.HttpBeaconDuties;
import io.auriga.clients.consensus.HttpBeaconNode;
import io.auriga.clients.consensus.HttpBeaconRewards;
import io.auriga.clients.consensus.HttpBeaconStates;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.clients.execution.ExecutionNodeOptions;
import io.auriga.clients.execution.ExecutionQueries;
import io.auriga.clients.execution.ExecutionTraces;
import io.auriga.clients.execution.FailoverExecutionNode;
import io.auriga.clients.execution.FailoverExecutionQueries;
import io.auriga.clients.execution.HttpExecutionNode;
import io.auriga.clients.execution.HttpExecutionQueries;
import io.auriga.clients.execution.HttpExecutionTraces;
import io.auriga.clients.execution.NewHeadsProbe;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.ExchangeObserver;
import io.auriga.clients.http.HttpEndpoint;
import io.auriga.crypto.ssz.BlockSchemas;
import io.auriga.types.AurigaException;
import io.auriga.validators.rewards.RewardSource;
import io.auriga.withdrawals.reconcile.ReconcileNodes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configured nodes, in order, and the connections behind them. */
public final class Nodes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);

  private final List<HttpEndpoint> endpoints = new ArrayList<>();
  private final List<HttpBeaconNode> beacons;
  private final List<HttpExecutionNode> executions;
  private final List<HttpEndpoint> pushing;

  public Nodes(List<EndpointConfig> consensus, List<EndpointConfig> execution) {
    this(consensus, execution, List.of());
  }

  /**
   * @param newHeads WebSockets at which execution nodes push new heads
   */
  public Nodes(
      List<EndpointConfig> consensus,
      List<EndpointConfig> execution,
      List<EndpointConfig> newHeads) {
    this.pushing = newHeads.stream().map(this::endpoint).toList();
    this.beacons = consensus.stream().map(this::endpoint).map(HttpBeaconNode::new).toList();
    this.executions = execution.stream().map(this::endpoint).map(HttpExecutionNode::new).toList();
  }

  private HttpEndpoint endpoint(EndpointConfig config) {
    HttpEndpoint endpoint = new HttpEndpoint(config);
    endpoints.add(endpoint);
    return endpoint;
  }

  public List<BeaconNode> beacons() {
    return List.copyOf(beacons);
  }

  public List<ExecutionNode> executions() {
    return List.copyOf(executions);
  }

  /** Has every exchange with a node told to whoever wants to know of that node. */
  public void observe(Function<String, ExchangeObserver> observers) {
    beacons.stream().map(HttpBeaconNode::endpoint).forEach(one -> observe(one, observers));
    executions.stream().map(HttpExecutionNode::endpoint).forEach(one -> observe(one, observers));
  }

  private static void observe(HttpEndpoint endpoint, Function<String, ExchangeObserver> observers) {
    endpoint.observe(observers.apply(endpoint.name()));
  }

  /** The beacon nodes, of which those not compared yet are compared before their first answer. */
  public List<BeaconNode> beaconsOf(NetworkCheck.Network network) {
    return beacons.stream()
        .<BeaconNode>map(node -> new VettedBeaconNode(node, network, vetting(node.name(), network)))
        .toList();
  }

  /** What the beacon nodes say of states, likewise; the first that answers is heard. */
  public BeaconStates statesOf(NetworkCheck.Network network) {
    return new FailoverBeaconStates(
        beacons.stream()
            .<BeaconStates>map(
                node ->
                    new VettedBeaconStates(
                        new HttpBeaconStates(node.endpoint()),
                        node,
                        network,
                        vetting(node.name(), network)))
            .toList());
  }

  /** What the beacon nodes say of duties to come, likewise. */
  public BeaconDuties dutiesOf(NetworkCheck.Network network) {
    return new FailoverBeaconDuties(
        beacons.stream()
            .<BeaconDuties>map(
                node ->
                    new VettedBeaconDuties(
                        new HttpBeaconDuties(node.endpoint()),
                        node,
                        network,
                        vetting(node.name(), network)))
            .toList());
  }

  /** The beacon nodes as far as rewards need them, likewise; each by itself. */
  public Failover<RewardSource> rewardsOf(NetworkCheck.Network network) {
    return new Failover<>(
        beacons.stream().map(node -> rewardSource(node, network)).toList(),
        RewardSource::name,
        InstantSource.system());
  }

  private static RewardSource rewardSource(HttpBeaconNode node, NetworkCheck.Network network) {
    Vetting vetting = vetting(node.name(), network);
    return new RewardSource(
        new VettedBeaconNode(node, network, vetting),
        new VettedBeaconRewards(new HttpBeaconRewards(node.endpoint()), node, network, vetting),
        new VettedBeaconStates(new HttpBeaconStates(node.endpoint()), node, network, vetting),
        new VettedBeaconDuties(new HttpBeaconDuties(node.endpoint()), node, network, vetting));
  }

  /** The execution nodes, likewise. */
  public List<ExecutionNode> executionsOf(NetworkCheck.Network network) {
    return executions.stream()
        .<ExecutionNode>map(
            node -> new VettedExecutionNode(node, network, vetting(node.name(), network)))
        .toList();
  }

  /**
   * What the execution nodes tell of accounts and logs, likewise; the first that answers is heard.
   */
  public ExecutionQueries queriesOf(NetworkCheck.Network network) {
    return new FailoverExecutionQueries(
        executions.stream()
            .<ExecutionQueries>map(
                node ->
                    new VettedExecutionQueries(
                        new HttpExecutionQueries(node.endpoint()),
                        node,
                        network,
                        vetting(node.name(), network)))
            .toList());
  }

  /**
   * Runs {@code wake} at each head that is pushed, on other threads, until closed. While a node's
   * WebSocket is down its head is polled, which is no more than what else wakes.
   */
  public Subscription newHeads(Runnable wake) {
    if (executions.isEmpty()) {
      return () -> {};
    }
    List<Subscription> streams =
        pushing.stream()
            .map(
                webSocket ->
                    new HttpExecutionNode(
                            executions.getFirst().endpoint(),
                            webSocket,
                            ExecutionNodeOptions.DEFAULT,
                            RandomGenerator.getDefault())
                        .newHeads(_ -> wake.run()))
            .toList();
    return () -> streams.forEach(Subscription::close);
  }

  /** Whether heads are pushed where they are configured to be. */
  public List<Finding> examineNewHeads() {
    return pushing.stream().map(NewHeadsProbe::examine).toList();
  }

  private ExecutionTraces tracesOf(NetworkCheck.Network network) {
    return ExecutionTraces.firstOf(
        executions.stream()
            .<ExecutionTraces>map(
                node ->
                    new VettedExecutionTraces(
                        new HttpExecutionTraces(node.endpoint()),
                        node,
                        network,
                        vetting(node.name(), network)))
            .toList());
  }

  /**
   * Whom reconciling asks: all of them, with every block verified.
   *
   * @param traced whether they may be asked to trace transactions
   */
  public ReconcileNodes reconcileOf(
      NetworkCheck.Network network,
      BeaconStates states,
      BlockSchemas schemas,
      InstantSource time,
      boolean traced) {
    BlockSource blocks =
        new BlockSource(
            beaconsOf(network), List.of(), schemas, network.spec(), time, Nodes::alreadyReported);
    return new ReconcileNodes(
        network.spec(),
        states,
        new FailoverExecutionNode(executionsOf(network))::block,
        queriesOf(network),
        traced ? tracesOf(network) : ExecutionTraces.NONE,
        root -> blocks.load(BlockId.of(root)));
  }

  /** A wrong block of a node: the follower, which reads it as well, reports it. */
  private static void alreadyReported(AurigaException refusal) {
    LOG.atDebug().addKeyValue("code", refusal.code()).log("A block was refused");
  }

  private static Vetting vetting(String node, NetworkCheck.Network network) {
    Vetting vetting = new Vetting();
    if (network.unreachable().stream().noneMatch(failed -> failed.endpoint().equals(node))) {
      vetting.pass();
    }
    return vetting;
  }

  @Override
  public void close() {
    endpoints.forEach(HttpEndpoint::close);
  }
}
