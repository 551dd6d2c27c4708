package io.auriga.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.Finding;
import io.auriga.clients.Subscription;
import io.auriga.clients.WebSocketServer;
import io.auriga.clients.http.EndpointConfig;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PushedHeadsTest {
  /** Nothing answers here, so that no head can be polled. */
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  private final BlockingQueue<Integer> pushes = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> wakes = new LinkedBlockingQueue<>();

  private static Nodes nodes(URI webSocket) {
    return new Nodes(
        List.of(), List.of(EndpointConfig.of(NOBODY)), List.of(EndpointConfig.of(webSocket)));
  }

  private static String notification(int number) {
    return """
    {"jsonrpc":"2.0","method":"eth_subscription","params":{"subscription":"0x1",
    "result":{"number":"0x%x","hash":"0x%064x","parentHash":"0x%064x"}}}\
    """
        .formatted(number, number, number - 1);
  }

  @Test
  void eachPushedHeadWakes() throws Exception {
    try (WebSocketServer server =
            new WebSocketServer(
                (_, connection) -> {
                  while (true) {
                    connection.send(notification(pushes.take()));
                  }
                });
        Nodes nodes = nodes(server.uri());
        Subscription _ = nodes.newHeads(() -> wakes.add(true))) {
      for (int head = 1; head <= 3; head++) {
        pushes.add(head);
        assertThat(wakes.poll(30, TimeUnit.SECONDS)).as("head %d", head).isTrue();
      }
      assertThat(wakes).isEmpty();
    }
  }

  @Test
  void theDoctorTriesWhatIsConfigured() throws Exception {
    try (WebSocketServer server =
            new WebSocketServer(
                (_, connection) -> connection.send("{\"id\":1,\"result\":\"0x9\"}"));
        Nodes nodes = nodes(server.uri())) {
      assertThat(nodes.examineNewHeads())
          .singleElement()
          .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Finding.Severity.OK));
    }
    try (Nodes nodes = new Nodes(List.of(), List.of(EndpointConfig.of(NOBODY)))) {
      assertThat(nodes.examineNewHeads()).isEmpty();
    }
  }
}
