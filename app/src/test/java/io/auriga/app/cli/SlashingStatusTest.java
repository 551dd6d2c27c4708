package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.ValidatorIndex;
import io.auriga.validators.slashing.Offence;
import io.auriga.validators.slashing.OffenceBook;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlashingStatusTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  @TempDir private Path folder;

  private CommandRun status(String... more) {
    String[] arguments = {"slashing", "status", "--data", folder.toString()};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return CommandRun.of(all);
  }

  private void found(int validator, boolean watched) {
    try (Store store = Store.open(EmbeddedStores.sqlite(folder), OffenceBook.MIGRATIONS)) {
      boolean _ =
          new OffenceBook(store)
              .add(
                  new Offence.DoubleProposal(
                      new ValidatorIndex(validator),
                      new Slot(9),
                      Root.ZERO,
                      Root.fromHex("0x" + "11".repeat(32))),
                  watched,
                  NOW);
    }
  }

  @Test
  void endsWithAFindingOnlyForAWatchedValidator() {
    found(8, false);
    CommandRun others = status();
    assertThat(others.code()).as(others.err()).isZero();
    assertThat(others.out()).contains("double-proposal").contains("validator 8, slot 9");

    found(7, true);
    CommandRun ours = status("--json", "--limit", "1");
    assertThat(ours.code()).isEqualTo(ExitCode.FINDING);
    assertThat(ours.lines())
        .containsExactly(
            "{\"offence\":\"double-proposal\",\"validator\":\"7\",\"slot\":\"9\",\"watched\":true,"
                + "\"foundAt\":\"2026-11-25T10:00:00Z\",\"earlier\":\"0x"
                + "00".repeat(32)
                + "\",\"later\":\"0x"
                + "11".repeat(32)
                + "\"}");
  }

  @Test
  void saysWhereThereIsNoStoreOrNothingFound() {
    CommandRun missing = status();
    assertThat(missing.code()).isEqualTo(ExitCode.FAILED);
    assertThat(missing.err()).contains("AUR-CLI-NO-STORE");

    try (Store store = Store.open(EmbeddedStores.sqlite(folder), OffenceBook.MIGRATIONS)) {
      assertThat(new OffenceBook(store).newest(1)).isEmpty();
    }
    CommandRun empty = status();
    assertThat(empty.code()).as(empty.err()).isZero();
    assertThat(empty.out()).startsWith("No offences found.");
    assertThat(status("--limit", "0").code()).isEqualTo(ExitCode.USAGE);
  }
}
