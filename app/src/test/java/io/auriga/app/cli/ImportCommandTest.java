package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.Nodes;
import io.auriga.app.Platform;
import io.auriga.chain.era.EraChain;
import io.auriga.clients.NetworkCheck;
import io.auriga.clients.http.EndpointConfig;
import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Store;
import io.auriga.runtime.store.StoreConfig;
import io.auriga.testkit.replay.BeaconQuirks;
import io.auriga.testkit.replay.RecordedState;
import io.auriga.testkit.replay.Recording;
import io.auriga.testkit.replay.ReplayBeaconNode;
import io.auriga.testkit.time.SteppedClock;
import io.auriga.types.Slot;
import io.auriga.withdrawals.WithdrawalLedger;
import io.auriga.withdrawals.WithdrawalQueries;
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

  /** The network as a file, for an import without a node. */
  private String networkFile() throws IOException {
    StringBuilder yaml = new StringBuilder();
    eras.chain()
        .spec()
        .values()
        .forEach((key, value) -> yaml.append("%s: '%s'%n".formatted(key, value)));
    return Files.writeString(folder.resolve("network.yaml"), yaml).toString();
  }

  /** Binds the store to the recorded chain, as 'auriga run' does. */
  private void pinNetwork() {
    try (Store store =
        Store.open("sqlite:" + folder.resolve("store"), WithdrawalLedger.MIGRATIONS)) {
      store.pinNetwork(eras.chain().genesisValidatorsRoot().toHex());
    }
  }

  /** The recorded chain's state after the block of a slot, as a file. */
  private String stateFile(long slot) throws IOException {
    byte[] ssz =
        Recording.open(SeededLedger.recording()).states().all().stream()
            .filter(state -> state.moment() == RecordedState.Moment.POST)
            .filter(state -> state.slot().value() == slot)
            .findFirst()
            .orElseThrow()
            .ssz();
    return Files.write(folder.resolve("state-" + slot + ".ssz"), ssz).toString();
  }

  @Test
  void saysWhoVouchesForAFile() throws IOException {
    pinNetwork();
    String network = networkFile();
    Path first = eras.write(files, 1);
    CommandRun alone = run("import", first.toString(), "--network", network);
    assertThat(alone.code()).as(alone.err()).isZero();
    assertThat(alone.err()).contains("Not anchored: slots 0 to 63. Only the files themselves say");
    assertThat(run("status").err()).contains("Not anchored: slots 0 to 63.");
    assertThat(run("status", "--loads", "--json").out())
        .contains("\"anchored\":false,\"anchoredBy\":null");
    CommandRun trusting =
        run("import", first.toString(), "--network", network, "--trusted-state", stateFile(128));
    assertThat(trusting.code()).as(trusting.err()).isZero();
    assertThat(trusting.out()).contains("held already");
    assertThat(trusting.err()).doesNotContain("Not anchored");
    assertThat(run("status", "--loads").out()).contains("the state " + folder);
  }

  @Test
  void asksTheNodeForTheEndOfAFileAndBelievesWhatIsFinal() {
    CommandRun last = load(eras.write(files, 2).toString());
    assertThat(last.code()).as(last.err()).isZero();
    assertThat(last.err())
        .as("its end is not final yet")
        .contains("Not anchored: slots 64 to 127.");
    CommandRun first = load(eras.write(files, 1).toString());
    assertThat(first.err()).contains("Not anchored: slots 64 to 127.");
    assertThat(run("status", "--loads", "--json").lines().getFirst())
        .contains("\"firstSlot\":\"0\"", "\"anchored\":true,\"anchoredBy\":\"http");
  }

  @Test
  void refusesAFileOfAnotherChainThanAWitnessKnows() throws IOException {
    Path forged = eras.writeForged(files, 1);
    for (String[] witness :
        new String[][] {
          {"--consensus", node.uri().toString()},
          {"--network", networkFile(), "--trusted-state", stateFile(128)}
        }) {
      pinNetwork();
      CommandRun run = run("import", concat(new String[] {forged.toString(), "--json"}, witness));
      assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.FINDING);
      assertThat(run.out()).contains("\"code\":\"AUR-HISTORY-OTHER-CHAIN\"");
      assertThat(run("status").out()).contains("nothing yet");
    }
  }

  @Test
  void makesANewStoreWithAllThatFollowingNeeds() {
    assertThat(load(eras.write(files, 1).toString()).code()).isZero();
    String url = "sqlite:" + folder.resolve("store");
    try (Store loading =
        Store.open(StoreConfig.of(url).withBulkLoads(), WithdrawalLedger.MIGRATIONS)) {
      // It could not if there were something to migrate.
      Store.open(url, Platform.tables().toArray(Migrations[]::new)).close();
      assertThat(loading.isShared()).isFalse();
    }
  }

  @Test
  void loadsWhileAnotherProcessFollows() {
    try (Store following =
        Store.open(
            "sqlite:" + folder.resolve("store"), Platform.tables().toArray(Migrations[]::new))) {
      CommandRun run = load(eras.write(files, 1).toString(), "--json");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(run.out()).contains("\"status\":\"loaded\"");
      assertThat(new WithdrawalQueries(following).summary().withdrawals())
          .isEqualTo(eras.withdrawals(1));
    }
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
