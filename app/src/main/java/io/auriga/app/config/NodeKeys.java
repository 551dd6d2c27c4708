package io.auriga.app.config;

import io.auriga.clients.http.Credentials;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.EndpointLimits;
import io.auriga.clients.http.TlsFiles;
import io.auriga.runtime.config.ConfigError;
import io.auriga.runtime.config.ConfigTree;
import io.auriga.runtime.config.Key;
import io.auriga.types.AurigaException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The nodes of one side: addresses that share their settings, and, in a file, nodes with settings
 * of their own. Tried in this order.
 */
final class NodeKeys {
  private static final Key<URI> URL =
      Key.uri("url", "The address of one node, where nodes differ in their settings.");

  private static final Key<URI> WEB_SOCKET_URL =
      Key.uri("websocket-url", "The WebSocket of the node; see websocket-urls.");

  private static final Key<List<URI>> WEB_SOCKET_URLS =
      Key.uris(
              "websocket-urls",
              "WebSockets (ws://, wss://) at which execution nodes push new heads, to look for them"
                  + " at once; beside the beacon nodes' events, and not needed.")
          .orElse("");

  private final String side;
  private final Key<List<URI>> urls;

  NodeKeys(String side) {
    this.side = side;
    this.urls =
        Key.uris("urls", "The addresses of the " + side + " nodes, tried in order.").orElse("");
  }

  private static final Key<Path> BEARER_TOKEN_FILE =
      Key.path("bearer-token-file", "The file with the token to send; read afresh each time.");
  private static final Key<String> USER = Key.text("user", "The user of basic authentication.");
  private static final Key<Path> PASSWORD_FILE =
      Key.path("password-file", "The file with the user's password; read afresh each time.");
  private static final Key<Path> TRUST_FILE =
      Key.path("tls.trust-file", "Certificates (PEM) to trust instead of the platform's.");
  private static final Key<Path> CERTIFICATE_FILE =
      Key.path("tls.certificate-file", "Our own certificate (PEM), where the node asks for one.");
  private static final Key<Path> KEY_FILE =
      Key.path("tls.key-file", "The certificate's unencrypted key (PEM, PKCS #8).");
  private static final Key<Integer> MAX_CONCURRENT =
      Key.integer("max-concurrent", "How many requests one node gets at once.", 1, 256)
          .orElse(String.valueOf(EndpointLimits.DEFAULT.maxConcurrent()));
  private static final Key<Duration> REQUEST_DEADLINE =
      Key.duration("request-deadline", "How long one answer may take, to its last byte.")
          .orElse("20s");

  /** Where nodes push; each may ask for the same credentials as the nodes beside it. */
  List<EndpointConfig> readWebSockets(ConfigTree section) {
    List<EndpointConfig> pushing = new ArrayList<>();
    Settings shared = Settings.read(section, side);
    section.value(WEB_SOCKET_URLS).forEach(url -> pushing.add(shared.pushingAt(url)));
    int index = 0;
    for (ConfigTree node : section.sections("nodes")) {
      Settings own = Settings.read(node, side + ".nodes[" + index++ + "]");
      node.find(WEB_SOCKET_URL).ifPresent(url -> pushing.add(own.pushingAt(url)));
    }
    return pushing;
  }

  List<EndpointConfig> read(ConfigTree section) {
    List<EndpointConfig> nodes = new ArrayList<>();
    // Every key is asked for in any case, so that the reference page and the check know it.
    Settings shared = Settings.read(section, side);
    section.value(urls).forEach(url -> nodes.add(shared.at(url)));
    int index = 0;
    for (ConfigTree node : section.sections("nodes")) {
      URI url = node.value(URL);
      nodes.add(Settings.read(node, side + ".nodes[" + index++ + "]").at(url));
    }
    return nodes;
  }

  /** What is set beside an address. */
  private record Settings(
      String where, Credentials credentials, TlsFiles tls, EndpointLimits limits) {
    static Settings read(ConfigTree node, String where) {
      return new Settings(
          where,
          credentials(
              where, node.find(BEARER_TOKEN_FILE), node.find(USER), node.find(PASSWORD_FILE)),
          tls(where, node.find(TRUST_FILE), node.find(CERTIFICATE_FILE), node.find(KEY_FILE)),
          EndpointLimits.DEFAULT
              .withMaxConcurrent(node.value(MAX_CONCURRENT))
              .withRequestDeadline(node.value(REQUEST_DEADLINE)));
    }

    private static Credentials credentials(
        String where, Optional<Path> token, Optional<String> user, Optional<Path> password) {
      if (user.isPresent() != password.isPresent()) {
        throw bad(where, "user and password-file must be given together");
      }
      if (token.isPresent() && user.isPresent()) {
        throw bad(where, "bearer-token-file and user exclude each other");
      }
      if (token.isPresent()) {
        return new Credentials.Bearer(token.get());
      }
      return user.isPresent() && password.isPresent()
          ? new Credentials.Basic(user.get(), password.get())
          : Credentials.none();
    }

    private static TlsFiles tls(
        String where, Optional<Path> trust, Optional<Path> certificate, Optional<Path> key) {
      if (certificate.isPresent() != key.isPresent()) {
        throw bad(where, "tls.certificate-file and tls.key-file must be given together");
      }
      return new TlsFiles(trust.orElse(null), certificate.orElse(null), key.orElse(null));
    }

    EndpointConfig pushingAt(URI url) {
      EndpointConfig endpoint = at(url);
      if (!endpoint.isWebSocket()) {
        throw bad(
            where, "a WebSocket's address begins with ws:// or wss://, not " + endpoint.name());
      }
      return endpoint;
    }

    EndpointConfig at(URI url) {
      try {
        return new EndpointConfig(url, credentials, tls, limits);
      } catch (IllegalArgumentException refused) {
        throw bad(where, String.valueOf(refused.getMessage()));
      }
    }
  }

  private static AurigaException bad(String where, String problem) {
    return new AurigaException(ConfigError.BAD_VALUE, "use " + where, problem);
  }
}
