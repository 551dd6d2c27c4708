package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.Replay;
import io.auriga.types.Slot;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorded chain's history, loaded from its nodes and judged by what they say. */
class JudgeCommandTest {
  private final Replay replay =
      Replay.start(
          Recording.open(SeededLedger.recording()),
          Replay.Settings.atSpeed(1).withFrom(new Slot(130)));

  @TempDir private Path folder;

  @AfterEach
  void stopNodes() {
    replay.close();
  }

  private CommandRun history(String verb, long from, long to, String... more) {
    String[] arguments = {
      "history",
      verb,
      "--from",
      Long.toString(from),
      "--to",
      Long.toString(to),
      "--data",
      folder.toString(),
      "--consensus",
      replay.beaconUri().toString(),
      "--execution",
      replay.executionUri().toString()
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandRun.of(all);
  }

  private long kindsFrom(long from, long to) {
    return CommandRun.of(
            "withdrawals",
            "list",
            "--slot",
            from + ".." + to,
            "--limit",
            "1000",
            "--json",
            "--data",
            folder.toString())
        .lines()
        .stream()
        .filter(line -> !line.contains("\"kind\":\"unknown\""))
        .count();
  }

  @Test
  void tellsTheKindsOfTheRangeAndNoOthers() {
    CommandRun loaded = history("import", 1, 100);
    assertThat(loaded.code()).as(loaded.err()).isZero();
    CommandRun judged = history("judge", 20, 60, "--json");
    assertThat(judged.code()).as(judged.err()).isZero();
    assertThat(judged.out()).matches("(?s)\\{\"full\":\\d+,\"partial-sweep\":[1-9]\\d*,.*}\\s*");
    assertThat(kindsFrom(20, 60)).isPositive();
    assertThat(kindsFrom(1, 19)).isZero();
    assertThat(kindsFrom(61, 100)).isZero();
    CommandRun again = history("judge", 20, 60);
    assertThat(again.out()).contains("0 withdrawals were judged.");
  }

  @Test
  void refusesARangeThatIsNone() {
    CommandRun run = history("judge", 60, 20);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("AUR-CLI-USAGE");
  }
}
