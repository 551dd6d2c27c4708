package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.app.Platform;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Migrations;
import io.auriga.runtime.store.Store;
import io.auriga.types.AttestationData;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Checkpoint;
import io.auriga.types.Epoch;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.auriga.types.ValidatorIndex;
import io.auriga.types.WithdrawalCredentials;
import io.auriga.validators.slashing.EpochBook;
import io.auriga.validators.slashing.Sighting;
import io.auriga.validators.slashing.SlashingMetrics;
import io.auriga.validators.slashing.SlashingWatch;
import io.auriga.validators.slashing.VoteHistory;
import io.auriga.validators.watched.KnownValidators.Known;
import io.auriga.validators.watched.StoredValidators;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the watch saw and what clients told, in and out of a store. */
class SlashingExportTest {
  private static final ChainSpec SPEC = ChainSpec.builtIn("minimal");
  private static final String CHAIN = "0x" + "11".repeat(32);
  private static final String ROOT = "0x" + "22".repeat(32);
  private static final String SEEN = "0x" + "ab".repeat(48);
  private static final String TOLD = "0x" + "cd".repeat(48);
  private static final ValidatorIndex VALIDATOR = new ValidatorIndex(7);

  @TempDir private Path folder;

  @BeforeEach
  void aStoreInWhichTheWatchKeptTwoVotesAndABlock() throws InterruptedException {
    Duration slot = Duration.ofSeconds(6);
    SlotClock clock =
        new SlotClock(
            Instant.EPOCH,
            slot,
            InstantSource.fixed(Instant.EPOCH.plus(slot.multipliedBy(8 * SPEC.slotsPerEpoch()))));
    BlockingQueue<String> found = new ArrayBlockingQueue<>(1);
    try (Store store =
        Store.open(EmbeddedStores.sqlite(folder), Platform.tables().toArray(Migrations[]::new))) {
      store.pinNetwork(CHAIN);
      new StoredValidators(store)
          .learn(
              List.of(
                  new Known(
                      VALIDATOR, BlsPublicKey.fromHex(SEEN), WithdrawalCredentials.of(Root.ZERO))),
              Map.of());
      try (SlashingWatch watch =
          new SlashingWatch(
              SPEC,
              clock,
              new VoteHistory(SPEC.slotsPerEpoch(), 16, new EpochBook(store, false, 16)),
              validator -> validator == VALIDATOR.value(),
              false,
              SlashingWatch.Books.of(store),
              new SlashingMetrics(new Metrics(new PrometheusRegistry())),
              offence -> found.add(offence.kind()))) {
        watch.start();
        watch.see(new Sighting.Voted(vote(4, 5), new int[] {7}, "a node"));
        watch.see(new Sighting.Voted(vote(5, 6), new int[] {7}, "a node"));
        watch.see(new Sighting.Proposed(new Slot(50), VALIDATOR, Root.ZERO));
        // The answer to it says that all before was taken.
        watch.see(new Sighting.Accused(List.of(VALIDATOR), true, new Slot(1)));
        assertThat(found.poll(30, TimeUnit.SECONDS)).isEqualTo("attester-slashing");
      }
    }
  }

  private static AttestationData vote(long source, long target) {
    return new AttestationData(
        new Slot(target * SPEC.slotsPerEpoch()),
        0,
        Root.ZERO,
        new Checkpoint(new Epoch(source), Root.ZERO),
        new Checkpoint(new Epoch(target), Root.ZERO));
  }

  private CommandRun run(String command, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("slashing", command, "--data", folder.toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private CommandRun export(String... more) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("auriga.yaml"),
            "watch: {validators: [7], files: [%s]}"
                .formatted(Files.writeString(folder.resolve("keys.txt"), TOLD)));
    List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
    arguments.addAll(List.of(more));
    return run("export", arguments.toArray(String[]::new));
  }

  private String file(String key, String chain, String target) throws IOException {
    return Files.writeString(
            folder.resolve("client.json"),
            """
            {"metadata": {"interchange_format_version": "5", "genesis_validators_root": "%s"},
             "data": [{"pubkey": "%s", "signed_blocks": [],
               "signed_attestations": [
                 {"source_epoch": "5", "target_epoch": "6", "signing_root": "%s"},
                 {"source_epoch": "6", "target_epoch": "%s"}]}]}
            """
                .formatted(chain, key, ROOT, target))
        .toString();
  }

