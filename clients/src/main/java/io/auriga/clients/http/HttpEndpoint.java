package io.auriga.clients.http;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's HTTP address. An exchange blocks the (virtual) thread, costs at most what {@link
 * EndpointLimits} allow, and ends in an answer or in a {@link NodeException} that says what was
 * asked, what came and what to do. Redirects are never followed. Shared by any number of threads.
 */
public final class HttpEndpoint implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
  private static final int EXCERPT_BYTES = 1024;

  private final EndpointConfig config;
  private final EndpointLimits limits;
  private final InstantSource time;
  private final HttpClient client;
  private final Semaphore turns;
  private final Breaker breaker;
  private final NodeJson json;
  private final ExchangeFailures failures;
  private final ConnectionLabels connections = new ConnectionLabels();
  private volatile ExchangeObserver observer = ExchangeObserver.NONE;
  private volatile boolean closed;

  public HttpEndpoint(EndpointConfig config) {
    this(config, InstantSource.system());
  }

  /**
   * @param time for the breaker and for the times in answers; deadlines use real time
   * @throws NodeException {@code AUR-CLIENT-BAD-ENDPOINT} if a file of the settings is unusable
   */
  public HttpEndpoint(EndpointConfig config, InstantSource time) {
    this.config = config;
    this.limits = config.limits();
    this.time = time;
    this.turns = new Semaphore(limits.maxConcurrent(), true);
    this.breaker = new Breaker(limits.breakerFailures(), limits.breakerCoolDown(), time);
    this.json = new NodeJson(limits.maxJsonDepth(), limits.maxBodyBytes());
    this.failures = new ExchangeFailures(config);
    authorization("use its settings");
    this.client = client(config);
  }

  private static HttpClient client(EndpointConfig config) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            // Plain HTTP/2 would begin with an upgrade that some nodes' servers mishandle.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.limits().connectTimeout())
            .executor(
                Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("auriga-clients-http-", 0).factory()));
    if (!config.tls().isPlatform()) {
      try {
        builder.sslContext(TlsContext.of(config.tls()));
      } catch (IOException | GeneralSecurityException unusable) {
        throw new NodeException(
            ClientError.BAD_ENDPOINT,
            config.name(),
            "load the TLS files to read",
            unusable.getClass().getSimpleName() + ": " + unusable.getMessage(),
            unusable);
      }
    }
    return builder.build();
  }

  /** The address without secrets. */
  public String name() {
    return config.name();
  }

  public EndpointConfig config() {
    return config;
  }

  /** From now on, is told how long exchanges take. */
  public void observe(ExchangeObserver other) {
    observer = other;
    json.observe(other);
  }

  /** Reads JSON within this endpoint's limits. */
  public NodeJson json() {
    return json;
  }

  /**
   * Asks and gathers the whole answer. Statuses that say something about the request (2xx, 400,
   * 404, 405, 406, 415 and other 4xx) are returned; those that say something about the node, its
   * credentials or its place are thrown.
   *
   * @param asked what is asked, as in "read block 12"
   */
  public HttpAnswer get(String path, String accept, String asked) {
    return get(path, accept, asked, limits);
  }

  /**
   * As {@link #get(String, String, String)}, for an answer that is larger and takes longer than
   * others do.
   *
   * @param allowed its deadline and size hold for this exchange; the rest is the endpoint's own
   */
  public HttpAnswer get(String path, String accept, String asked, EndpointLimits allowed) {
    return exchange(request(path, asked).header("Accept", accept).GET().build(), asked, allowed);
  }

  /** Posts JSON to the address itself; otherwise as {@link #get(String, String, String)}. */
  public HttpAnswer post(byte[] body, String asked) {
    return post("", body, asked);
  }

  /** Posts JSON to a path of the address; otherwise as {@link #get(String, String, String)}. */
  public HttpAnswer post(String path, byte[] body, String asked) {
    return post(path, body, asked, limits);
  }

  /**
   * As {@link #post(String, byte[], String)}, for an answer that takes longer than others do.
   *
   * @param allowed its deadline and size hold for this exchange; the rest is the endpoint's own
   */
  public HttpAnswer post(String path, byte[] body, String asked, EndpointLimits allowed) {
    return exchange(posting(path, body, asked), asked, allowed);
  }

  private HttpRequest posting(String path, byte[] body, String asked) {
    return request(path, asked)
        .header("Accept", "application/json")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  /**
   * Opens a stream. Takes no turn and does not count for the breaker: a stream is long, and its
   * headers may come with its first event only.
   *
   * @param patience how long to wait for the answer's headers
   */
  public HttpResponse<StreamedBody> open(
      String path, String accept, String asked, Duration patience) {
    return open(request(path, asked).header("Accept", accept).GET().build(), asked, patience);
  }

  /**
   * Posts JSON to the address itself, for an answer that is too long to be held. Takes no turn and
   * does not count for the breaker: what is asked for so is not what the node is there for.
   *
   * @param time for the whole answer
   * @throws NodeException if its headers do not come in time, or say that it is none
   */
  public BoundedStream stream(byte[] json, String asked, long bytesMax, Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    HttpResponse<StreamedBody> response = open(posting("", json, asked), asked, time);
    BoundedStream stream = new BoundedStream(response.body(), bytesMax, time, deadline);
    if (response.statusCode() / 100 != 2) {
      stream.close();
      throw statusFailure(
          ClientError.STATUS, asked, response.statusCode(), "status " + response.statusCode());
    }
    return stream;
  }

  private HttpResponse<StreamedBody> open(HttpRequest request, String asked, Duration patience) {
    StreamedBody body = new StreamedBody();
    try {
      return await(client.sendAsync(request, _ -> body), patience, asked, null);
    } catch (NodeException failed) {
      // The answer may begin between our patience's end and the request's.
      body.close();
      throw failed;
    }
  }

  /** Opens a WebSocket at this endpoint's address. */
  public WebSocket openWebSocket(WebSocket.Listener listener, String asked) {
    if (!config.isWebSocket()) {
      throw failure(ClientError.BAD_ENDPOINT, asked, "its address is no ws:// or wss:// one");
    }
    WebSocket.Builder builder =
        client.newWebSocketBuilder().connectTimeout(limits.connectTimeout());
    authorization(asked).ifPresent(value -> builder.header("Authorization", value));
    CompletableFuture<WebSocket> opening = builder.buildAsync(withoutUser(config.uri()), listener);
    // A copy is waited for: what is cancelled never tells that it was opened all the same.
    try {
      return await(opening.copy(), limits.requestDeadline(), asked, null);
    } catch (NodeException failed) {
      var _ = opening.thenAccept(WebSocket::abort);
      throw failed;
    }
  }

  private HttpRequest.Builder request(String path, String asked) {
    if (config.isWebSocket()) {
      throw failure(
          ClientError.BAD_ENDPOINT,
          asked,
          "its address is a WebSocket's, and requests need an http:// or https:// one");
    }
    HttpRequest.Builder builder = HttpRequest.newBuilder(resolve(path));
    authorization(asked).ifPresent(value -> builder.header("Authorization", value));
    return builder.header("User-Agent", "auriga");
  }

  private Optional<String> authorization(String asked) {
    String user = config.uri().getUserInfo();
    if (user != null) {
      return Optional.of(Credentials.basic(user));
    }
    try {
      return config.credentials().authorization();
    } catch (IOException unreadable) {
      throw failure(
          ClientError.BAD_ENDPOINT,
          asked,
          "its secret cannot be read: "
              + unreadable.getClass().getSimpleName()
              + ": "
              + unreadable.getMessage(),
          unreadable);
    }
  }

  private URI resolve(String path) {
    URI base = withoutUser(config.uri());
    if (path.isEmpty()) {
      return base;
    }
    String text = base.toString();
    String query = base.getRawQuery();
    String address = query == null ? text : text.substring(0, text.indexOf('?'));
    String root = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    if (query == null) {
      return URI.create(root + path);
    }
    // Some providers want their access key as a query parameter of every request.
    return URI.create(root + path + (path.contains("?") ? "&" : "?") + query);
  }

  private static URI withoutUser(URI uri) {
    String user = uri.getRawUserInfo();
    return user == null ? uri : URI.create(uri.toString().replaceFirst("//[^@/]*@", "//"));
  }

  private HttpAnswer exchange(HttpRequest request, String asked, EndpointLimits allowed) {
    long begun = System.nanoTime();
    if (!breaker.tryEnter()) {
      throw failure(ClientError.BREAKER_OPEN, asked, breaker.state());
    }
    boolean told = false;
    try {
      HttpAnswer answer = inTurn(request, begun, asked, allowed);
      NodeException refused = failures.ofStatus(answer, asked);
      if (refused == null) {
        breaker.succeeded();
        told = true;
        return answer;
      }
      throw refused;
    } catch (NodeException failed) {
      if (countsAgainstNode(failed.error())) {
        breaker.failed(String.valueOf(failed.getMessage()));
        told = true;
      }
      throw failed;
    } finally {
      if (!told) {
        breaker.abandoned();
      }
    }
  }

  private static boolean countsAgainstNode(ClientError error) {
    return switch (error) {
      case TIMEOUT, UNREACHABLE, STATUS -> true;
      default -> false;
    };
  }

  private HttpAnswer inTurn(HttpRequest request, long begun, String asked, EndpointLimits allowed) {
    Duration deadline = allowed.requestDeadline();
    try {
      if (!turns.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
        throw failure(
            ClientError.BUSY,
            asked,
            "all "
                + limits.maxConcurrent()
                + " requests allowed at once took longer than "
                + ExchangeFailures.seconds(deadline));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failure(ClientError.INTERRUPTED, asked, "interrupted while waiting for a turn");
    }
    try {
      Instant sent = time.instant();
      long sentNanos = System.nanoTime();
      AtomicReference<@Nullable BoundedBody> body = new AtomicReference<>();
      HttpResponse<byte[]> response =
          await(
              client.sendAsync(
                  request,
                  info -> {
                    BoundedBody bounded = new BoundedBody(info, allowed.maxBodyBytes());
                    body.set(bounded);
                    return bounded;
                  }),
              deadline.minusNanos(System.nanoTime() - begun),
              asked,
              new Progress(body, deadline));
      HttpAnswer answer =
          new HttpAnswer(
              response.statusCode(), response.headers(), response.body(), sent, time.instant());
      tell(answer, sentNanos, body.get(), response);
      return answer;
    } finally {
      turns.release();
    }
  }

  /** Whoever looks on must not make an exchange fail. */
  private void tell(
      HttpAnswer answer, long sent, @Nullable BoundedBody body, HttpResponse<byte[]> response) {
    if (body == null) {
      return;
    }
    Duration firstByte = Duration.ofNanos(body.begun() - sent);
    Duration rest = Duration.ofNanos(body.completed() - body.begun());
    boolean opened = connections.isNew(response.connectionLabel());
    try {
      observer.exchanged(answer, new ExchangeTiming(opened, firstByte, rest));
    } catch (RuntimeException defect) {
      LOG.warn("An exchange was not looked at node={}", name(), defect);
    }
  }

  /** How far an exchange has come, for the message of one that ends too late. */
  private record Progress(AtomicReference<@Nullable BoundedBody> body, Duration deadline) {}

  private <T> T await(
      CompletableFuture<T> future, Duration patience, String asked, @Nullable Progress progress) {
    try {
      return future.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException late) {
      future.cancel(true);
      BoundedBody begun = progress == null ? null : progress.body().get();
      Duration deadline = progress == null ? patience : progress.deadline();
      throw failure(
          ClientError.TIMEOUT,
          asked,
          begun == null
              ? "no answer within " + ExchangeFailures.seconds(deadline)
              : "only "
                  + begun.received()
                  + " bytes of the answer within "
                  + ExchangeFailures.seconds(deadline),
          late);
    } catch (InterruptedException interrupted) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw failure(ClientError.INTERRUPTED, asked, "interrupted while waiting for the answer");
    } catch (ExecutionException failed) {
      if (closed) {
        throw failure(ClientError.CLOSED, asked, "the client was closed");
      }
      throw failures.ofTransport(failed.getCause() == null ? failed : failed.getCause(), asked);
    }
  }

  /** The first bytes of a stream that is not what was wanted, for a message. */
  public static String excerptOf(StreamedBody body, Duration patience) throws InterruptedException {
    try {
      if (body.next(patience) instanceof StreamedBody.Next.Bytes(var buffers)
          && !buffers.isEmpty()) {
        byte[] begin = new byte[Math.min(EXCERPT_BYTES, buffers.getFirst().remaining())];
        buffers.getFirst().get(begin);
        return HttpAnswer.excerpt(begin);
      }
      return "an empty body";
    } catch (IOException broken) {
      return "a broken body";
    }
  }

  public NodeException failure(ClientError error, String asked, String problem) {
    return failures.failure(error, asked, problem, null);
  }

  public NodeException failure(
      ClientError error, String asked, String problem, @Nullable Throwable cause) {
    return failures.failure(error, asked, problem, cause);
  }

  /** The answer is a JSON-RPC error with this code. */
  public NodeException rpcFailure(String asked, String rpcCode, String problem) {
    return failures.rpcFailure(asked, rpcCode, problem);
  }

  /** A status that nobody has a meaning for: says so, with how the body begins. */
  public NodeException statusFailure(HttpAnswer answer, String asked) {
    return statusFailure(
        ClientError.STATUS,
        asked,
        answer.status(),
        "status " + answer.status() + ", " + answer.excerpt());
  }

  /** The answer's status means failure, in the words of who asked. */
  public NodeException statusFailure(ClientError error, String asked, int status, String problem) {
    return failures.statusFailure(error, asked, status, problem);
  }

  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
  }

  @Override
  public String toString() {
    return "HttpEndpoint[" + name() + "]";
  }
}
