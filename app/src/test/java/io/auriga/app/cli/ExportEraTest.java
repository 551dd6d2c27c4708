package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportEraTest {
  private static final String NOBODY = "http://127.0.0.1:1";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--era 1 --from 2",
        "--era 1 --to 2",
        "--to 2",
        "--from 3 --to 2",
        "--era -1",
        "--era x"
      })
  void refusesARangeThatIsNone(String options) {
    CommandRun run = run(options, NOBODY);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("AUR-CLI-USAGE: ");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysThatItNeedsANodeAndThatTheNodeDoesNotAnswer() {
    CommandRun without =
        CommandRun.of("history", "export-era", "--era", "1", "--output", folder.toString());
    assertThat(without.code()).isEqualTo(ExitCode.USAGE);
    assertThat(without.err()).contains("--consensus");
    CommandRun unreachable = run("--era 1", NOBODY);
    assertThat(unreachable.code()).isEqualTo(ExitCode.FAILED);
    assertThat(unreachable.err()).contains("AUR-CLIENT-").contains(NOBODY);
    CommandRun verbless = CommandRun.of("history");
    assertThat(verbless.code()).isEqualTo(ExitCode.USAGE);
  }

  private CommandRun run(String options, String node) {
    String line =
        "history export-era --consensus " + node + " --output " + folder + " " + options.strip();
    return CommandRun.of(line.strip().split(" +", -1));
  }
}
