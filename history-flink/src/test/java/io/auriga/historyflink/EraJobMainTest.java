package io.auriga.historyflink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees who gives the command something it cannot use. */
class EraJobMainTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) throws Exception {
    return EraJobMain.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private int runOn(Path eras) throws Exception {
    return run(
        "--eras",
        eras.toString(),
        "--output",
        folder.resolve("out").toString(),
        "--network",
        "mainnet",
        "--json");
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void helpIsNoError() throws Exception {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("--eras", "examples:");
  }

  @Test
  void aFolderWithoutEraFilesIsAMistake() throws Exception {
    assertThat(runOn(folder)).isEqualTo(2);
    assertThat(said()).startsWith("there is no .era file in " + folder);
  }

  @Test
  void whereNoFileCanBeUsedEachReasonIsSaidAndNoJobBegins() throws Exception {
    Files.writeString(folder.resolve("a.era"), "this is no era file");
    Files.writeString(folder.resolve("b.era"), "");
    assertThat(runOn(folder)).isEqualTo(1);
    assertThat(said())
        .contains("eras to verify: 0", "cannot be used: 2", "a.era", "b.era", "AUR-ERA-");
    assertThat(folder.resolve("out")).doesNotExist();
  }
}
