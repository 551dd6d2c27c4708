package io.auriga.app;

import io.auriga.clients.consensus.BeaconNode;
import io.auriga.clients.consensus.HttpBeaconNode;
import io.auriga.clients.execution.ExecutionNode;
import io.auriga.clients.execution.HttpExecutionNode;
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

  @Override
  public void close() {
    endpoints.forEach(HttpEndpoint::close);
  }
}