  @Test
  void writesWhatWasSeenAndSaysHowFarThatGoes() throws IOException {
    CommandRun run = export();

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.lines())
        .containsExactly(
            "{\"metadata\":{\"interchange_format_version\":\"5\",\"genesis_validators_root\":\""
                + CHAIN
                + "\"},\"data\":[",
            "{\"pubkey\":\""
                + SEEN
                + "\",\"signed_blocks\":[{\"slot\":\"50\"}],\"signed_attestations\":["
                + "{\"source_epoch\":\"4\",\"target_epoch\":\"5\"},"
                + "{\"source_epoch\":\"5\",\"target_epoch\":\"6\"}]}]}");
    assertThat(run.err())
        .contains("1 keys, 1 blocks, 2 votes.")
        .contains("Votes were seen of 2 of the epochs 5 to 6")
        .contains("Nothing is known of 1 more keys.")
        .contains("No client told what 2 of the keys signed.");
  }

  @Test
  void joinsWhatWasToldAndHandsOnHighestNumbersAlone() throws IOException {
    assertThat(run("import", file(SEEN, CHAIN, "7"), "--json").out())
        .contains("\"keys\":1,\"newBlocks\":0,\"newAttestations\":2");
    assertThat(run("import", file(SEEN, CHAIN, "7")).out())
        .contains("1 keys, 0 blocks and 0 votes that were not known");
    run("import", file(TOLD, CHAIN, "8"), "--source", "other", "--as-of", "1h");

    Path out = folder.resolve("known.json");
    CommandRun run = export("--out", out.toString(), "--json");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("\"keys\":2,\"blocks\":1,\"attestations\":5,\"unknownKeys\":0")
        .contains("\"keysNoClientTold\":0,\"seenFrom\":\"5\",\"seenTo\":\"6\"");
    assertThat(Files.readString(out))
        .contains(
            "{\"source_epoch\":\"4\",\"target_epoch\":\"5\"},"
                + "{\"source_epoch\":\"5\",\"target_epoch\":\"6\",\"signing_root\":\""
                + ROOT
                + "\"},{\"source_epoch\":\"6\",\"target_epoch\":\"7\"}")
        .endsWith("]}\n");
    // It is what other tools of ours take.
    assertThat(CommandRun.of("slashing", "merge", out.toString()).code()).isZero();
    assertThat(export("--out", out.toString()).code()).isEqualTo(ExitCode.USAGE);

    assertThat(export("--strategy", "minimal").lines())
        .anyMatch(
            line ->
                line.contains(SEEN)
                    && line.contains("\"signed_blocks\":[{\"slot\":\"50\"}]")
                    && line.contains(
                        "\"signed_attestations\":[{\"source_epoch\":\"6\",\"target_epoch\":\"7\"}]"));
  }

  @Test
  void aBadFileChangesNothingAndNamesTheReason() throws IOException {
    CommandRun otherChain = run("import", file(SEEN, ROOT, "7"));
    assertThat(otherChain.code()).isEqualTo(ExitCode.FAILED);
    assertThat(otherChain.err()).contains("AUR-CRYPTO-INTERCHANGE-OTHER-CHAIN");

    String torn = file(SEEN, CHAIN, "7");
    Files.writeString(Path.of(torn), Files.readString(Path.of(torn)).strip().replaceAll("}$", ""));
    CommandRun unreadable = run("import", torn);
    assertThat(unreadable.code()).isEqualTo(ExitCode.UNREADABLE);
    assertThat(unreadable.err()).contains("AUR-CLI-FILE-UNREADABLE");

    assertThat(export().err()).contains("No client told what 2 of the keys signed.");
    assertThat(run("import", torn, "--as-of", "2999-01-01").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("import", torn, "--as-of", "soon").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("import", torn, torn, "--source", "one").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void declaresThatClientsAreOffAndOnAgain() {
    assertThat(run("outage").out()).contains("No client was declared off.");
    assertThat(run("outage", "7", "100..102", "--from", "1h", "--note", "moved").out())
        .contains("4 validators are off; 0 of 4 were declared so before.");
    assertThat(run("outage", "7", "--json").out())
        .contains("{\"declared\":\"off\",\"validators\":1,\"changed\":0}");
    assertThat(run("outage").out()).contains("VALIDATOR", "lasts", "moved");

    assertThat(run("outage", "7", "8", "--end").out())
        .contains("1 of 2 validators were off, and are on from now on.");
    assertThat(run("outage", "--json").lines())
        .hasSize(4)
        .anyMatch(line -> line.startsWith("{\"validator\":\"7\"") && !line.contains("null"))
        .anyMatch(line -> line.startsWith("{\"validator\":\"102\"") && line.contains("null"));
  }

  @Test
  void refusesAnOutageOfNobodyOrOfTheFuture() {
    assertThat(run("outage", "--end").err()).contains("no validators are named");
    assertThat(run("outage", "5..3").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("outage", "1..99999999999").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("outage", "18446744073709551615").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("outage", "x").err()).contains("AUR-CLI-USAGE");
    assertThat(run("outage", "7", "--from", "2999-01-01").err()).contains("still to come");
    assertThat(run("outage", "--label", "group:none").err())
        .contains("no watched validator that is known has it");
  }

  @Test
  void saysWhereThereIsNothingToExport() {
    assertThat(run("export").err()).contains("nobody is watched");
    CommandRun missing =
        CommandRun.of("slashing", "import", "x.json", "--data", folder.resolve("no").toString());
    assertThat(missing.code()).isEqualTo(ExitCode.FAILED);
    assertThat(missing.err()).contains("AUR-CLI-NO-STORE");
    assertThat(folder.resolve("no")).doesNotExist();
  }
}
