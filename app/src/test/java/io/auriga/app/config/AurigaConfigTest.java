package io.auriga.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.chain.StartPoint;
import io.auriga.clients.http.Credentials;
import io.auriga.types.AurigaException;
import io.auriga.types.Slot;
import io.auriga.validators.slo.Objectives;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AurigaConfigTest {
  @TempDir Path folder;

  private AurigaConfig load(String yaml) throws IOException {
    return AurigaConfig.load(
        Files.writeString(folder.resolve("auriga.yaml"), yaml), Map.of(), Map.of());
  }

  @Test
  void needsNothingToBeGiven() {
    AurigaConfig config =
        AurigaConfig.load(
            null, Map.of("XDG_DATA_HOME", "/var/data", "AURIGA_JAVA_HOME", "/jdk"), Map.of());
    assertThat(config.consensus()).isEmpty();
    assertThat(config.store().url()).endsWith("uriga").startsWith("sqlite:");
    assertThat(config.http().address().getPort()).isEqualTo(8299);
    assertThat(config.http().address().getAddress().isLoopbackAddress()).isTrue();
    assertThat(config.follower().start()).isEqualTo(new StartPoint.Finalized());
  }

  @Test
  void readsNodesThatShareSettingsAndNodesWithTheirOwn() throws IOException {
    AurigaConfig config =
        load(
            """
            consensus:
              urls: [http://one:5052, http://two:5052]
              nodes:
                - url: https://three.example
                  bearer-token-file: /run/secrets/token
            execution:
              urls: http://one:8545
              user: auriga
              password-file: /run/secrets/password
            chain:
              start: 6209538
            batch:
              age: 250ms
            """);
    assertThat(config.consensus()).hasSize(3);
    assertThat(config.consensus().get(0).credentials()).isEqualTo(Credentials.none());
    assertThat(config.consensus().get(2).credentials())
        .isEqualTo(new Credentials.Bearer(Path.of("/run/secrets/token")));
    assertThat(config.execution().getFirst().credentials())
        .isEqualTo(new Credentials.Basic("auriga", Path.of("/run/secrets/password")));
    assertThat(config.follower().start()).isEqualTo(new StartPoint.AtSlot(new Slot(6_209_538)));
    assertThat(config.follower().batchAge()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void letsTheCommandLineWinOverTheEnvironmentOverTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "http: {port: 1, bind: 127.0.0.2}\n");
    Map<String, String> environment = Map.of("AURIGA_HTTP_PORT", "2", "AURIGA_BATCH_SIZE", "8");
    AurigaConfig config = AurigaConfig.load(file, environment, Map.of("http.port", "3"));
    assertThat(config.http().address().getPort()).isEqualTo(3);
    assertThat(config.http().address().getHostString()).isEqualTo("127.0.0.2");
    assertThat(config.follower().batchSize()).isEqualTo(8);
  }

  @Test
  void suggestsTheKeyThatWasMeant() {
    assertThatThrownBy(() -> load("http:\n  prot: 80\n"))
        .isInstanceOf(AurigaException.class)
        .hasMessageContaining("http.prot")
        .hasMessageContaining("http.port");
    assertThatThrownBy(() -> load("consensus:\n  nodes:\n    - url: http://a:1\n      usr: b\n"))
        .hasMessageContaining("consensus.nodes[0].user");
    assertThatThrownBy(() -> AurigaConfig.load(null, Map.of("AURIGA_HTTP_PROT", "1"), Map.of()))
        .hasMessageContaining("AURIGA_HTTP_PORT");
  }

  @Test
  void namesTheNodesWhoseSettingsDoNotFit() {
    assertThatThrownBy(() -> load("execution: {urls: 'http://host', user: a}\n"))
        .hasMessageContaining("execution: user and password-file");
    assertThatThrownBy(
            () -> load("consensus: {nodes: [{url: http://a}, {url: http://b, user: a}]}"))
        .hasMessageContaining("consensus.nodes[1]: user and password-file");
  }

  @Test
  void readsObjectivesAndThoseOfAGroupThatHasOthers() throws IOException {
    Objectives objectives =
        load("""
        slo: {inclusion: 99.9%, proposals: off}
        groups:
          - name: north
            validators: [1]
            slo: {head: off, target: 99%}
        """)
            .objectives();
    assertThat(objectives.of("watched"))
        .extracting(objective -> objective.indicator() + " " + objective.text())
        .containsExactly("INCLUSION 99.9%", "HEAD 95%", "SYNC 98%");
    assertThat(objectives.of("group:north"))
        .extracting(objective -> objective.indicator() + " " + objective.text())
        .containsExactly("INCLUSION 99.9%", "TARGET 99%", "SYNC 98%");
    assertThat(objectives.significance()).isEqualTo(0.0001);
  }

  @Test
  void refusesWhatCannotBeUsedAndNamesIt() {
    for (String wrong :
        new String[] {
          "http: {port: 70000}",
          "http: {port: many}",
          "batch: {age: 5}",
          "data: ~/auriga",
          "chain: {start: tomorrow}",
          "log: {level: loud}",
          "slo: {inclusion: 100%}",
          "slo: {sync: 0.98}",
          "slo: {significance: 0}",
          "groups: [{name: a, slo: {head: most}}]",
          "consensus: {urls: 'localhost'}",
          "consensus: {urls: 'ftp://host'}",
          "consensus: {urls: 'http://host', user: a}",
          "consensus: {urls: 'http://host', bearer-token-file: t, user: a, password-file: p}",
          "consensus: {urls: 'https://host', tls: {key-file: k}}"
        }) {
      assertThatThrownBy(() -> load(wrong + "\n"))
          .as(wrong)
          .isInstanceOfSatisfying(
              AurigaException.class,
              refused -> assertThat(refused.code()).isEqualTo("AUR-CONFIG-BAD-VALUE"));
    }
  }
}
