package io.auriga.sync.relay;

import io.auriga.sync.relay.jwt.JwtSecret;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * Where the relay listens, and what stands behind it.
 *
 * @param listen loopback unless the operator says otherwise; port 0 takes any
 * @param secret what consensus clients share with the relay
 * @param executions in order of preference, at least one
 * @param policy whose answer counts where there are several
 * @param writerSilence how long the writer of the fork choice must be silent before another
 *     consensus client takes over
 * @param connectionsMax of consensus clients at once
 * @param bodyBytesMax the longest body that passes
 */
public record RelayConfig(
    InetSocketAddress listen,
    JwtSecret secret,
    List<ExecutionConfig> executions,
    Policy policy,
    Duration writerSilence,
    int connectionsMax,
    long bodyBytesMax) {
  private static final Duration WRITER_SILENCE = Duration.ofMinutes(1);
  private static final int CONNECTIONS_MAX = 64;

  /** No block or list of blobs comes near it. */
  private static final long BODY_BYTES_MAX = 256L << 20;

  public RelayConfig {
    executions = List.copyOf(executions);
    if (executions.isEmpty()) {
      throw new IllegalArgumentException("at least one execution client is needed");
    }
  }

  /** The usual limits. */
  public static RelayConfig of(
      InetSocketAddress listen, JwtSecret secret, List<ExecutionConfig> executions) {
    return new RelayConfig(
        listen,
        secret,
        executions,
        new Policy.Standby(),
        WRITER_SILENCE,
        CONNECTIONS_MAX,
        BODY_BYTES_MAX);
  }

  public RelayConfig withPolicy(Policy other) {
    return new RelayConfig(
        listen, secret, executions, other, writerSilence, connectionsMax, bodyBytesMax);
  }

  public RelayConfig withWriterSilence(Duration time) {
    return new RelayConfig(listen, secret, executions, policy, time, connectionsMax, bodyBytesMax);
  }

  public RelayConfig withConnectionsMax(int count) {
    return new RelayConfig(listen, secret, executions, policy, writerSilence, count, bodyBytesMax);
  }

  public RelayConfig withBodyBytesMax(long bytes) {
    return new RelayConfig(
        listen, secret, executions, policy, writerSilence, connectionsMax, bytes);
  }
}
