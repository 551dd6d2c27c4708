package io.auriga.clients.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * Opens a connection to a node and closes it again, to see how long that takes: what the JDK's
 * client does not tell of its own. Nothing is asked.
 */
public final class ConnectProbe {
  private static final Set<String> SECURE = Set.of("https", "wss");
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * @param connect until the connection stood; finding the address is not in it
   * @param tls until keys were agreed on; empty without TLS
   */
  public record Timing(Duration connect, Optional<Duration> tls) {}

  private ConnectProbe() {}

  /** Empty if no connection comes to stand within the node's limits. */
  public static Optional<Timing> measure(EndpointConfig config) {
    URI uri = config.uri();
    boolean secure = SECURE.contains(uri.getScheme().toLowerCase(Locale.ROOT));
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
    int patience = Math.toIntExact(config.limits().connectTimeout().toMillis());
    try (Socket socket = new Socket()) {
      InetSocketAddress address = new InetSocketAddress(host(uri), port);
      long begin = System.nanoTime();
      socket.connect(address, patience);
      Duration connect = Duration.ofNanos(System.nanoTime() - begin);
      socket.setSoTimeout(patience);
      return Optional.of(
          new Timing(connect, secure ? Optional.of(handshake(config, socket, port)) : none()));
    } catch (IOException | GeneralSecurityException | RuntimeException unreachable) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> none() {
    return Optional.empty();
  }

  private static InetAddress host(URI uri) throws IOException {
    String host = uri.getHost();
    return InetAddress.getByName(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
  }

  private static Duration handshake(EndpointConfig config, Socket socket, int port)
      throws IOException, GeneralSecurityException {
    SSLContext context =
        config.tls().isPlatform() ? SSLContext.getDefault() : TlsContext.of(config.tls());
    try (SSLSocket secured =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, config.uri().getHost(), port, true)) {
      long begin = System.nanoTime();
      secured.startHandshake();
      return Duration.ofNanos(System.nanoTime() - begin);
    }
  }
}
