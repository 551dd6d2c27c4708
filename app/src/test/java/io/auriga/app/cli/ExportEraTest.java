package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.house.Project;
import io.auriga.chain.era.EraCatalog;
import io.auriga.chain.era.EraChain;
import io.auriga.chain.era.EraFile;
import io.auriga.chain.era.EraLevel;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.ReplayBeaconNode;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportEraTest {
  private static final String RECORDING = "minimal-capella-to-fulu";
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

  @Test
  void exportsFromANodeWhatAnImportCanVerifyAndGoesOnWhereItStopped() {
    Recording recording = Recording.open(Project.root().resolve("recordings").resolve(RECORDING));
    try (ReplayBeaconNode node =
        new ReplayBeaconNode(recording, new SteppedClock(recording.end()), BeaconQuirks.NONE, 0)) {
      CommandRun first = run("--from 0 --json", node.uri().toString());
      assertThat(first.err()).isEmpty();
      assertThat(first.code()).isEqualTo(ExitCode.OK);
      assertThat(first.lines()).hasSize(2).allMatch(line -> line.contains("\"written\""));
      CommandRun again = run("--from 0 --json", node.uri().toString());
      assertThat(again.lines())
          .isEqualTo(
              first.lines().stream().map(line -> line.replace("written", "present")).toList());
      CommandRun early = run("--era 2", node.uri().toString());
      assertThat(early.code()).isEqualTo(ExitCode.FAILED);
      assertThat(early.err()).startsWith("AUR-ERA-NOT-FINAL: ").contains("last final era is 1");
    }
    EraChain chain = EraChain.of(recording.spec(), recording.genesis().validatorsRoot());
    EraCatalog catalog = EraCatalog.of(files(), chain);
    assertThat(catalog.refused()).isEmpty();
    assertThat(catalog.eras()).extracting(EraCatalog.Entry::era).containsExactly(0L, 1L);
    List<Slot> slots = new ArrayList<>();
    try (EraFile file = EraFile.open(catalog.eras().getLast().file(), chain)) {
      file.groups().getFirst().forEach(EraLevel.FULL, block -> slots.add(block.view().slot()));
    }
    assertThat(slots).hasSizeGreaterThan(50).isSorted();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private CommandRun run(String options, String node) {
    String line =
        "history export-era --consensus " + node + " --output " + folder + " " + options.strip();
    return CommandRun.of(line.strip().split(" +", -1));
  }
}
