package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.http.Json;
import io.auriga.runtime.store.Store;
import io.auriga.types.Epoch;
import io.auriga.validators.slo.Count;
import io.auriga.validators.slo.EpochCounts;
import io.auriga.validators.slo.Indicator;
import io.auriga.validators.slo.Objective;
import io.auriga.validators.slo.Objectives;
import io.auriga.validators.slo.SloKeeper;
import io.auriga.validators.slo.SloStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SloCommandTest {
  @TempDir Path folder;

  private CommandRun run(String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(List.of("validators", "slo", "--data", folder.toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /** Ten epochs of a hundred validators, of which so many miss in each. */
  private void fill(long missed) {
    try (Store store = Store.open("sqlite:" + folder, SloStore.MIGRATIONS)) {
      SloKeeper keeper =
          new SloKeeper(
              new SloStore(store),
              Objectives.of(1e-4, Objective.parse(Indicator.INCLUSION, "99.5%")),
              Duration.ofSeconds(384),
              () -> Instant.EPOCH);
      for (long epoch = 0; epoch < 10; epoch++) {
        keeper.take(List.of(counts(epoch, "network", 0), counts(epoch, "group:north", missed)));
      }
    }
  }

  private static EpochCounts counts(long epoch, String scope, long missed) {
    return new EpochCounts(
        new Epoch(epoch), scope, Map.of(Indicator.INCLUSION, new Count(100, missed, 0)));
  }

  @Test
  void saysWhichBudgetBurnsAndEndsWithOne() {
    fill(20);
    CommandRun run = run("--json");
    assertThat(run.code()).isEqualTo(ExitCode.FINDING);
    JsonNode inclusion =
        run.lines().stream()
            .map(line -> Json.parse(line.getBytes(StandardCharsets.UTF_8)))
            .filter(line -> line.get("indicator").stringValue().equals("inclusion"))
            .findFirst()
            .orElseThrow();
    assertThat(inclusion.get("scope").stringValue()).isEqualTo("group:north");
    assertThat(inclusion.get("severity").stringValue()).isEqualTo("page");
    assertThat(inclusion.at("/alerts/0/rule").stringValue()).isEqualTo("fast");
    assertThat(inclusion.at("/alerts/0/burnRate").stringValue()).isEqualTo("40");
    assertThat(inclusion.get("misses").stringValue()).isEqualTo("200");
    assertThat(inclusion.get("allowedMisses").stringValue()).isEqualTo("3375");
  }

  @Test
  void printsATableForPeople() {
    fill(0);
    CommandRun run = run();
    assertThat(run.code()).isZero();
    assertThat(run.out())
        .contains("group:north", "inclusion 99.5%", "100.00 %", "lasts", "As of epoch 9.");
  }

  @Test
  void saysWhereItLookedIfThereIsNoStore() {
    CommandRun run = run();
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).startsWith("AUR-CLI-NO-STORE").contains(folder.toString());
  }

  @Test
  void writesRulesForTheConfiguredSignificance() {
    CommandRun run = run("--rules", "--set", "slo.significance=0.00001");
    assertThat(run.code()).isZero();
    assertThat(run.out()).contains("auriga_slo_chance{window=\"1h\"} <= 0.00001");
  }
}
