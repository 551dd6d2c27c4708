package io.auriga.clients.http;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Puts into words why an exchange with one endpoint failed, without repeating its secrets. */
final class ExchangeFailures {
  private static final int STATUS_UNAUTHORIZED = 401;
  private static final int STATUS_FORBIDDEN = 403;
  private static final int STATUS_TOO_MANY_REQUESTS = 429;

  private final EndpointConfig config;

  ExchangeFailures(EndpointConfig config) {
    this.config = config;
  }

  /** Why no whole answer came. */
  NodeException ofTransport(Throwable cause, String asked) {
    String detail = NodeException.detailOf(cause);
    return switch (cause) {
      case BoundedBody.TooLarge tooLarge -> failure(ClientError.TOO_LARGE, asked, detail, tooLarge);
      case HttpConnectTimeoutException slow ->
          failure(
              ClientError.UNREACHABLE,
              asked,
              "no connection within " + seconds(config.limits().connectTimeout()),
              slow);
      case ConnectException refused ->
          failure(
              ClientError.UNREACHABLE,
              asked,
              "the connection was refused, or the host is unknown",
              refused);
      case WebSocketHandshakeException refused -> ofHandshake(refused, asked);
      case SSLException tls -> failure(ClientError.UNREACHABLE, asked, "TLS: " + detail, tls);
      case IOException broken ->
          failure(
              ClientError.UNREACHABLE,
              asked,
              "the connection broke before the answer was whole (" + detail + ")",
              broken);
      default -> failure(ClientError.UNREACHABLE, asked, detail, cause);
    };
  }

  private NodeException ofHandshake(WebSocketHandshakeException refused, String asked) {
    int status = refused.getResponse().statusCode();
    ClientError error =
        status == STATUS_UNAUTHORIZED || status == STATUS_FORBIDDEN
            ? ClientError.UNAUTHORIZED
            : ClientError.UNSUPPORTED_ROUTE;
    return statusFailure(
        error, asked, status, "it opens no WebSocket here (status " + status + ")");
  }

  /** What an answer's status says against the node; null if it concerns the request alone. */
  @Nullable NodeException ofStatus(HttpAnswer answer, String asked) {
    int status = answer.status();
    if (status / 100 == 3) {
      String target =
          answer
              .header("Location")
              .map(ExchangeFailures::maskedTarget)
              .orElse("an address that it does not name");
      return statusFailure(
          ClientError.REDIRECTED, asked, status, "status " + status + " redirects to " + target);
    }
    if (status == STATUS_UNAUTHORIZED || status == STATUS_FORBIDDEN) {
      return statusFailure(
          ClientError.UNAUTHORIZED, asked, status, "status " + status + ", " + answer.excerpt());
    }
    if (status == STATUS_TOO_MANY_REQUESTS || status >= 500 || status < 200) {
      return statusFailure(
          ClientError.STATUS, asked, status, "status " + status + ", " + answer.excerpt());
    }
    return null;
  }

  private static String maskedTarget(String location) {
    try {
      URI target = URI.create(location);
      return target.isAbsolute() ? EndpointConfig.mask(target) : "another path of the same host";
    } catch (IllegalArgumentException malformed) {
      return "a malformed address";
    }
  }

  NodeException failure(
      ClientError error, String asked, String problem, @Nullable Throwable cause) {
    return new NodeException(error, config.name(), asked, config.redact(problem), cause);
  }

  NodeException statusFailure(ClientError error, String asked, int status, String problem) {
    return NodeException.ofStatus(error, config.name(), asked, status, config.redact(problem));
  }

  NodeException rpcFailure(String asked, String rpcCode, String problem) {
    return NodeException.ofRpcError(config.name(), asked, rpcCode, config.redact(problem));
  }

  static String seconds(Duration duration) {
    return duration.toMillis() / 1000.0 + " s";
  }
}
