package io.auriga.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.Problem;
import io.auriga.types.AurigaException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {
  @TempDir Path folder;
  private SampleSurface surface;
  private Client client;

  @BeforeEach
  void serve() {
    SampleChain chain = new SampleChain(folder);
    chain.grow(2, 2);
    surface = new SampleSurface(chain, Optional.empty());
    client = new Client(surface.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    surface.close();
  }

  @Test
  void isReadyWhileItFollows() {
    assertThat(client.get("/readyz").status()).isEqualTo(200);
    assertThat(client.get("/readyz").json().get("ready").booleanValue()).isTrue();
  }

  @Test
  void staysReadyWhileANewBlockIsBeingRead() {
    surface.state = FollowerSnapshot.State.CATCHING_UP;
    surface.lag = Health.LAG_SLOTS_MAX;
    assertThat(client.get("/readyz").status()).isEqualTo(200);
  }

  @Test
  void saysHowFarBehindItIs() {
    surface.state = FollowerSnapshot.State.CATCHING_UP;
    surface.lag = Health.LAG_SLOTS_MAX + 1;
    Client.Answer answer = client.get("/readyz");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().at("/reasons/0/code").stringValue()).isEqualTo("AUR-WEB-LAGGING");
    assertThat(answer.json().at("/reasons/0/message").stringValue()).contains("5 slots behind");
  }

  @Test
  void givesEveryReasonAndStaysAlive() {
    surface.state = FollowerSnapshot.State.STALLED;
    surface.problem =
        Optional.of(
            new Problem(
                "AUR-CHAIN-MISSING-BLOCK", "no node has it", "wait", surface.chain.clock().now()));
    surface.checks.add(
        () -> {
          throw new AurigaException(WebError.CHAIN_MOVED, "write to the store", "disk full");
        });
    Client.Answer answer = client.get("/readyz");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().get("reasons")).hasSize(2);
    assertThat(answer.body()).contains("AUR-CHAIN-MISSING-BLOCK: no node has it", "disk full");
    assertThat(client.get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void isReadyWithAStoreThatTakesWrites() {
    surface.checks.add(new StoreCheck(surface.chain.store()));
    assertThat(client.get("/readyz").status()).isEqualTo(200);
  }

  @Test
  void isNotReadyBeforeANodeAnswers() {
    surface.state = FollowerSnapshot.State.STARTING;
    assertThat(client.get("/readyz").status()).isEqualTo(503);
  }

  @Test
  void exposesMetrics() {
    Client.Answer answer = client.get("/metrics");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).startsWith("text/plain");
  }
}
