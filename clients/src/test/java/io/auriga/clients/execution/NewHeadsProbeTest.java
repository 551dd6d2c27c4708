package io.auriga.clients.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.Finding;
import io.auriga.clients.NodeServer;
import io.auriga.clients.WebSocketServer;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.clients.http.HttpEndpoint;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NewHeadsProbeTest {
  private static Finding examine(URI address) {
    try (HttpEndpoint endpoint =
        new HttpEndpoint(
            EndpointConfig.of(address)
                .withLimits(NodeServer.limits().withRequestDeadline(Duration.ofSeconds(2))))) {
      return NewHeadsProbe.examine(endpoint);
    }
  }

  private static Finding answered(String answer) throws Exception {
    try (WebSocketServer server =
        new WebSocketServer(
            (message, connection) -> {
              assertThat(message).contains("eth_subscribe", "newHeads");
              connection.send(answer);
            })) {
      return examine(server.uri());
    }
  }

  @Test
  void findsThatHeadsArePushed() throws Exception {
    Finding finding = answered("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x9\"}");
    assertThat(finding.severity()).isEqualTo(Finding.Severity.OK);
    assertThat(finding.check()).isEqualTo("new heads");
  }

  @Test
  void warnsWhereTheSubscriptionIsRefusedOrTheAnswerIsNone() throws Exception {
    assertThat(answered("{\"id\":1,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}"))
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
              assertThat(finding.detail()).contains("-32601: Method not found");
              assertThat(finding.remedy()).contains("Nothing is lost");
            });
    for (String wrong : new String[] {"{\"id\":1}", "[]", "no JSON", "{\"id\":1,\"result\":[1]}"}) {
      assertThat(answered(wrong).severity()).as(wrong).isEqualTo(Finding.Severity.WARNING);
    }
  }

  @Test
  void warnsWhereNobodyIsThere() {
    Finding finding = examine(URI.create("ws://127.0.0.1:1"));
    assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
    assertThat(finding.detail()).contains("AUR-CLIENT-UNREACHABLE");
  }
}
