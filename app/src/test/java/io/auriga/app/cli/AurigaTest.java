package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AurigaTest {
  @TempDir Path temporary;

  @Test
  void suggestsTheNearestCommandAndOption() {
    CommandRun noun = CommandRun.of("withdrwals");
    assertThat(noun.code()).isEqualTo(ExitCode.USAGE);
    assertThat(noun.err())
        .startsWith("AUR-CLI-USAGE")
        .contains("Did you mean: withdrawals, or validators?");
    CommandRun option = CommandRun.of("withdrawals", "verify", "--jsn", "x");
    assertThat(option.code()).isEqualTo(ExitCode.USAGE);
    assertThat(option.err()).contains("--json");
    assertThat(CommandRun.of().code()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("withdrawals").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void printsHelpAndVersionAndIsDone() {
    assertThat(CommandRun.of("--help").code()).isZero();
    assertThat(CommandRun.of("--help").out()).contains("withdrawals", "doctor", "Exit codes");
    assertThat(CommandRun.of("--version").out()).startsWith("auriga ");
  }

  @Test
  void endsVerifyWithTheCodeOfTheWorstFinding() throws IOException {
    Path block;
    try (var blocks = Files.list(SeededLedger.recording().resolve("blocks"))) {
      block = blocks.filter(file -> file.toString().contains("_deneb_")).findFirst().orElseThrow();
    }
    byte[] ssz = Files.readAllBytes(block);
    ssz[ssz.length - 1] ^= 1;
    Path altered = Files.write(temporary.resolve("altered.ssz"), ssz);
    Path junk = Files.writeString(temporary.resolve("junk"), "junk");
    String good = block.toString();
    assertThat(verify(good).code()).isZero();
    assertThat(verify(good, junk.toString()).code()).isEqualTo(ExitCode.UNREADABLE);
    CommandRun mixed = verify("--json", good, junk.toString(), altered.toString());
    assertThat(mixed.lines()).hasSize(3);
    assertThat(mixed.lines().get(0)).contains("\"verdict\":\"verified\"");
    assertThat(mixed.lines().get(1)).contains("\"verdict\":\"unreadable\"");
    assertThat(mixed.code()).isIn(ExitCode.FINDING, ExitCode.UNREADABLE);
    if (mixed.lines().get(2).contains("mismatch")) {
      assertThat(mixed.code()).isEqualTo(ExitCode.FINDING);
    }
    for (String[] wrong :
        new String[][] {
          {},
          {"--fork", "shanghai", good},
          {"--network", "goerli", good},
          {"--network", junk.toString(), good}
        }) {
      CommandRun run = verify(wrong);
      assertThat(run.code()).as(String.join(" ", wrong)).isEqualTo(ExitCode.USAGE);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("AUR-");
    }
  }

  private static CommandRun verify(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "withdrawals";
    all[1] = "verify";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return CommandRun.of(all);
  }

  @Test
  void refusesAPortThatThereIsNotAndAnAddressOfNoStore() {
    String[] nodes = {"--consensus", "http://127.0.0.1:1", "--execution", "http://127.0.0.1:1"};
    CommandRun port =
        CommandRun.of("run", nodes[0], nodes[1], nodes[2], nodes[3], "--port", "70000");
    assertThat(port.code()).isEqualTo(ExitCode.USAGE);
    assertThat(port.err()).startsWith("AUR-CONFIG-BAD-VALUE").contains("http.port", "70000");
    CommandRun store = CommandRun.of("withdrawals", "gaps", "--set", "store.url=mysql://host/db");
    assertThat(store.code()).isEqualTo(ExitCode.USAGE);
    assertThat(store.err()).startsWith("AUR-STORE-BAD-URL");
  }

  @Test
  void examinesNodesAndSaysWhatBlocksTheirUse() {
    try (Replay replay =
        Replay.start(Recording.open(SeededLedger.recording()), Replay.Settings.atSpeed(1))) {
      String beacon = replay.beaconUri().toString();
      String execution = replay.executionUri().toString();
      CommandRun run = CommandRun.of("doctor", "--consensus", beacon, "--execution", execution);
      assertThat(run.out()).contains("CHECK", "same network");
      CommandRun json =
          CommandRun.of("doctor", "--json", "--consensus", beacon, "--execution", execution);
      assertThat(json.lines())
          .allSatisfy(line -> assertThat(line).startsWith("{\"severity\":\"").endsWith("}"));
      // Nothing listens there.
      CommandRun dead =
          CommandRun.of("doctor", "--consensus", "http://127.0.0.1:1", "--execution", execution);
      assertThat(dead.code()).isEqualTo(ExitCode.FINDING);
      assertThat(dead.out()).contains("blocker", "What to do");
    }
    CommandRun none = CommandRun.of("doctor");
    assertThat(none.code()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("--consensus");
  }
}
