package io.auriga.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.auriga.runtime.config.SecretFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HttpServerEndpointTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Routes routes = new Routes();
  private final ConcurrentLinkedQueue<String> served = new ConcurrentLinkedQueue<>();
  private HttpServerEndpoint endpoint =
      new HttpServerEndpoint(HttpServerConfig.on(ANY_PORT), new Routes(), RequestObserver.NONE);

  @AfterEach
  void close() {
    endpoint.close();
    client.close();
  }

  private void start() {
    start(HttpServerConfig.on(ANY_PORT));
  }

  private void start(HttpServerConfig config) {
    endpoint.close();
    endpoint =
        new HttpServerEndpoint(
            config,
            routes,
            (route, method, status, duration) -> served.add(method + " " + route + " " + status));
    endpoint.start();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(endpoint.uri().toString() + path.substring(1)));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  /** A request is counted after its answer was sent, so the answer may be here before the count. */
  private void awaitServed(String... requests) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(served).containsExactly(requests));
  }

  private static JsonNode json(HttpResponse<String> response) {
    return Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void passesPathAndQueryDecoded() throws Exception {
    routes.get(
        "/api/v1/{kind}/{name}",
        request ->
            Response.text(
                request.pathParameter("kind")
                    + "|"
                    + request.pathParameter("name")
                    + "|"
                    + request.query("q").orElse("none")
                    + "|"
                    + request.queryAll("r")));
    start();
    assertThat(get("/api/v1/a%2Fb/c+d%20%C3%BC?q=x+y%26z&r=1&r=2&=&").body())
        .isEqualTo("a/b|c+d ü|x y&z|[1, 2]");
    assertThat(get("/api/v1/a/b").body()).isEqualTo("a|b|none|[]");
  }

  @Test
  void prefersFixedSegmentsWhateverTheOrder() throws Exception {
    routes.get("/x/{any}", request -> Response.text("any"));
    routes.get("/x/fixed", request -> Response.text("fixed"));
    start();
    assertThat(get("/x/fixed").body()).isEqualTo("fixed");
    assertThat(get("/x/other").body()).isEqualTo("any");
    assertThat(get("/x/").statusCode()).isEqualTo(404);
    assertThat(get("/x/fixed/").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "/number/x, AUR-HTTP-BAD-REQUEST, path parameter n",
    "/number/1?limit=x, AUR-HTTP-BAD-REQUEST, query parameter limit",
    "/number/1?limit=1&limit=2, AUR-HTTP-BAD-REQUEST, more than once",
    "/number/1?limt=1, AUR-HTTP-BAD-REQUEST, limt",
  })
  void namesThePartThatIsWrong(String path, String code, String part) throws Exception {
    routes.get(
        "/number/{n}",
        request -> {
          request.requireOnly("limit");
          long n = request.<Long>pathParameter("n", Long::valueOf);
          return Response.text(n + " " + request.<Long>query("limit", Long::valueOf));
        });
    start();
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("code").asString()).isEqualTo(code);
    assertThat(json(answer).get("message").asString()).contains(part);
    assertThat(json(answer).get("remedy").asString()).isNotEmpty();
  }

  @Test
  void tellsAMissingPathFromAMissingMethod() throws Exception {
    routes.get("/here", request -> Response.text("here")).post("/here", r -> Response.noContent());
    start();
    HttpResponse<String> absent = get("/there");
    assertThat(absent.statusCode()).isEqualTo(404);
    assertThat(json(absent).get("code").asString()).isEqualTo("AUR-HTTP-NOT-FOUND");
    HttpResponse<String> other =
        client.send(request("/here").DELETE().build(), BodyHandlers.ofString());
    assertThat(other.statusCode()).isEqualTo(405);
    assertThat(other.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, POST");
    HttpResponse<String> options =
        client.send(
            request("/here").method("OPTIONS", HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, POST");
    awaitServed("GET unmatched 404", "DELETE unmatched 405", "OPTIONS unmatched 204");
  }

  @Test
  void answersHeadAsGetWithoutABody() throws Exception {
    routes.get("/text", request -> Response.text("twelve bytes"));
    start();
    HttpResponse<String> head =
        client.send(request("/text").HEAD().build(), BodyHandlers.ofString());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length")).hasValue("12");
    awaitServed("HEAD /text 200");
  }

  @Test
  void hidesAnUnexpectedFailureFromTheCaller() throws Exception {
    routes.get(
        "/bug",
        request -> {
          throw new IllegalStateException("internal detail");
        });
    start();
    HttpResponse<String> answer = get("/bug");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("AUR-HTTP-INTERNAL").doesNotContain("internal detail");
    awaitServed("GET /bug 500");
  }

  @Test
  void sendsSecurityHeadersWithEveryAnswer() throws Exception {
    routes.get("/", request -> Response.html("<p>"));
    start();
    for (String path : List.of("/", "/absent")) {
      var headers = get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(headers.firstValue("Referrer-Policy")).hasValue("no-referrer");
      assertThat(headers.firstValue("Cache-Control")).hasValue("no-store");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "localhost:8080, 200",
    "LOCALHOST, 200",
    "127.0.0.1:1, 200",
    "[::1]:80, 200",
    "[::1], 200",
    "auriga.internal:80, 200",
    "evil.example, 403",
    "localhost.evil.example, 403",
    "127.0.0.2, 403",
    "'', 403",
  })
  void refusesNamesThatOthersMayPointHere(String host, int status) throws Exception {
    routes.get("/", request -> Response.text("ok"));
    start(HttpServerConfig.on(ANY_PORT).withAllowedHosts(List.of("auriga.internal")));
    assertThat(
            RawHttp.exchange(
                endpoint.address(), "GET / HTTP/1.1", "Host: " + host, "Connection: close"))
        .startsWith("HTTP/1.1 " + status);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, http://localhost:99, 200",
    "POST, http://evil.example, 403",
    "POST, null, 403",
    "GET, http://evil.example, 200",
  })
  void refusesDataFromPagesOfOtherOrigins(String method, String origin, int status)
      throws Exception {
    routes.get("/", request -> Response.text("ok")).post("/", request -> Response.text("ok"));
    start();
    assertThat(
            RawHttp.exchange(
                endpoint.address(),
                method + " / HTTP/1.1",
                "Host: localhost",
                "Origin: " + origin,
                "Connection: close"))
        .startsWith("HTTP/1.1 " + status);
  }

  @Test
  void boundsTheBody() throws Exception {
    routes.post("/echo", request -> Response.bytes("application/octet-stream", request.body()));
    start(HttpServerConfig.on(ANY_PORT).withBodyBytesMax(100));
    assertThat(post("/echo", "x".repeat(100)).body()).hasSize(100);
    HttpResponse<String> refused = post("/echo", "x".repeat(101));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body()).contains("AUR-HTTP-BODY-TOO-LARGE", "100 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{} {}", "{\"a\":1,\"a\":2}", "nonsense", "[[[[[[DEEP"})
  void refusesABodyThatIsNotOneJsonValue(String body) throws Exception {
    routes.post("/json", request -> Response.json(request.json()));
    start();
    HttpResponse<String> refused = post("/json", body.replace("DEEP", "[".repeat(5000)));
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("AUR-HTTP-BAD-REQUEST", "as JSON");
    assertThat(post("/json", " {\"a\":[1,2]} ").body()).isEqualTo("{\"a\":[1,2]}");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  @Test
  void compressesLongTextForThoseWhoTakeIt() throws Exception {
    String text = "Withdrawals. ".repeat(500);
    routes.get("/long", request -> Response.text(text));
    routes.get("/short", request -> Response.text("short"));
    routes.get(
        "/stream",
        request ->
            Response.stream(Response.CSV, out -> out.write(text.getBytes(StandardCharsets.UTF_8))));
    start();
    for (String path : List.of("/long", "/stream")) {
      HttpResponse<byte[]> zipped =
          client.send(
              request(path).header("Accept-Encoding", "br;q=1.0, gzip;q=0.8").build(),
              BodyHandlers.ofByteArray());
      assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
      assertThat(zipped.body()).hasSizeLessThan(text.length() / 4);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(text);
      HttpResponse<String> refused =
          client.send(
              request(path).header("Accept-Encoding", "gzip;q=0").build(), BodyHandlers.ofString());
      assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(refused.body()).isEqualTo(text);
    }
    HttpResponse<String> little =
        client.send(
            request("/short").header("Accept-Encoding", "gzip").build(), BodyHandlers.ofString());
    assertThat(little.body()).isEqualTo("short");
  }

  @Test
  void answersNotModifiedToThoseWhoHaveTheFile() throws Exception {
    StaticFiles.add(routes, "/assets/", HttpServerEndpointTest.class, "style.css");
    start();
    HttpResponse<String> first = get("/assets/style.css");
    assertThat(first.headers().firstValue("Content-Type")).hasValue("text/css; charset=utf-8");
    String etag = first.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> second =
        client.send(
            request("/assets/style.css").header("If-None-Match", "\"x\", " + etag).build(),
            BodyHandlers.ofString());
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(get("/assets/%2e%2e/style.css").statusCode()).isEqualTo(404);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> StaticFiles.add(routes, "/assets/", HttpServerEndpointTest.class, "no.css"));
  }

  @Test
  void opensAGroupOnlyToThoseWithTheToken(@TempDir Path folder) throws Exception {
    Path file =
        Files.createFile(
            folder.resolve("token"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, "t0ken\n");
    routes
        .requiring(new BearerToken(SecretFile.read(file)))
        .post("/change", request -> Response.text("changed"));
    routes.get("/look", request -> Response.text("looked"));
    start();
    assertThat(get("/look").body()).isEqualTo("looked");
    assertThat(post("/change", "").statusCode()).isEqualTo(401);
    for (String header : List.of("Bearer", "Bearer ", "Bearer other", "Basic t0ken", "t0ken")) {
      assertThat(authorized(header).statusCode()).as(header).isEqualTo(401);
    }
    assertThat(authorized("Bearer t0ken").body()).isEqualTo("changed");
    assertThat(authorized("bearer t0ken").body()).isEqualTo("changed");
    assertThat(routes.all()).filteredOn(Routes.Route::needsToken).hasSize(1);
  }

  private HttpResponse<String> authorized(String header) throws Exception {
    return client.send(
        request("/change")
            .header("Authorization", header)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void refusesMoreRequestsThanItHasPlacesFor() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    routes.get(
        "/wait",
        request -> {
          inside.countDown();
          return awaited(release, "waited");
        });
    routes.get("/quick", request -> Response.text("quick"));
    start(HttpServerConfig.on(ANY_PORT).withRequestsMax(1));
    CompletableFuture<HttpResponse<String>> waiting =
        client.sendAsync(request("/wait").build(), BodyHandlers.ofString());
    assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
    HttpResponse<String> refused = get("/quick");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("AUR-HTTP-BUSY");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    release.countDown();
    assertThat(waiting.get(30, TimeUnit.SECONDS).body()).isEqualTo("waited");
    Awaitility.await().untilAsserted(() -> assertThat(get("/quick").body()).isEqualTo("quick"));
  }

  private static Response awaited(CountDownLatch latch, String text) {
    try {
      return Response.text(latch.await(30, TimeUnit.SECONDS) ? text : "gave up");
    } catch (InterruptedException cut) {
      return Response.text("interrupted");
    }
  }

  @Test
  void endsAHandlerThatTakesTooLong() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    routes.get("/stuck", request -> awaited(never, "unstuck"));
    routes.get("/quick", request -> Response.text("quick"));
    start(HttpServerConfig.on(ANY_PORT).withAnswerTime(Duration.ofSeconds(1)));
    HttpResponse<String> answer = get("/stuck");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("AUR-HTTP-TIMEOUT");
    assertThat(get("/quick").body()).isEqualTo("quick");
  }

  @Test
  void cutsAClientThatDoesNotTakeItsAnswer() throws Exception {
    byte[] large = new byte[64 << 20];
    routes.get("/large", request -> Response.bytes("application/octet-stream", large));
    start(HttpServerConfig.on(ANY_PORT).withStallTime(Duration.ofMillis(200)));
    try (Socket lazy = RawHttp.open(endpoint.address(), "GET /large HTTP/1.1", "Host: localhost")) {
      awaitServed("GET /large 200");
      assertThat(lazy.isClosed()).isFalse();
    }
    // The stall time above is shorter than what a busy machine may do to an honest client.
    start();
    HttpResponse<byte[]> whole = client.send(request("/large").build(), BodyHandlers.ofByteArray());
    assertThat(whole.body()).hasSize(large.length);
  }

  @Test
  void cutsAStreamThatFailsSoThatNobodyTakesItForWhole() {
    routes.get(
        "/export",
        request ->
            Response.stream(
                Response.CSV,
                out -> {
                  out.write("a,b\n".getBytes(StandardCharsets.UTF_8));
                  out.flush();
                  throw new IOException("planned");
                }));
    start();
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> get("/export"));
  }

  @Test
  void refusesAPathThatIsTooLong() throws Exception {
    start();
    assertThat(get("/?q=" + "x".repeat(10_000)).statusCode()).isEqualTo(414);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/%"})
  void refusesAPathThatIsMalformed(String path) throws Exception {
    start();
    assertThat(
            RawHttp.exchange(
                endpoint.address(),
                "GET " + path + " HTTP/1.1",
                "Host: localhost",
                "Connection: close"))
        .startsWith("HTTP/1.1 400");
  }

  @Test
  void saysThatThePortIsTaken() {
    start();
    HttpServerConfig same = HttpServerConfig.on(endpoint.address());
    assertThatExceptionOfType(HttpException.class)
        .isThrownBy(() -> new HttpServerEndpoint(same, routes, RequestObserver.NONE))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(HttpError.CANNOT_LISTEN))
        .withMessageContaining("listen on " + endpoint.address().getHostString() + ":")
        .withMessageContaining(Integer.toString(endpoint.address().getPort()));
  }

  @Test
  void refusesTwoRoutesForOnePath() {
    routes.get("/a", request -> Response.noContent());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> routes.get("/a", request -> Response.noContent()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> routes.get("no-slash", request -> Response.noContent()));
  }
}
