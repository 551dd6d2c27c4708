package io.auriga.clients.http;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a node is and how to talk to it. The address may hold a secret (an access key in its path,
 * a password before the host), so nothing prints it; {@link #name} is what people see.
 */
public record EndpointConfig(
    URI uri, Credentials credentials, TlsFiles tls, EndpointLimits limits) {
  private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss");
  private static final Pattern SEPARATORS = Pattern.compile("[/&=:]");

  /** Shorter pieces are words such as {@code v3} and {@code rpc}. */
  private static final int SECRET_LENGTH_MIN = 6;

  public EndpointConfig {
    String scheme = uri.getScheme();
    if (scheme == null
        || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))
        || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "a node's address must look like http://host:port, not " + mask(uri));
    }
    if (uri.getFragment() != null) {
      throw new IllegalArgumentException("a node's address must not have a # part: " + mask(uri));
    }
    if (uri.getUserInfo() != null && !(credentials instanceof Credentials.None)) {
      throw new IllegalArgumentException(
          "credentials are both in the address and beside it: " + mask(uri));
    }
  }

  /** An address with the default limits, no credentials and the platform's trust. */
  public static EndpointConfig of(URI uri) {
    return new EndpointConfig(uri, Credentials.none(), TlsFiles.platform(), EndpointLimits.DEFAULT);
  }

  public EndpointConfig withLimits(EndpointLimits changed) {
    return new EndpointConfig(uri, credentials, tls, changed);
  }

  public EndpointConfig withCredentials(Credentials changed) {
    return new EndpointConfig(uri, changed, tls, limits);
  }

  public EndpointConfig withTls(TlsFiles changed) {
    return new EndpointConfig(uri, credentials, changed, limits);
  }

  /** Whether messages are pushed here, and nothing can be requested. */
  public boolean isWebSocket() {
    return uri.getScheme().toLowerCase(Locale.ROOT).startsWith("ws");
  }

  /** The address without secrets: {@code https://host:443/***}. */
  public String name() {
    return mask(uri);
  }

  /**
   * A text in which none of the address's possible secrets stands any more: nodes and the proxies
   * before them like to repeat the address in their error pages.
   */
  String redact(String text) {
    String redacted = text;
    for (String secret : possibleSecrets()) {
      redacted = redacted.replace(secret, "***");
    }
    return redacted;
  }

  /** Segments of the path, values of the query and the password, if long enough to be one. */
  private Set<String> possibleSecrets() {
    Set<String> secrets = new LinkedHashSet<>();
    for (String part :
        new String[] {
          uri.getRawPath(),
          uri.getPath(),
          uri.getRawQuery(),
          uri.getQuery(),
          uri.getRawUserInfo(),
          uri.getUserInfo()
        }) {
      if (part != null) {
        SEPARATORS
            .splitAsStream(part)
            .filter(piece -> piece.length() >= SECRET_LENGTH_MIN)
            .forEach(secrets::add);
      }
    }
    return secrets;
  }

  /** Scheme, host and port; whatever else an address holds may be a secret. */
  static String mask(URI uri) {
    String path = uri.getRawPath();
    boolean hidesNothing =
        (path == null || path.isEmpty() || path.equals("/")) && uri.getRawQuery() == null;
    String authority = uri.getHost() == null ? "***" : uri.getHost();
    return uri.getScheme()
        + "://"
        + authority
        + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
        + (hidesNothing ? "" : "/***");
  }

  @Override
  public String toString() {
    return "EndpointConfig[" + name() + ", " + limits + "]";
  }
}
