package io.auriga.clients.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auriga.clients.ClientError;
import io.auriga.clients.NodeException;
import io.auriga.clients.NodeServer;
import io.auriga.clients.RawServer;
import io.auriga.clients.WebSocketServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest {
  private static final String ASKED = "read block 12";
  private static final EndpointLimits HASTY =
      NodeServer.limits().withRequestDeadline(Duration.ofMillis(400));

  private static NodeException failureOf(HttpEndpoint endpoint) {
    try (endpoint) {
      NodeException failure =
          catchThrowableOfType(
              NodeException.class, () -> endpoint.get("/x", "application/json", ASKED));
      assertThat(failure).as("the request succeeded").isNotNull();
      assertThat(failure)
          .hasMessageStartingWith("Cannot read block 12 from " + endpoint.name() + ": ");
      assertThat(failure.endpoint()).isEqualTo(endpoint.name());
      assertThat(failure.remedy()).isNotBlank();
      return failure;
    }
  }

  @Test
  void saysThatNobodyListens() throws IOException {
    int port;
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = unused.getLocalPort();
    }
    NodeException failure =
        failureOf(
            new HttpEndpoint(
                EndpointConfig.of(URI.create("http://127.0.0.1:" + port)).withLimits(HASTY)));
    assertThat(failure.error()).isEqualTo(ClientError.UNREACHABLE);
    assertThat(failure).hasMessageContaining("refused");
  }

  @Test
  void saysThatANodeHangs() {
    CountDownLatch never = new CountDownLatch(1);
    try (RawServer server = new RawServer((request, out) -> never.await())) {
      NodeException failure = failureOf(server.endpoint(HASTY));
      assertThat(failure.error()).isEqualTo(ClientError.TIMEOUT);
      assertThat(failure).hasMessageContaining("no answer within 0.4 s");
    }
  }

  @Test
  void endsAnExchangeWhoseBodyOnlyDrips() {
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
              for (int i = 0; i < 10_000; i++) {
                RawServer.write(out, "x");
                new CountDownLatch(1).await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
              }
            })) {
      NodeException failure = failureOf(server.endpoint(HASTY));
      assertThat(failure.error()).isEqualTo(ClientError.TIMEOUT);
      assertThat(failure.getMessage())
          .containsPattern("only \\d+ bytes of the answer within 0.4 s");
    }
  }

  @Test
  void saysThatTheConnectionBrokeInTheMiddleOfTheBody() {
    try (RawServer server =
        new RawServer(
            (request, out) ->
                RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":"))) {
      NodeException failure = failureOf(server.endpoint(NodeServer.limits()));
      assertThat(failure.error()).isEqualTo(ClientError.UNREACHABLE);
      assertThat(failure).hasMessageContaining("broke before the answer was whole");
    }
  }

  @Test
  void refusesABodyThatSaysItIsTooLarge() {
    try (NodeServer server = new NodeServer().json("/x", "x".repeat(1001))) {
      NodeException failure =
          failureOf(server.endpoint(NodeServer.limits().withMaxBodyBytes(1000)));
      assertThat(failure.error()).isEqualTo(ClientError.TOO_LARGE);
      assertThat(failure).hasMessageContaining("1000 bytes");
    }
  }

  @Test
  void refusesAnEndlessBodyThatHidesItsSize() {
    try (RawServer server =
        new RawServer(
            (request, out) -> {
              RawServer.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
              while (true) {
                RawServer.write(out, "400\r\n" + "y".repeat(0x400) + "\r\n");
              }
            })) {
      NodeException failure =
          failureOf(server.endpoint(NodeServer.limits().withMaxBodyBytes(1 << 20)));
      assertThat(failure.error()).isEqualTo(ClientError.TOO_LARGE);
    }
  }

  @Test
  void takesABodyOfExactlyTheLimit() {
    try (NodeServer server = new NodeServer().json("/x", "x".repeat(1000));
        HttpEndpoint endpoint = server.endpoint(NodeServer.limits().withMaxBodyBytes(1000))) {
      assertThat(endpoint.get("/x", "*/*", ASKED).body()).hasSize(1000);
    }
  }

  @Test
  void neverFollowsARedirectAndHidesTheSecretInItsTarget() {
    AtomicInteger followed = new AtomicInteger();
    try (NodeServer other =
            new NodeServer().on("/key-123", exchange -> followed.incrementAndGet());
        NodeServer server =
            new NodeServer()
                .on(
                    "/x",
                    exchange -> {
                      exchange
                          .getResponseHeaders()
                          .set("Location", "http://127.0.0.1:" + other.port() + "/key-123");
                      exchange.sendResponseHeaders(302, -1);
                    })) {
      NodeException failure = failureOf(server.endpoint());
      assertThat(failure.error()).isEqualTo(ClientError.REDIRECTED);
      assertThat(failure.status()).isEqualTo(OptionalInt.of(302));
      assertThat(failure)
          .hasMessageContaining("http://127.0.0.1:" + other.port() + "/***")
          .hasMessageNotContaining("key-123");
      assertThat(followed).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void saysThatCredentialsAreRefused(int status) {
    try (NodeServer server =
        new NodeServer().on("/x", e -> NodeServer.send(e, status, "text/plain", "go away"))) {
      NodeException failure = failureOf(server.endpoint());
      assertThat(failure.error()).isEqualTo(ClientError.UNAUTHORIZED);
      assertThat(failure).hasMessageContaining("go away");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 502, 503})
  void showsHowAnErrorPageBegins(int status) {
    String page = "<html>\n<body>\u0007" + "long ".repeat(100);
    try (NodeServer server =
        new NodeServer().on("/x", e -> NodeServer.send(e, status, "text/html", page))) {
      NodeException failure = failureOf(server.endpoint());
      assertThat(failure.error()).isEqualTo(ClientError.STATUS);
      assertThat(failure.status()).isEqualTo(OptionalInt.of(status));
      assertThat(failure.getMessage()).contains("<html> <body>").hasSizeLessThan(400);
    }
  }

  @Test
  void leavesAFailingNodeAloneAndLetsOneRequestTryLater() {
    AtomicInteger requests = new AtomicInteger();
    AtomicInteger status = new AtomicInteger(503);
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    try (NodeServer server =
            new NodeServer()
                .on(
                    "/x",
                    e -> {
                      requests.incrementAndGet();
                      NodeServer.send(e, status.get(), "text/plain", "busy");
                    });
        HttpEndpoint endpoint =
            new HttpEndpoint(
                EndpointConfig.of(server.uri())
                    .withLimits(NodeServer.limits().withBreaker(3, Duration.ofSeconds(10))),
                now::get)) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> endpoint.get("/x", "*/*", ASKED)).hasMessageContaining("503");
      }
      assertThatThrownBy(() -> endpoint.get("/x", "*/*", ASKED))
          .hasMessageContaining("3 failures in a row, the last: Cannot read block 12")
          .extracting(e -> ((NodeException) e).error())
          .isEqualTo(ClientError.BREAKER_OPEN);
      assertThat(requests).hasValue(3);

      now.set(Instant.EPOCH.plusSeconds(10));
      assertThatThrownBy(() -> endpoint.get("/x", "*/*", ASKED)).hasMessageContaining("503");
      assertThatThrownBy(() -> endpoint.get("/x", "*/*", ASKED))
          .hasMessageContaining("4 failures in a row");
      assertThat(requests).hasValue(4);

      status.set(200);
      now.set(Instant.EPOCH.plusSeconds(20));
      assertThat(endpoint.get("/x", "*/*", ASKED).status()).isEqualTo(200);
      assertThat(endpoint.get("/x", "*/*", ASKED).status()).isEqualTo(200);
    }
  }

  @Test
  void doesNotCountAMissingBlockAgainstTheNode() {
    try (NodeServer server = new NodeServer();
        HttpEndpoint endpoint =
            server.endpoint(NodeServer.limits().withBreaker(1, Duration.ofHours(1)))) {
      for (int i = 0; i < 3; i++) {
        assertThat(endpoint.get("/x", "*/*", ASKED).status()).isEqualTo(404);
      }
    }
  }

  @Test
  void keepsNoMoreRequestsUnderWayThanAllowed() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(2);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (NodeServer server =
            new NodeServer()
                .on(
                    "/x",
                    e -> {
                      most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                      arrived.countDown();
                      await(release);
                      underWay.decrementAndGet();
                      NodeServer.send(e, 200, "text/plain", "ok");
                    });
        HttpEndpoint endpoint = server.endpoint(NodeServer.limits().withMaxConcurrent(2));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpAnswer>> answers =
          java.util.stream.IntStream.range(0, 8)
              .mapToObj(_ -> threads.submit(() -> endpoint.get("/x", "*/*", ASKED)))
              .toList();
      arrived.await();
      release.countDown();
      for (Future<HttpAnswer> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
      assertThat(most).hasValue(2);
    }
  }

  @Test
  void waitsForATurnNoLongerThanTheDeadline() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch arrived = new CountDownLatch(1);
    try (NodeServer server =
            new NodeServer()
                .on(
                    "/x",
                    e -> {
                      arrived.countDown();
                      await(release);
                    });
        HttpEndpoint endpoint =
            server.endpoint(
                NodeServer.limits()
                    .withMaxConcurrent(1)
                    .withRequestDeadline(Duration.ofSeconds(2)));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first = threads.submit(() -> endpoint.get("/x", "*/*", ASKED));
      arrived.await();
      // Given up either while waiting for a turn or right after getting one: both are bounded.
      assertThatThrownBy(() -> endpoint.get("/x", "*/*", ASKED))
          .isInstanceOf(NodeException.class)
          .extracting(e -> ((NodeException) e).error())
          .isIn(ClientError.BUSY, ClientError.TIMEOUT);
      release.countDown();
      assertThatThrownBy(first::get).hasCauseInstanceOf(NodeException.class);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void sendsABearerTokenReadAfreshFromItsFile(@TempDir Path folder) throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "first\n");
    AtomicReference<String> seen = new AtomicReference<>("");
    try (NodeServer server =
            new NodeServer()
                .on(
                    "/x",
                    e -> {
                      seen.set(e.getRequestHeaders().getFirst("Authorization"));
                      NodeServer.send(e, 200, "text/plain", "ok");
                    });
        HttpEndpoint endpoint =
            new HttpEndpoint(
                EndpointConfig.of(server.uri()).withCredentials(new Credentials.Bearer(token)))) {
      endpoint.get("/x", "*/*", ASKED);
      assertThat(seen).hasValue("Bearer first");
      Files.writeString(token, "second");
      endpoint.get("/x", "*/*", ASKED);
      assertThat(seen).hasValue("Bearer second");
    }
  }

  @Test
  void sendsBasicCredentialsFromAFileOrFromTheAddress(@TempDir Path folder) throws IOException {
    Path password = Files.writeString(folder.resolve("password"), "open sesame");
    AtomicReference<String> seen = new AtomicReference<>("");
    try (NodeServer server =
        new NodeServer()
            .on(
                "/x",
                e -> {
                  seen.set(e.getRequestHeaders().getFirst("Authorization"));
                  NodeServer.send(e, 200, "text/plain", "ok");
                })) {
      try (HttpEndpoint endpoint =
          new HttpEndpoint(
              EndpointConfig.of(server.uri())
                  .withCredentials(new Credentials.Basic("aladdin", password)))) {
        endpoint.get("/x", "*/*", ASKED);
        assertThat(seen).hasValue("Basic YWxhZGRpbjpvcGVuIHNlc2FtZQ==");
      }
      URI withUser = URI.create("http://aladdin:open%20sesame@127.0.0.1:" + server.port());
      try (HttpEndpoint endpoint = new HttpEndpoint(EndpointConfig.of(withUser))) {
        endpoint.get("/x", "*/*", ASKED);
        assertThat(seen).hasValue("Basic YWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assertThat(endpoint.toString() + endpoint.config() + endpoint.name())
            .doesNotContain("sesame", "aladdin");
      }
    }
  }

  @Test
  void saysWhichSecretFileIsUnusableWithoutItsContent(@TempDir Path folder) throws IOException {
    Path twoLines = Files.writeString(folder.resolve("two"), "top\nsecret");
    for (Path file : List.of(folder.resolve("absent"), twoLines)) {
      assertThatThrownBy(
              () ->
                  new HttpEndpoint(
                      EndpointConfig.of(URI.create("http://localhost:1"))
                          .withCredentials(new Credentials.Bearer(file))))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining(file.getFileName().toString())
          .hasMessageNotContaining("top")
          .extracting(e -> ((NodeException) e).error())
          .isEqualTo(ClientError.BAD_ENDPOINT);
    }
  }

  @Test
  void keepsTheAccessKeyOfAnAddressInEveryRequestAndOutOfEveryMessage() {
    try (NodeServer server = new NodeServer()) {
      URI uri = URI.create(server.uri() + "/v3/k3y?apikey=s3cret");
      try (HttpEndpoint endpoint = new HttpEndpoint(EndpointConfig.of(uri))) {
        assertThat(endpoint.get("/eth/v1?x=1", "*/*", ASKED).status()).isEqualTo(404);
        assertThat(server.requests()).containsExactly("GET /v3/k3y/eth/v1?x=1&apikey=s3cret");
        assertThat(endpoint.name()).isEqualTo(server.uri() + "/***");
        assertThat(endpoint.toString() + endpoint.config()).doesNotContain("k3y", "s3cret");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:5052", "ftp://host", "http:///path", "http://h#x"})
  void refusesAnAddressThatIsNone(String text) {
    assertThatThrownBy(() -> EndpointConfig.of(URI.create(text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("address must");
  }

  private static void assertUnusable(Path token, String... parts) {
    assertThatThrownBy(
            () ->
                new HttpEndpoint(
                    EndpointConfig.of(URI.create("http://localhost:1"))
                        .withCredentials(new Credentials.Bearer(token))))
        .isInstanceOfSatisfying(
            NodeException.class,
            failure -> assertThat(failure.error()).isEqualTo(ClientError.BAD_ENDPOINT))
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void neverRepeatsATokenThatNoHeaderCanCarry(@TempDir Path folder) throws IOException {
    assertUnusable(Files.writeString(folder.resolve("odd"), "s3cret\u20ac"), "odd", "no token has");
    assertUnusable(Files.writeString(folder.resolve("two"), "s3cret words"), "two", "no token has");
    Path marked = Files.writeString(folder.resolve("marked"), "\ufefftoken\r\n");
    assertThat(new Credentials.Bearer(marked).authorization()).contains("Bearer token");
  }

  @Test
  void keepsTheAccessKeyOutOfMessagesThatRepeatAnErrorPage() {
    try (NodeServer server = new NodeServer()) {
      server.on(
          "/v3/k3y-0f-path/x",
          e -> NodeServer.send(e, 500, "text/html", "Cannot GET " + e.getRequestURI()));
      URI uri = URI.create(server.uri() + "/v3/k3y-0f-path?apikey=s3cr3t-value");
      NodeException failure =
          failureOf(new HttpEndpoint(EndpointConfig.of(uri).withLimits(NodeServer.limits())));
      assertThat(failure)
          .hasMessageContaining("Cannot GET /v3/***/x?***=***")
          .hasMessageNotContaining("k3y")
          .hasMessageNotContaining("s3cr3t");
    }
  }

  @Test
  void saysThatAWebSocketsAddressTakesNoRequestsAndTheOtherWayRound() {
    NodeException failure =
        failureOf(new HttpEndpoint(EndpointConfig.of(URI.create("ws://127.0.0.1:1"))));
    assertThat(failure.error()).isEqualTo(ClientError.BAD_ENDPOINT);
    assertThat(failure).hasMessageContaining("http:// or https://");
    try (HttpEndpoint endpoint =
        new HttpEndpoint(EndpointConfig.of(URI.create("http://127.0.0.1:1")))) {
      assertThatThrownBy(() -> endpoint.openWebSocket(new WebSocket.Listener() {}, ASKED))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("ws://");
    }
  }

  private static HttpEndpoint webSocketAt(URI http, EndpointLimits limits) {
    return new HttpEndpoint(
        EndpointConfig.of(URI.create(http.toString().replace("http:", "ws:"))).withLimits(limits));
  }

  @Test
  void saysWithWhichStatusAWebSocketIsRefused() {
    try (NodeServer server = new NodeServer();
        HttpEndpoint endpoint = webSocketAt(server.uri(), NodeServer.limits())) {
      assertThatThrownBy(() -> endpoint.openWebSocket(new WebSocket.Listener() {}, ASKED))
          .isInstanceOfSatisfying(
              NodeException.class,
              failure -> assertThat(failure.error()).isEqualTo(ClientError.UNSUPPORTED_ROUTE))
          .hasMessageContaining("it opens no WebSocket here (status 404)");
    }
  }

  @Test
  void leavesNoWebSocketOpenThatOpensAfterItsDeadline() throws Exception {
    CountDownLatch givenUp = new CountDownLatch(1);
    try (WebSocketServer server = new WebSocketServer(givenUp::await, (message, connection) -> {});
        HttpEndpoint endpoint =
            new HttpEndpoint(
                EndpointConfig.of(server.uri())
                    .withLimits(NodeServer.limits().withRequestDeadline(Duration.ofMillis(100))))) {
      assertThatThrownBy(() -> endpoint.openWebSocket(new WebSocket.Listener() {}, ASKED))
          .isInstanceOf(NodeException.class)
          .hasMessageContaining("no answer within 0.1 s");
      givenUp.countDown();
      server.awaitEndOfInput();
    }
  }

  @Test
  void reservesNoMemoryForABodyThatIsOnlyPromised() {
    HttpResponse.ResponseInfo promise =
        new HttpResponse.ResponseInfo() {
          @Override
          public int statusCode() {
            return 200;
          }

          @Override
          public HttpHeaders headers() {
            return HttpHeaders.of(
                Map.of("Content-Length", List.of("1000000000")), (name, value) -> true);
          }

          @Override
          public HttpClient.Version version() {
            return HttpClient.Version.HTTP_1_1;
          }
        };
    // Together 32 GB, if each took its promise.
    List<BoundedBody> bodies =
        java.util.stream.IntStream.range(0, 32)
            .mapToObj(_ -> new BoundedBody(promise, Integer.MAX_VALUE))
            .toList();
    assertThat(bodies).allMatch(body -> body.received() == 0);
  }

  @Test
  void saysThatItWasClosed() {
    try (NodeServer server = new NodeServer()) {
      HttpEndpoint endpoint = server.endpoint();
      endpoint.close();
      assertThat(failureOf(endpoint).error()).isEqualTo(ClientError.CLOSED);
    }
  }
}
