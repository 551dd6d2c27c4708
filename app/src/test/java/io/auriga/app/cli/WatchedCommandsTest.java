package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.http.Json;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.Replay;
import io.auriga.types.Slot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Over a recorded node, whose answers about validators come from a state of the chain. */
class WatchedCommandsTest {
  private static final Recording CHAIN =
      Recording.open(
          Path.of(System.getProperty("auriga.root", ".."), "recordings/minimal-capella-to-fulu"));

  @TempDir Path folder;

  private CommandRun run(String command, String yaml, String... more) throws IOException {
    Path config = Files.writeString(folder.resolve("auriga.yaml"), yaml);
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of(
                "validators",
                command,
                "--json",
                "--config",
                config.toString(),
                "--data",
                folder.resolve("data").toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static JsonNode json(String line) {
    return Json.parse(line.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void withoutANodeAndAStoreAllIsPending() throws IOException {
    CommandRun run = run("list", "groups: [{name: north, validators: [1, 2]}]");
    assertThat(run.code()).isZero();
    assertThat(run.lines()).hasSize(2).allMatch(line -> line.contains("\"pending\""));
  }

  @Test
  void aNodeTellsWhoIsMeantAndWhoIsNotKnown() throws IOException {
    try (Replay replay =
        Replay.start(CHAIN, Replay.Settings.atSpeed(1_000).withFrom(new Slot(100)))) {
      String node = replay.beaconUri().toString();
      JsonNode first =
          json(run("list", "watch: {validators: [0]}", "--consensus", node).lines().getFirst());
      assertThat(first.get("state").stringValue()).isEqualTo("known");
      String yaml =
          """
          groups:
            - name: north
              validators: [1, "%s"]
              labels: ["operator:acme"]
            - name: south
              validators: [2, 999999]
          """
              .formatted(first.get("pubkey").stringValue());
      CommandRun list = run("list", yaml, "--consensus", node, "--label", "operator:acme");
      assertThat(list.code()).isZero();
      assertThat(list.lines())
          .extracting(line -> json(line).get("validatorIndex").stringValue())
          .containsExactly("0", "1");
      CommandRun check = run("check", yaml, "--consensus", node);
      assertThat(check.code()).isEqualTo(ExitCode.FINDING);
      JsonNode answer = json(check.lines().getFirst());
      assertThat(answer.at("/pending/indices/0").stringValue()).isEqualTo("999999");
      assertThat(answer.get("validators").intValue()).isEqualTo(3);
      assertThat(answer.get("findings").size()).isZero();
      CommandRun good = run("check", "watch: {validators: [0..2]}", "--consensus", node);
      assertThat(good.code()).isZero();
    }
  }

  @Test
  void aWrongListEndsWithItsCodeAndWithoutAStackTrace() throws IOException {
    CommandRun run = run("check", "watch: {validators: [\"0x12\"]}");
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("AUR-WATCH-BAD-NAME").doesNotContain("\tat ");
  }
}
