package io.auriga.app;

import io.auriga.clients.NetworkCheck;
import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.BeaconStates;
import io.auriga.clients.consensus.FailoverBeaconStates;
import io.auriga.clients.consensus.HttpBeaconNode;
import io.auriga.clients.consensus.HttpBeaconStates;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.clients.execution.ExecutionQueries;
import io.auriga.clients.execution.FailoverExecutionQueries;
import io.auriga.clients.execution.HttpExecutionNode;
import io.auriga.clients.execution.HttpExecutionQueries;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.HttpEndpoint;
import java.util.ArrayList;
import java.util.List;

/** The configured nodes, in order, and the connections behind them. */
public final class Nodes implements AutoCloseable {
  private final List<HttpEndpoint> endpoints = new ArrayList<>();
  private final List<HttpBeaconNode> beacons;
  private final List<HttpExecutionNode> executions;

  public Nodes(List<EndpointConfig> consensus, List<EndpointConfig> execution) {
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
