package io.auriga.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.auriga.app.cli.CommandRun;
import io.auriga.app.config.AurigaConfig;
import io.auriga.app.house.Project;
import io.auriga.runtime.http.Json;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.Replay;
import io.auriga.types.Slot;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From the nodes' answers to metrics and objectives, on the bundled recording. */
class DutiesOfARunTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;

  @Test
  void countsTheDutiesOfWatchedValidatorsFromTheBlocksThatAreFollowed()
      throws IOException, InterruptedException {
    Path config =
        Files.writeString(
            folder.resolve("auriga.yaml"),
            """
            groups:
              - name: north
                validators: [0..7]
                labels: ["operator:acme"]
            metrics: {aliases: true, validators: 4}
            chain: {start: finalized, poll-interval: 250ms}
            http: {port: 0}
            """);
    Recording recording =
        Recording.open(Project.root().resolve("recordings/minimal-capella-to-fulu"));
    try (Replay replay =
            Replay.start(recording, Replay.Settings.atSpeed(60).withFrom(new Slot(40)));
        Platform platform =
            Platform.start(
                AurigaConfig.load(
                    config,
                    Map.of(),
                    Map.of(
                        "consensus.urls", replay.beaconUri().toString(),
                        "execution.urls", replay.executionUri().toString(),
                        "data", folder.resolve("data").toString())),
                replay.clock(),
                Optional.empty());
        HttpClient http = HttpClient.newHttpClient()) {
      await().atMost(PATIENCE).until(() -> covered(objective(slo(http, platform.uri()))) >= 4);
      JsonNode slo = slo(http, platform.uri());
      JsonNode month = month(objective(slo));
      long last = slo.at("/data/epoch").asLong(-1);
      long first = last - month.get("epochsCovered").asLong(0) + 1;
      JsonNode all =
          json(http, replay.beaconUri().resolve("/eth/v1/beacon/states/head/validators"));
      assertThat(month.get("duties").asLong(0)).isEqualTo(owed(all, 8, first, last));
      assertThat(month.get("networkDuties").asLong(0))
          .isEqualTo(owed(all, Integer.MAX_VALUE, first, last));
      assertThat(text(http, platform.uri().resolve("/metrics")))
          .contains(
              "auriga_duties_epoch_owed{duty=\"inclusion\",scope=\"group:north\"}",
              "auriga_watch_validators{scope=\"operator:acme\"} 8.0",
              "auriga_validator_left_out 4.0",
              "eth_missed_attestations{network=",
              "beacon_head_slot ",
              "beacon_reorgs_total ");
      assertThat(text(http, platform.uri().resolve("/slo")))
          .contains("Group north", "8 validators");
      await()
          .atMost(PATIENCE)
          .until(() -> rewards(http, platform).get("epochsKnown").asLong() >= 2);
      JsonNode rewards = rewards(http, platform);
      assertThat(rewards.at("/comparison/different").asLong()).as(rewards.toString()).isZero();
      assertThat(rewards.at("/comparison/equal").asLong()).isPositive();
      assertThat(rewards.at("/scopes/0/scope").stringValue()).isEqualTo("group:north");
      assertThat(rewards.at("/scopes/0/earned").asLong()).isPositive();
      assertThat(rewards.at("/validators/0/validatorIndex").stringValue()).isEqualTo("3");
      CommandRun told =
          CommandRun.of(
              "validators",
              "rewards",
              "--config",
              config.toString(),
              "--data",
              folder.resolve("data").toString(),
              "--epoch",
              rewards.get("lastEpoch").stringValue(),
              "--group",
              "north");
      assertThat(told.out()).as(told.err()).contains("1 of 1 are known", "validator 3");
    }
  }

  private static JsonNode rewards(HttpClient http, Platform platform)
      throws IOException, InterruptedException {
    return json(http, platform.uri().resolve("/api/v1/validators/rewards?last=1d&validatorIndex=3"))
        .get("data");
  }

  private static long covered(Optional<JsonNode> objective) {
    return objective.isEmpty() ? 0 : month(objective).get("epochsCovered").asLong(0);
  }

  private static JsonNode month(Optional<JsonNode> objective) {
    return objective.orElseThrow().at("/windows/8");
  }

  private static Optional<JsonNode> objective(JsonNode slo) {
    return slo.at("/data/objectives")
        .valueStream()
        .filter(one -> one.get("scope").stringValue().equals("group:north"))
        .filter(one -> one.get("indicator").stringValue().equals("inclusion"))
        .findFirst();
  }

  private static JsonNode slo(HttpClient http, URI uri) throws IOException, InterruptedException {
    return json(http, uri.resolve("/api/v1/slo"));
  }

  /** One attestation for each epoch in which a validator is active, as the node says. */
  private static long owed(JsonNode validators, int count, long first, long last) {
    long owed = 0;
    for (JsonNode one : validators.get("data")) {
      if (one.get("index").asLong(0) < count) {
        for (long epoch = first; epoch <= last; epoch++) {
          boolean active =
              epoch(one, "activation_epoch") <= epoch && epoch < epoch(one, "exit_epoch");
          owed += active ? 1 : 0;
        }
      }
    }
    return owed;
  }

  private static long epoch(JsonNode validator, String field) {
    String text = validator.at("/validator/" + field).stringValue();
    return text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
  }

  private static JsonNode json(HttpClient http, URI uri) throws IOException, InterruptedException {
    return Json.parse(text(http, uri).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(HttpClient http, URI uri) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
