package io.auriga.app.config;

import io.auriga.runtime.config.ConfigTree;
import io.auriga.runtime.config.Key;
import io.auriga.sync.relay.Policy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of the Engine API relay. */
final class RelayKeys {
  private static final Key<String> BIND =
      Key.text("bind", "The address that the relay listens on for consensus clients.")
          .orElse("127.0.0.1");
  private static final Key<Integer> PORT =
      Key.integer("port", "Its port; 0 takes any that is free.", 0, 65_535)
          .orElse(String.valueOf(RelaySettings.DEFAULT_PORT));
  private static final Key<Integer> METRICS_PORT =
      Key.integer(
              "metrics-port",
              "The port of /metrics and /healthz of 'auriga relay', on loopback; 'auriga run' has"
                  + " them at its own.",
              0,
              65_535)
          .orElse(String.valueOf(RelaySettings.DEFAULT_METRICS_PORT));
  private static final Key<Path> JWT_SECRET_FILE =
      Key.path(
          "jwt-secret-file",
          "The file with the secret (64 hexadecimal digits) that consensus clients share with the"
              + " relay.");
  private static final Key<Policy> POLICY =
      Key.one(
              "policy",
              "Whose answer counts where there are several execution clients: the first that knows,"
                  + " or more than half.",
              "standby or majority",
              RelayKeys::policy)
          .orElse("standby");
  private static final Key<Duration> WRITER_SILENCE =
      Key.duration(
              "writer-silence",
              "How long the consensus client that sets the fork choice must be silent before"
                  + " another one may.",
              Duration.ofSeconds(1))
          .orElse("1m");
  private static final Key<List<URI>> URLS =
      Key.uris(
              "urls",
              "The authenticated ports of the execution clients, in order of preference; without"
                  + " any there is no relay.")
          .orElse("");
  private static final Key<Path> EXECUTION_SECRET_FILE =
      Key.path("jwt-secret-file", "The file with the secret that they share with the relay.");
  private static final Key<URI> URL =
      Key.uri("url", "The address of one execution client, where their secrets differ.");

  private RelayKeys() {}

  static RelaySettings read(ConfigTree section) {
    ConfigTree execution = section.section("execution");
    Optional<Path> shared = execution.find(EXECUTION_SECRET_FILE);
    List<RelaySettings.Node> nodes = new ArrayList<>();
    execution.value(URLS).forEach(url -> nodes.add(new RelaySettings.Node(url, shared)));
    for (ConfigTree node : execution.sections("nodes")) {
      nodes.add(
          new RelaySettings.Node(
              node.value(URL), node.find(EXECUTION_SECRET_FILE).or(() -> shared)));
    }
    return new RelaySettings(
        new InetSocketAddress(section.value(BIND), section.value(PORT)),
        section.value(METRICS_PORT),
        section.find(JWT_SECRET_FILE),
        nodes,
        section.value(POLICY),
        section.value(WRITER_SILENCE));
  }

  private static Policy policy(String text) {
    return switch (text) {
      case "standby" -> new Policy.Standby();
      case "majority" -> new Policy.Majority();
      default -> throw new IllegalArgumentException("neither standby nor majority");
    };
  }
}
