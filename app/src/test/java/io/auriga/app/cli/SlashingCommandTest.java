package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SlashingCommandTest {
  private static final String KEY = "0x" + "ab".repeat(48);
  private static final String CHAIN = "0x" + "11".repeat(32);
  private static final String ROOT = "0x" + "22".repeat(32);

  @TempDir private Path folder;

  private static List<String> suite() throws IOException {
    Path suite =
        Path.of(
            System.getProperty("auriga.vectors", "../../shared/vectors"), "slashing-protection");
    assumeTrue(Files.isDirectory(suite), "skipped: no test vectors in " + suite);
    try (Stream<Path> files = Files.list(suite)) {
      return files
          .map(Path::toString)
          .filter(file -> file.endsWith(".json"))
          .filter(file -> !file.endsWith("schema.json") && !file.endsWith("SOURCES.json"))
          .sorted()
          .toList();
    }
  }

  private static CommandRun test(String strategy, List<String> files) {
    List<String> arguments =
        new ArrayList<>(List.of("slashing", "test", "--strategy", strategy, "--json"));
    arguments.addAll(files);
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete", "minimal"})
  void theOfficialSuitePasses(String strategy) throws IOException {
    List<String> files = suite();
    CommandRun run = test(strategy, files);

    assertThat(run.lines())
        .isEqualTo(
            files.stream()
                .map(file -> "{\"file\":\"" + file + "\",\"verdict\":\"passed\",\"reason\":null}")
                .toList());
    assertThat(files).hasSizeGreaterThanOrEqualTo(24);
    assertThat(run.code()).isZero();
  }

  @Test
  void theOfficialSuiteFailsWhereItWantsTheOpposite() throws IOException {
    int files = 0;
    for (String file : suite()) {
      String text = Files.readString(Path.of(file));
      if (!text.contains("should_succeed_complete")) {
        continue;
      }
      files++;
      Path turned = folder.resolve(Path.of(file).getFileName());
      Files.writeString(
          turned,
          text.replaceAll("(should_succeed_complete\": )true", "$1maybe")
              .replaceAll("(should_succeed_complete\": )false", "$1true")
              .replace("maybe", "false"));
      CommandRun run = test("complete", List.of(turned.toString()));

      assertThat(run.code()).as(run.out()).isEqualTo(ExitCode.FINDING);
      assertThat(run.out()).contains("\"verdict\":\"failed\",\"reason\":\"step ");
    }
    assertThat(files).isGreaterThan(15);
  }

  private String write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void aFileThatIsNoTestIsUnreadableAndNamesTheReason() throws IOException {
    String empty = write("empty.json", "");
    String other = write("other.json", "{\"steps\": []}");
    String half =
        write("half.json", "{\"genesis_validators_root\": \"" + CHAIN + "\", \"steps\": [");
    String missing = folder.resolve("missing.json").toString();
    CommandRun run = test("complete", List.of(empty, other, half, missing));

    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(run.lines())
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).contains("\"verdict\":\"unreadable\""));
    assertThat(run.out())
        .contains("the file is empty")
        .contains("field genesis_validators_root is missing")
        .contains("not the JSON expected at byte")
        .contains("there is no such file");
  }

  @Test
  void aFailureHidesNoUnreadableFileAndIsNotHiddenByIt() throws IOException {
    String failing =
        write(
            "failing.json",
            """
            {"genesis_validators_root": "%s", "steps": [{"should_succeed": true,
              "interchange": %s, "blocks": [{"pubkey": "%s", "slot": "10",
                "signing_root": "%s", "should_succeed": true}], "attestations": []}]}
            """
                .formatted(CHAIN, interchange(), KEY, ROOT));
    CommandRun run = CommandRun.of("slashing", "test", "--strategy", "minimal", failing, "nothing");

    assertThat(run.code()).isEqualTo(ExitCode.FINDING);
    assertThat(run.out())
        .contains("failed      " + failing)
        .contains("step 1, block of slot 10 (0x22222222…) of 0xabababab… was refused: ")
        .contains("1 failed, 1 unreadable");
  }

  private static String interchange() {
    return """
    {"metadata": {"interchange_format_version": "5", "genesis_validators_root": "%s"},
     "data": [{"pubkey": "%s", "signed_blocks": [{"slot": "10", "signing_root": "%s"}],
       "signed_attestations": [{"source_epoch": "5", "target_epoch": "8"}]}]}
    """
        .formatted(CHAIN, KEY, ROOT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --block       | {"slot":"10"}                             | complete | 1 | double-proposal       | {"slot":"10","signingRoot":"ROOT"}
          --block       | {"slot":"10","signing_root":"ROOT"}       | complete | 0 | null                  | null
          --block       | {"slot":"10","signing_root":"ROOT"}       | minimal  | 1 | block-below-watermark | {"slot":"10","signingRoot":null}
          --block       | {"slot":"11"}                             | minimal  | 0 | null                  | null
          --block       | {"slot":"9"}                              | complete | 1 | block-below-watermark | {"slot":"10","signingRoot":null}
          --attestation | {"source_epoch":"6","target_epoch":"8"}   | complete | 1 | double-vote           | {"sourceEpoch":"5","targetEpoch":"8","signingRoot":null}
          --attestation | {"source_epoch":"4","target_epoch":"9"}   | complete | 1 | surrounding-vote      | {"sourceEpoch":"5","targetEpoch":"8","signingRoot":null}
          --attestation | {"source_epoch":"6","target_epoch":"7"}   | complete | 1 | surrounded-vote       | {"sourceEpoch":"5","targetEpoch":"8","signingRoot":null}
          --attestation | {"source_epoch":"8","target_epoch":"9"}   | complete | 0 | null                  | null
          --attestation | {"source_epoch":"9","target_epoch":"8"}   | complete | 1 | source-after-target   | null
          """)
  void saysWhatStandsAgainstAMessage(
      String option, String message, String strategy, int code, String rule, String collision)
      throws IOException {
    CommandRun run =
        CommandRun.of(
            "slashing",
            "check",
            "--interchange",
            write("interchange.json", interchange()),
            "--strategy",
            strategy,
            "--json",
            option,
            message.replace("ROOT", ROOT));

    assertThat(run.code()).as(run.err() + run.out()).isEqualTo(code);
    JsonNode answer = JsonMapper.shared().readTree(run.out());
    assertThat(answer.get("verdict").asString()).isEqualTo(code == 0 ? "safe" : "unsafe");
    assertThat(answer.get("pubkey").asString()).isEqualTo(KEY);
    assertThat(answer.get("rule").asString("null")).isEqualTo(rule);
    assertThat(answer.get("reason").asString()).isNotEmpty();
    assertThat(answer.get("collidesWith").toString()).isEqualTo(collision.replace("ROOT", ROOT));
  }

  @Test
  void aKeyOfWhichNothingIsKnownIsSafeAndSaidToBeUnknown() throws IOException {
    CommandRun run =
        CommandRun.of(
            "slashing",
            "check",
            "--interchange",
            write("interchange.json", interchange()),
            "--block",
            "{\"slot\":\"1\",\"pubkey\":\"" + KEY.replace("ab", "cd") + "\"}");

    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("safe  ").contains("the file has nothing of this key");
  }

  @Test
  void aWrongMessageAndAWrongFileAreToldApart() throws IOException {
    String file = write("interchange.json", interchange());
    CommandRun wrong =
        CommandRun.of("slashing", "check", "--interchange", file, "--block", "{\"slot\":\"x\"}");
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("--block: slot (\"\"x\"\"): not a decimal uint64");

    CommandRun both =
        CommandRun.of(
            "slashing", "check", "--interchange", file, "--block", "{}", "--attestation", "{}");
    assertThat(both.code()).isEqualTo(ExitCode.USAGE);

    CommandRun unreadable =
        CommandRun.of(
            "slashing",
            "check",
            "--interchange",
            write("broken.json", interchange().replace("\"10\"", "10")),
            "--block",
            "{\"slot\":\"1\"}");
    assertThat(unreadable.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(unreadable.err())
        .contains("AUR-CLI-FILE-UNREADABLE")
        .contains("/data/0/signed_blocks/0/slot is not a string");
  }

  @Test
  void mergesFilesAndMinifiesThem() throws IOException {
    String one = write("one.json", interchange());
    String other =
        write("other.json", interchange().replace("\"10\"", "\"12\"").replace("\"8\"", "\"9\""));
    Path out = folder.resolve("merged.json");
    CommandRun run =
        CommandRun.of("slashing", "merge", one, other, "--json", "--out", out.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("\"keys\":1,\"blocks\":2,\"attestations\":2");
    assertThat(Files.readString(out)).contains("\"slot\":\"10\"").contains("\"slot\":\"12\"");

    CommandRun minified = CommandRun.of("slashing", "merge", "--minify", out.toString());
    assertThat(minified.out())
        .contains("\"signed_blocks\":[{\"slot\":\"12\"}]")
        .contains("\"signed_attestations\":[{\"source_epoch\":\"5\",\"target_epoch\":\"9\"}]");

    CommandRun again = CommandRun.of("slashing", "merge", one, "--out", out.toString());
    assertThat(again.code()).isEqualTo(ExitCode.USAGE);
    assertThat(again.err()).contains("the file exists already");
  }

  @Test
  void refusesToMergeFilesOfTwoChains() throws IOException {
    String one = write("one.json", interchange());
    String other = write("other.json", interchange().replace(CHAIN, ROOT));
    CommandRun run = CommandRun.of("slashing", "merge", one, other);

    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains("AUR-CRYPTO-INTERCHANGE-OTHER-CHAIN: Cannot merge " + other + " with " + one);
    assertThat(run.out()).isEmpty();
  }
}
