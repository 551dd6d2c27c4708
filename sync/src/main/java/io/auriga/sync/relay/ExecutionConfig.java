package io.auriga.sync.relay;

import io.auriga.sync.relay.jwt.JwtSecret;
import java.net.URI;

/**
 * One execution client.
 *
 * @param name for metrics and messages, unique
 * @param url {@code http://host:port/path} of its authenticated port
 * @param secret what it shares with the relay
 */
public record ExecutionConfig(String name, URI url, JwtSecret secret) {
  /** The port of the specification. */
  private static final int DEFAULT_PORT = 8551;

  public ExecutionConfig {
    if (!"http".equals(url.getScheme())
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "an execution client's address is http://host:port, without a user or a query");
    }
  }

  String host() {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  int port() {
    return url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
  }

  /** What the Host field says. */
  String authority() {
    return url.getHost() + ":" + port();
  }
}
