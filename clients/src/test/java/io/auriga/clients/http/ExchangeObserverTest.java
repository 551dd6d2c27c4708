package io.auriga.clients.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.NodeServer;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What is told of exchanges: their order and their kind, not how fast this machine is. */
class ExchangeObserverTest {
  private static final class Seen implements ExchangeObserver {
    private final List<ExchangeTiming> timings = new CopyOnWriteArrayList<>();
    private final List<Integer> statuses = new CopyOnWriteArrayList<>();
    private final List<Duration> decoded = new CopyOnWriteArrayList<>();

    @Override
    public void exchanged(HttpAnswer answer, ExchangeTiming timing) {
      statuses.add(answer.status());
      timings.add(timing);
    }

    @Override
    public void decoded(Duration took) {
      decoded.add(took);
    }
  }

  @Test
  void theFirstExchangeOfAConnectionIsToldFromThoseThatFollow() {
    Seen seen = new Seen();
    try (NodeServer server = new NodeServer().json("/x", "{}");
        HttpEndpoint endpoint = server.endpoint()) {
      endpoint.observe(seen);
      endpoint.get("/x", "application/json", "read x");
      endpoint.get("/x", "application/json", "read x");
      endpoint.get("/absent", "application/json", "read nothing");
    }
    assertThat(seen.timings).extracting(ExchangeTiming::opened).containsExactly(true, false, false);
    assertThat(seen.statuses).containsExactly(200, 200, 404);
    assertThat(seen.timings)
        .allSatisfy(
            timing -> {
              assertThat(timing.firstByte()).isPositive();
              assertThat(timing.rest().isNegative()).isFalse();
            });
  }

  @Test
  void whoFailsToLookDoesNotMakeAnExchangeFail() {
    try (NodeServer server = new NodeServer().json("/x", "{}");
        HttpEndpoint endpoint = server.endpoint()) {
      endpoint.observe(
          new ExchangeObserver() {
            @Override
            public void exchanged(HttpAnswer answer, ExchangeTiming timing) {
              throw new IllegalStateException("a defect");
            }
          });
      assertThat(endpoint.get("/x", "application/json", "read x").isOk()).isTrue();
    }
  }

  @Test
  void decodingIsToldByItself() {
    Seen seen = new Seen();
    try (NodeServer server = new NodeServer().json("/x", "{\"a\":[1,2]}");
        HttpEndpoint endpoint = server.endpoint()) {
      endpoint.observe(seen);
      endpoint.json().read(endpoint.get("/x", "application/json", "read x").body());
    }
    assertThat(seen.decoded).hasSize(1).first().matches(Duration::isPositive);
  }

  @Test
  void aConnectionIsOpenedToSeeHowLongThatTakes() {
    try (NodeServer server = new NodeServer()) {
      ConnectProbe.Timing timing =
          ConnectProbe.measure(EndpointConfig.of(server.uri())).orElseThrow();
      assertThat(timing.connect()).isPositive();
      assertThat(timing.tls()).isEmpty();
    }
  }

  @Test
  void aNodeThatTakesNoConnectionHasNoTime() throws Exception {
    int port;
    try (ServerSocket unused = new ServerSocket(0)) {
      port = unused.getLocalPort();
    }
    assertThat(ConnectProbe.measure(EndpointConfig.of(URI.create("http://127.0.0.1:" + port))))
        .isEqualTo(Optional.empty());
  }

  @Test
  void connectionsAreRememberedOnlySoFar() {
    ConnectionLabels labels = new ConnectionLabels();
    assertThat(labels.isNew(Optional.empty())).isFalse();
    assertThat(labels.isNew(Optional.of("0"))).isTrue();
    assertThat(labels.isNew(Optional.of("0"))).isFalse();
    for (int n = 1; n <= 256; n++) {
      labels.isNew(Optional.of(Integer.toString(n)));
    }
    assertThat(labels.isNew(Optional.of("256"))).isFalse();
    assertThat(labels.isNew(Optional.of("0"))).isTrue();
  }
}
