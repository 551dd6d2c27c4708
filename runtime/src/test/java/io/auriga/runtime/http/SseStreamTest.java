package io.auriga.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SseStreamTest {
  private static final int CLIENTS = 2;
  private static final int QUEUE = 8;

  private final HttpClient client = HttpClient.newHttpClient();
  private SseStream stream = new SseStream(CLIENTS, QUEUE, Duration.ofSeconds(30));
  private HttpServerEndpoint endpoint = start();

  private HttpServerEndpoint start() {
    Routes routes = new Routes();
    routes.get(
        "/events",
        request ->
            Response.events(
                stream,
                () -> List.of(SseEvent.of("hello", request.header("Last-Event-ID").orElse("-")))));
    routes.get("/ping", request -> Response.text("pong"));
    HttpServerEndpoint started =
        new HttpServerEndpoint(
            HttpServerConfig.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withRequestsMax(1)
                .withAnswerTime(Duration.ofSeconds(2)),
            routes,
            RequestObserver.NONE);
    started.start();
    return started;
  }

  @AfterEach
  void close() {
    endpoint.close();
    client.shutdownNow();
    client.close();
  }

  /** One after the other, because two requests at once are more than this endpoint takes. */
  private Socket openedAsClient(int number) throws IOException {
    Socket socket = RawHttp.open(endpoint.address(), "GET /events HTTP/1.1", "Host: localhost");
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> stream.clients() == number);
    return socket;
  }

  private HttpRequest events() {
    return HttpRequest.newBuilder(URI.create(endpoint.uri() + "events"))
        .header("Last-Event-ID", "41")
        .build();
  }

  private HttpResponse<Stream<String>> listen() throws Exception {
    HttpResponse<Stream<String>> response = client.send(events(), BodyHandlers.ofLines());
    assertThat(response.statusCode()).isEqualTo(200);
    return response;
  }

  @Test
  void sendsFirstTheStateAndThenWhatIsPublished() throws Exception {
    HttpResponse<Stream<String>> response = listen();
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/event-stream; charset=utf-8");
    stream.publish(new SseEvent("42", "block", "first line\nsecond line"));
    stream.publish(SseEvent.of("head", "{}"));
    stream.close();
    assertThat(response.body())
        .containsExactly(
            "event: hello",
            "data: 41",
            "",
            "id: 42",
            "event: block",
            "data: first line",
            "data: second line",
            "",
            "event: head",
            "data: {}",
            "");
    Awaitility.await().untilAsserted(() -> assertThat(stream.clients()).isZero());
  }

  @Test
  void livesLongerThanAnAnswerMayAndTakesNoPlaceOfOtherRequests() throws Exception {
    stream = new SseStream(CLIENTS, QUEUE, Duration.ofMillis(500));
    HttpResponse<Stream<String>> response = listen();
    var lines = response.body().iterator();
    int comments = 0;
    // Five times 500 ms are beyond the 2 s of an answer.
    while (comments < 5) {
      comments += lines.next().startsWith(":") ? 1 : 0;
    }
    assertThat(
            client
                .send(
                    HttpRequest.newBuilder(URI.create(endpoint.uri() + "ping")).build(),
                    BodyHandlers.ofString())
                .body())
        .isEqualTo("pong");
  }

  @Test
  void refusesMoreClientsThanItHasPlacesFor() throws Exception {
    for (int i = 0; i < CLIENTS; i++) {
      listen();
    }
    HttpResponse<String> refused = client.send(events(), BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("AUR-HTTP-BUSY");
    stream.close();
    Awaitility.await().untilAsserted(() -> assertThat(stream.clients()).isZero());
  }

  @Test
  void dropsAClientThatIsTooSlowAndServesTheOthers() throws Exception {
    try (Socket slow = openedAsClient(1);
        Socket quick = openedAsClient(2);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(quick.getInputStream(), StandardCharsets.UTF_8))) {
      String large = "x".repeat(1 << 20);
      int published = 0;
      while (stream.dropped() == 0) {
        stream.publish(SseEvent.of("large", large));
        published++;
        readUntilData(reader);
        assertThat(published).isLessThan(1_000);
      }
      Awaitility.await().untilAsserted(() -> assertThat(stream.clients()).isEqualTo(1));
      assertThat(stream.dropped()).isEqualTo(1);
      stream.publish(SseEvent.of("after", "still here"));
      String line = reader.readLine();
      while (!"data: still here".equals(line)) {
        assertThat(line).isNotNull();
        line = reader.readLine();
      }
      assertThat(slow.isClosed()).isFalse();
    }
  }

  private static void readUntilData(BufferedReader reader) throws IOException {
    String line = reader.readLine();
    while (line == null || !line.startsWith("data: x")) {
      assertThat(line).isNotNull();
      line = reader.readLine();
    }
  }

  @Test
  void endsItsStreamsWhenTheEndpointCloses() throws Exception {
    HttpResponse<Stream<String>> response = listen();
    endpoint.close();
    assertThat(response.body()).containsExactly("event: hello", "data: 41", "");
    assertThat(stream.clients()).isZero();
  }

  @Test
  void forgetsAClientThatWentAway() throws Exception {
    stream = new SseStream(CLIENTS, QUEUE, Duration.ofMillis(20));
    Socket visitor = RawHttp.open(endpoint.address(), "GET /events HTTP/1.1", "Host: localhost");
    Awaitility.await().untilAsserted(() -> assertThat(stream.clients()).isEqualTo(1));
    visitor.close();
    Awaitility.await().untilAsserted(() -> assertThat(stream.clients()).isZero());
  }

  @Test
  void keepsNamesAndIdsOnOneLine() {
    assertThatIllegalArgumentException().isThrownBy(() -> SseEvent.of("a\nevent: b", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new SseEvent("1\r2", "a", ""));
  }
}
