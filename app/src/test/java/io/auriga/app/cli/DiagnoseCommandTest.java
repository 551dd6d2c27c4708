package io.auriga.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.http.Json;
import io.auriga.runtime.store.Store;
import io.auriga.sync.record.SlotRecord;
import io.auriga.sync.record.SlotStore;
import io.auriga.sync.slot.Chain;
import io.auriga.sync.slot.Classifier;
import io.auriga.sync.slot.Condition;
import io.auriga.sync.slot.Mark;
import io.auriga.sync.slot.PairView;
import io.auriga.sync.slot.SlotView;
import io.auriga.sync.slot.Thresholds;
import io.auriga.types.ChainSpec;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiagnoseCommandTest {
  private static final Thresholds LIMITS = Thresholds.of(ChainSpec.builtIn("mainnet"));
  private static final SlotClock CLOCK =
      new SlotClock(Instant.EPOCH, Duration.ofSeconds(12), InstantSource.system());

  @TempDir Path folder;

  private CommandRun run(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("sync", "diagnose", "--data", folder.toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  /** Slots in time, and of the last one the head so late. */
  private void fill(int slots, long lastHead) {
    try (Store store = Store.open("sqlite:" + folder, SlotStore.MIGRATIONS)) {
      for (int n = 1; n <= slots; n++) {
        SlotView view = view(n, n == slots ? lastHead : 1_900);
        new SlotStore(store)
            .write(
                new Classifier(LIMITS)
                    .diagnose(view).stream()
                        .map(diagnosis -> SlotRecord.of(diagnosis, LIMITS, CLOCK))
                        .toList(),
                Instant.EPOCH);
      }
    }
  }

  private static SlotView view(long slot, long head) {
    PairView pair =
        new PairView(
            "http://cl",
            Map.of(Mark.GOSSIP, Duration.ofMillis(1_500), Mark.HEAD, Duration.ofMillis(head)),
            Optional.empty(),
            Condition.UNKNOWN,
            Optional.empty());
    return new SlotView(
        new Slot(slot),
        new Chain.Block(Root.ZERO, OptionalInt.empty()),
        List.of(pair),
        Duration.ZERO);
  }

  @Test
  void countsVerdictsAndEndsWithZeroWhereNothingWasLate() {
    fill(5, 2_000);
    CommandRun run = run();
    assertThat(run.code()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("on-time", "5", "Slots 1 to 5. Nothing of yours was late.");
  }

  @Test
  void namesWhatWentWrongAndEndsWithOne() {
    fill(5, 5_000);
    CommandRun run = run();
    assertThat(run.code()).isEqualTo(ExitCode.FINDING);
    assertThat(run.out())
        .contains("slow-pair", "The newest of 1 that went wrong here", "put the relay between");
  }

  @Test
  void takesOneSlotApart() {
    fill(3, 5_000);
    CommandRun run = run("--slot", "3");
    assertThat(run.code()).isEqualTo(ExitCode.FINDING);
    assertThat(run.out())
        .contains("Slot 3 at http://cl: slow-pair")
        .contains("arrival", "1500.0 ms", "dispatch+execution+data+import", "3500.0 ms");
    assertThat(run("--slot", "2").code()).isEqualTo(ExitCode.OK);
  }

  @Test
  void givesTheSameAsJson() {
    fill(3, 5_000);
    CommandRun run = run("--json", "--last", "12s");
    assertThat(run.out().lines()).hasSize(2);
    assertThat(
            Json.parse(run.out().lines().findFirst().orElseThrow().getBytes(StandardCharsets.UTF_8))
                .get("verdict")
                .stringValue())
        .isEqualTo("slow-pair");
  }

  @Test
  void saysThatNothingIsKept() {
    fill(1, 1_000);
    CommandRun run = run("--slot", "99");
    assertThat(run.code()).isEqualTo(ExitCode.FINDING);
    assertThat(run.out()).contains("No verdict on slot 99 is kept");
  }

  @Test
  void refusesASlotAndATimeThatAreNone() {
    assertThat(run("--slot", "-1").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("--last", "soon").code()).isEqualTo(ExitCode.USAGE);
    assertThat(run("--last", "soon").err()).contains("such as 30m, 12h or 2d");
  }

  @Test
  void saysWhereThereIsNoStore() {
    assertThat(run().err()).contains("AUR-CLI-NO-STORE", "say who was late");
  }
}
