package io.auriga.sync.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.runtime.store.EmbeddedStores;
import io.auriga.runtime.store.Store;
import io.auriga.sync.clock.ClockBound;
import io.auriga.sync.slot.Condition;
import io.auriga.sync.slot.EngineAnswer;
import io.auriga.sync.slot.Mark;
import io.auriga.sync.slot.Verdict;
import io.auriga.types.Root;
import io.auriga.types.Slot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(booleans = {false, true})
final class SlotStoreTest {
  private static final Instant START = Instant.parse("2026-11-25T08:00:00Z");

  private final boolean postgres;
  @TempDir private Path folder;
  private Store store;
  private SlotStore slots;

  SlotStoreTest(boolean postgres) {
    this.postgres = postgres;
  }

  @BeforeEach
  void open() {
    String url =
        postgres ? EmbeddedStores.postgres() : EmbeddedStores.sqlite(folder.resolve("data"));
    store = Store.open(url, SlotStore.MIGRATIONS);
    slots = new SlotStore(store);
  }

  @AfterEach
  void close() {
    store.close();
  }

  static SlotRecord record(long slot, String node, String verdict, Verdict.Tone tone) {
    return new SlotRecord(
        new Slot(slot),
        node,
        START.plusSeconds(12 * slot),
        verdict,
        tone,
        "It was \"so\".",
        "block",
        Optional.of(Root.ZERO),
        List.of(
            new SlotRecord.Span(
                "arrival", Duration.ZERO, Duration.ofNanos(1_500_000_001), Duration.ofMillis(3550)),
            new SlotRecord.Span(
                "dispatch+execution",
                Duration.ofNanos(1_500_000_001),
                Duration.ofNanos(7),
                Duration.ofMillis(350))),
        Map.of(Mark.GOSSIP, Duration.ofNanos(-3), Mark.HEAD, Duration.ofNanos(1_500_000_008)),
        Optional.of(EngineAnswer.VALID),
        new Condition(Condition.Side.READY, true, false, Condition.Side.SYNCING),
        Optional.of(new ClockBound(Duration.ofNanos(-5), Duration.ofMillis(900), 12)),
        Duration.ofSeconds(4));
  }

  private static SlotRecord bare(long slot) {
    return new SlotRecord(
        new Slot(slot),
        "a",
        START.plusSeconds(12 * slot),
        "missed-slot",
        Verdict.Tone.ELSEWHERE,
        "No block.",
        "missed",
        Optional.empty(),
        List.of(),
        Map.of(),
        Optional.empty(),
        Condition.UNKNOWN,
        Optional.empty(),
        Duration.ofSeconds(4));
  }

  @Test
  void whatWasWrittenIsReadAsItWas() {
    SlotRecord full = record(7, "a", "on-time", Verdict.Tone.GOOD);
    slots.write(List.of(full), START);
    slots.write(List.of(bare(8)), START);
    assertThat(slots.of(new Slot(7))).containsExactly(full);
    assertThat(slots.of(new Slot(8))).containsExactly(bare(8));
    assertThat(slots.of(new Slot(9))).isEmpty();
    assertThat(full.whole()).contains(Duration.ofNanos(1_500_000_008));
    assertThat(bare(8).whole()).isEmpty();
  }

  @Test
  void aSlotThatIsJudgedAgainHasItsLastVerdict() {
    slots.write(List.of(record(7, "a", "on-time", Verdict.Tone.GOOD)), START);
    slots.write(List.of(record(7, "a", "reorg", Verdict.Tone.ELSEWHERE)), START);
    assertThat(slots.of(new Slot(7)))
        .hasSize(1)
        .first()
        .matches(one -> one.verdict().equals("reorg"));
  }

  @Test
  void theNewestComeFirstAndOldOnesAreForgotten() {
    for (long slot = 0; slot < 10; slot++) {
      slots.write(
          List.of(
              record(slot, "b", "on-time", Verdict.Tone.GOOD),
              record(slot, "a", "slow-execution", Verdict.Tone.OWN)),
          START.plusSeconds(12 * (slot - 4)));
    }
    assertThat(slots.of(new Slot(4))).isEmpty();
    assertThat(slots.of(new Slot(5))).extracting(SlotRecord::node).containsExactly("a", "b");
    assertThat(slots.latest(3, Optional.empty(), START))
        .extracting(one -> one.slot().value() + one.node())
        .containsExactly("9a", "9b", "8a");
    assertThat(slots.latest(3, Optional.of(new Slot(8)), START))
        .extracting(one -> one.slot().value() + one.node())
        .containsExactly("7a", "7b", "6a");
    assertThat(slots.latest(30, Optional.empty(), START.plusSeconds(12 * 9))).hasSize(2);
    assertThat(slots.briefs(3, START))
        .containsExactly(
            brief(8, "a", "slow-execution", Verdict.Tone.OWN),
            brief(9, "b", "on-time", Verdict.Tone.GOOD),
            brief(9, "a", "slow-execution", Verdict.Tone.OWN));
  }

  private static SlotStore.Brief brief(long slot, String node, String verdict, Verdict.Tone tone) {
    return new SlotStore.Brief(new Slot(slot), node, START.plusSeconds(12 * slot), verdict, tone);
  }
}
