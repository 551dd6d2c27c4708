package io.auriga.app.config;

import io.auriga.runtime.config.ConfigError;
import io.auriga.sync.relay.ExecutionConfig;
import io.auriga.sync.relay.Policy;
import io.auriga.sync.relay.RelayConfig;
import io.auriga.sync.relay.jwt.JwtSecret;
import io.auriga.types.AurigaException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is configured of the Engine API relay. Secrets are read only where one is started: other
 * commands use the same file, and need not be allowed to read them.
 *
 * @param nodes the execution clients; without any there is no relay
 */
public record RelaySettings(
    InetSocketAddress listen,
    int metricsPort,
    Optional<Path> secretFile,
    List<Node> nodes,
    Policy policy,
    Duration writerSilence) {
  /** Beside the execution client's own 8551, which is often on the same machine. */
  static final int DEFAULT_PORT = 8561;

  static final int DEFAULT_METRICS_PORT = 8562;

  /** One execution client. */
  public record Node(URI url, Optional<Path> secretFile) {}

  public RelaySettings {
    nodes = List.copyOf(nodes);
  }

  /** Whether there is to be one. */
  public boolean isWanted() {
    return !nodes.isEmpty();
  }

  /**
   * Reads the secrets.
   *
   * @throws AurigaException {@code AUR-CONFIG-…} naming the key or the file
   */
  public RelayConfig open() {
    JwtSecret secret =
        JwtSecret.read(secretFile.orElseThrow(() -> missing("relay.jwt-secret-file")));
    Set<String> names = new HashSet<>();
    List<ExecutionConfig> executions =
        nodes.stream()
            .map(
                node -> {
                  if (!names.add(node.url().getAuthority())) {
                    throw bad(node.url(), "it is given twice");
                  }
                  return execution(node);
                })
            .toList();
    return RelayConfig.of(listen, secret, executions)
        .withPolicy(policy)
        .withWriterSilence(writerSilence);
  }

  private static ExecutionConfig execution(Node node) {
    JwtSecret secret =
        JwtSecret.read(
            node.secretFile().orElseThrow(() -> missing("relay.execution.jwt-secret-file")));
    try {
      return new ExecutionConfig(node.url().getAuthority(), node.url(), secret);
    } catch (IllegalArgumentException refused) {
      throw bad(node.url(), String.valueOf(refused.getMessage()));
    }
  }

  private static AurigaException missing(String key) {
    return new AurigaException(
        ConfigError.MISSING, "start the Engine API relay", key + " is not given");
  }

  private static AurigaException bad(URI url, String problem) {
    return new AurigaException(
        ConfigError.BAD_VALUE, "relay to the execution client " + url.getAuthority(), problem);
  }
}
