package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.Nodes;
import io.auriga.chain.era.EraChain;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.ReplayBeaconNode;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorded chain, from era files and from a node, into a ledger. */
class ImportCommandTest {
  @TempDir private Path folder;
  private ReplayBeaconNode node;
  private RecordedEraFiles eras;
  private Path files;

  @BeforeEach
  void recordedChain() throws IOException {
    Recording recording = Recording.open(SeededLedger.recording());
    node =
        new ReplayBeaconNode(
            recording, new SteppedClock(recording.startOf(new Slot(10_000))), BeaconQuirks.NONE, 0);
    try (Nodes nodes = new Nodes(List.of(EndpointConfig.of(node.uri())), List.of())) {
      NetworkCheck.Network network = NetworkCheck.require(nodes.beacons(), List.of());
      eras = new RecordedEraFiles(EraChain.of(network.spec(), network.genesis().validatorsRoot()));
    }
    files = Files.createDirectories(folder.resolve("eras"));
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  private CommandRun load(String... arguments) {
    return run("import", concat(arguments, "--consensus", node.uri().toString()));
  }

  private CommandRun run(String verb, String... arguments) {
    return CommandRun.of(
        concat(
            new String[] {"history", verb},
            concat(arguments, "--data", folder.resolve("store").toString())));
  }

  private static String[] concat(String[] first, String... second) {
    String[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  @Test
  void loadsEraFilesInAnyOrderAndEachOnce() {
    assertThat(eras.eras()).isGreaterThanOrEqualTo(2);
    Path second = eras.write(files, 2);
    CommandRun first = load(second.toString(), "--json", "--verify", "full");
    assertThat(first.code()).as(first.err()).isZero();
    assertThat(first.lines()).singleElement().asString().contains("\"status\":\"loaded\"");
    Path other = eras.write(files, 1);
    CommandRun both = load(files.toString(), "--json");
    assertThat(both.code()).as(both.err()).isZero();
    assertThat(both.lines())
        .anySatisfy(line -> assertThat(line).contains(other.toString(), "\"status\":\"loaded\""))
        .anySatisfy(line -> assertThat(line).contains(second.toString(), "\"status\":\"held\""));
    CommandRun status = run("status", "--json");
    assertThat(status.code()).isZero();
    assertThat(status.lines())
        .singleElement()
        .asString()
        .contains("\"withdrawals\":\"" + eras.withdrawals(2) + "\"");
    assertThat(run("status", "--loads").out()).contains("full", "roots");
    CommandRun gaps =
        CommandRun.of("withdrawals", "gaps", "--data", folder.resolve("store").toString());
    assertThat(gaps.code()).isZero();
    assertThat(gaps.out()).contains("Nothing is missing: " + eras.withdrawals(2));
  }

  @Test
  void passesOverWhatIsTornAndGoesOn() throws IOException {
    Path good = eras.write(files, 2);
    Path torn = eras.write(files, 1);
    byte[] whole = Files.readAllBytes(torn);
    Files.write(torn, Arrays.copyOf(whole, whole.length - 10));
    CommandRun run = load(files.toString(), "--json", "--parallel", "2");
    assertThat(run.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(run.lines())
        .anySatisfy(line -> assertThat(line).contains(good.toString(), "\"status\":\"loaded\""))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(torn.toString(), "\"status\":\"unreadable\"", "\"code\":\"AUR-ERA-"));
    Files.write(torn, whole);
    assertThat(load(files.toString()).code()).isZero();
  }

  @Test
  void passesOverFilesOfAnotherNetwork() {
    Path file = eras.write(files, 1);
    CommandRun run = run("import", file.toString(), "--network", "mainnet", "--json");
    assertThat(run.code()).isEqualTo(ExitCode.FINDING);
    assertThat(run.lines())
        .singleElement()
        .asString()
        .contains("\"code\":\"AUR-ERA-WRONG-NETWORK\"", "minimal", "mainnet");
    assertThat(run("status").out()).contains("nothing yet");
    CommandRun ofItsOwn = load(file.toString());
    assertThat(ofItsOwn.code()).as("not bound to mainnet: " + ofItsOwn.err()).isZero();
  }

  @Test
  void loadsARangeFromANodeAndJoinsItWithAFile() {
    CommandRun range = load("--from", "0", "--to", "70", "--json");
    assertThat(range.code()).as(range.err() + range.out()).isZero();
    assertThat(range.out()).contains("\"status\":\"loaded\"");
    assertThat(load("--from", "0", "--to", "70", "--json").out()).contains("\"status\":\"held\"");
    CommandRun file = load(eras.write(files, 2).toString());
    assertThat(file.code()).as(file.err() + file.out()).isZero();
    assertThat(run("status", "--json").lines())
        .singleElement()
        .asString()
        .contains("\"withdrawals\":\"" + eras.withdrawals(2) + "\"");
  }

  @Test
  void refusesARangeThatIsNotFinal() {
    CommandRun run = load("--from", "1", "--to", "100000");
    assertThat(run.code()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).startsWith("AUR-HISTORY-NOT-FINAL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--from 1",
        "--to 1",
        "--from 5 --to 4",
        "x.era --from 1 --to 2",
        "--from -1 --to 3"
      })
  void refusesWhatIsNeitherFilesNorARange(String options) {
    String[] words = options.isEmpty() ? new String[0] : options.split(" ", -1);
    CommandRun run = load(words);
    assertThat(run.code()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("AUR-CLI-USAGE");
  }
}
