package io.auriga.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.metrics.Exposition;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import io.auriga.types.SlotClock;
import io.auriga.validators.slashing.KeyReport;
import io.auriga.validators.slashing.OffenceBook;
import io.auriga.validators.slashing.SigningRecords;
import io.auriga.validators.slashing.SlashingMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientFilesTest {
  private static final ChainSpec SPEC = ChainSpec.builtIn("minimal");
  private static final Duration SLOT = SPEC.slotDuration();
  private static final Root CHAIN = Root.fromHex("0x" + "11".repeat(32));
  private static final String KEY = "0x" + "ab".repeat(48);

  @TempDir private Path folder;
  private final Metrics metrics = new Metrics(new PrometheusRegistry());
  private Store store;
  private ClientFiles files;

  private static Instant startOf(long epoch) {
    return Instant.EPOCH.plus(SLOT.multipliedBy(epoch * SPEC.slotsPerEpoch()));
  }

  @BeforeEach
  void open() {
    store = Store.open(EmbeddedStores.sqlite(folder.resolve("data")), OffenceBook.MIGRATIONS);
    files =
        new ClientFiles(
            List.of(folder.resolve("clients"), folder.resolve("one.json")),
            SPEC,
            new SlotClock(Instant.EPOCH, SLOT, () -> startOf(50)),
            CHAIN,
            new SigningRecords(store),
            new SlashingMetrics(metrics));
  }

  @AfterEach
  void close() {
    files.close();
    store.close();
  }

  private void write(String name, Root chain, long target, Instant written) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        {"metadata": {"interchange_format_version": "5", "genesis_validators_root": "%s"},
         "data": [{"pubkey": "%s", "signed_blocks": [], "signed_attestations": [
           {"source_epoch": "%d", "target_epoch": "%d"}]}]}
        """
            .formatted(chain, KEY, target - 1, target));
    Files.setLastModifiedTime(file, FileTime.from(written));
  }

  private int votes() {
    return new SigningRecords(store).of(BlsPublicKey.fromHex(KEY)).attestations().size();
  }

  private List<Instant> asOf() {
    return new SigningRecords(store)
        .reports().stream()
            .map(KeyReport::told)
            .flatMap(told -> told.asOf().stream())
            .sorted()
            .toList();
  }

  private String unreadable() {
    String all = new String(Exposition.of(metrics, "").body(), StandardCharsets.UTF_8);
    return all.lines()
        .filter(line -> line.startsWith("auriga_slashing_client_files_unreadable "))
        .findFirst()
        .orElse("none");
  }

  @Test
  void takesAFileOnceItRestsAndAgainWhenItChanged() throws IOException {
    write("clients/a.json", CHAIN, 20, startOf(21));
    files.look();
    assertThat(votes()).as("it may still be written").isZero();
    files.look();
    assertThat(votes()).isEqualTo(1);

    write("clients/a.json", CHAIN, 21, startOf(22));
    write("one.json", CHAIN, 22, startOf(22));
    write("clients/readme.txt", CHAIN, 30, startOf(22));
    files.look();
    files.look();
    assertThat(votes()).isEqualTo(3);
    assertThat(unreadable()).endsWith(" 0.0");
  }

  @Test
  void believesAFileAnEpochLessThanItsTimeAndACopyOfAnOldOneOnlyAsFarAsItsVotesGo()
      throws IOException {
    write("clients/a.json", CHAIN, 20, startOf(22));
    write("clients/copy.json", CHAIN, 20, startOf(40));
    files.look();
    files.look();

    assertThat(asOf()).containsExactly(startOf(21), startOf(22));
  }

  @Test
  void aFileThatIsTornOrOfAnotherChainChangesNothingAndIsTakenOnceItIsWhole() throws IOException {
    write("clients/a.json", Root.ZERO, 20, startOf(21));
    Files.writeString(folder.resolve("one.json"), "{\"metadata\": ");
    files.look();
    files.look();
    assertThat(votes()).isZero();
    assertThat(unreadable()).endsWith(" 2.0");

    write("clients/a.json", CHAIN, 20, startOf(23));
    Files.delete(folder.resolve("one.json"));
    files.look();
    files.look();
    assertThat(votes()).isEqualTo(1);
    assertThat(unreadable()).endsWith(" 0.0");
  }
}
