package io.auriga.app;

import io.auriga.chain.FollowerConfig;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.runtime.http.HttpServerConfig;
import io.auriga.runtime.store.StoreConfig;
import java.time.Duration;
import java.util.List;

/**
 * What a running platform is made from.
 *
 * @param consensus tried in order
 * @param execution tried in order
 * @param nodePatience how long to wait at start for nodes that do not answer yet
 */
public record PlatformConfig(
    List<EndpointConfig> consensus,
    List<EndpointConfig> execution,
    StoreConfig store,
    HttpServerConfig http,
    FollowerConfig follower,
    Duration nodePatience) {
  public PlatformConfig {
    consensus = List.copyOf(consensus);
    execution = List.copyOf(execution);
  }
}
