package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.web.SampleRewards;
import io.auriga.runtime.http.Json;
import io.auriga.runtime.store.Store;
import io.auriga.validators.rewards.RewardStore;
import io.auriga.validators.watched.StoredValidators;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RewardsCommandTest {
  @TempDir Path folder;

  private CommandRun run(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("validators", "rewards", "--data", folder.toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private void fill() {
    try (Store store =
        Store.open("sqlite:" + folder, RewardStore.MIGRATIONS, StoredValidators.MIGRATIONS)) {
      SampleRewards.fill(store, 100, 10, 5);
    }
  }

  private static JsonNode json(String line) {
    return Json.parse(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void addsUpADayOfWhoIsNamed() {
    fill();
    CommandRun run = run("--validator", "2,3", "--json");
    assertThat(run.code())
        .as("of 225 epochs ten are known: " + run.err())
        .isEqualTo(ExitCode.FINDING);
    JsonNode whole = json(run.lines().getFirst());
    assertThat(whole.get("lastEpoch").stringValue()).isEqualTo("109");
    assertThat(whole.get("firstEpoch").stringValue()).isEqualTo("0");
    assertThat(whole.get("epochsKnown").stringValue()).isEqualTo("10");
    assertThat(whole.get("epochsFinal").stringValue()).isEqualTo("8");
    JsonNode two = json(run.lines().get(1));
    assertThat(two.get("validatorIndex").stringValue()).isEqualTo("2");
    assertThat(two.get("earned").stringValue()).isEqualTo("-80240");
    assertThat(two.get("missed").stringValue()).isEqualTo("187410");
    assertThat(two.at("/parts/0/earned").stringValue()).isEqualTo("0");
    JsonNode three = json(run.lines().get(2));
    assertThat(three.at("/parts/5/earned").stringValue()).isEqualTo("42000000");
  }

  @Test
  void tellsOneEpochAsATableAndEndsWellIfAllOfItIsKnown() {
    fill();
    CommandRun run = run("--epoch", "104", "--validator", "4");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Epochs 104 to 104: 1 of 1 are known, 1 are final.", "10,717", "15 parts equal");
  }

  @Test
  void whatIsNotKnownIsAQuestionMarkAndNull() {
    fill();
    CommandRun run = run("--epoch", "104", "--validator", "1");
    assertThat(run.code()).isEqualTo(ExitCode.FINDING);
    assertThat(run.out()).contains("10,717 ?");
    JsonNode one = json(run("--epoch", "104", "--validator", "1", "--json").lines().get(1));
    assertThat(one.at("/parts/4/earned").isNull()).isTrue();
    assertThat(one.at("/parts/4/unknown").stringValue()).isEqualTo("1");
    assertThat(one.get("whole").booleanValue()).isFalse();
  }

  @Test
  void saysWhatIsWrongWithTheQuestion() {
    fill();
    assertThat(run("--epoch", "9").out()).contains("No rewards of that time are known");
    assertThat(run("--epoch", "9", "--last", "1d").err()).startsWith("AUR-CLI-USAGE");
    assertThat(run("--last", "soon").err()).contains("no time such as 7d");
    assertThat(run("--last", "0d").err()).contains("no time such as 7d");
    assertThat(run("--validator", "x").err()).contains("is no validator's index");
    assertThat(run("--group", "nobody").err()).contains("no watched validator is in");
  }

  @Test
  void saysWhereItLookedIfThereIsNoStore() {
    CommandRun run = run();
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).startsWith("AUR-CLI-NO-STORE").contains(folder.toString());
  }
}
