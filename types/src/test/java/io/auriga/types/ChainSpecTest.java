package io.auriga.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainSpecTest {

  @ParameterizedTest
  @CsvSource({
    "mainnet, CAPELLA, 2023-04-12T22:27:35Z",
    "mainnet, DENEB, 2024-03-13T13:55:35Z",
    "mainnet, ELECTRA, 2025-05-07T10:05:11Z",
    "mainnet, FULU, 2025-12-03T21:49:11Z",
    "sepolia, CAPELLA, 2023-02-28T04:04:48Z",
    "hoodi, ELECTRA, 2025-03-26T14:37:12Z",
  })
  void placesEachForkAtItsPublishedTime(String network, ForkName fork, Instant published) {
    ChainSpec spec = ChainSpec.builtIn(network);
    Genesis genesis = ChainSpec.builtInGenesis(network).orElseThrow();
    SlotClock clock = SlotClock.of(spec, genesis, InstantSource.system());
    Epoch epoch = spec.forks().epochOf(fork).orElseThrow();
    assertThat(clock.startOf(spec.startSlotOf(epoch))).isEqualTo(published);
    assertThat(spec.forkAt(spec.startSlotOf(epoch))).isEqualTo(fork);
    assertThat(spec.forkAt(new Slot(spec.startSlotOf(epoch).value() - 1))).isLessThan(fork);
  }

  @Test
  void refusesEpochsOfAForkItHasNoNameFor() {
    ChainSpec spec =
        ChainSpec.of(
            Map.of(
                "CONFIG_NAME", "future",
                "PRESET_BASE", "minimal",
                "CAPELLA_FORK_EPOCH", "0",
                "CAPELLA_FORK_VERSION", "0x03000001",
                "ZEPHYR_FORK_EPOCH", "10",
                "ZEPHYR_FORK_VERSION", "0x0f000001"));
    assertThat(spec.forkAt(new Slot(79))).isEqualTo(ForkName.CAPELLA);
    assertThatThrownBy(() -> spec.forkAt(new Slot(80)))
        .isInstanceOf(AurigaException.class)
        .hasMessageContaining("zephyr");
  }

  @Test
  void takesWhatAConfigurationLeavesOutFromItsPreset() {
    ChainSpec spec =
        ChainSpec.of(Map.of("PRESET_BASE", "minimal", "SECONDS_PER_SLOT", 3, "NESTED", Map.of()));
    assertThat(spec.slotDuration()).hasSeconds(3);
    assertThat(spec.slotsPerEpoch()).isEqualTo(8);
    assertThat(spec.number("MAX_WITHDRAWALS_PER_PAYLOAD")).isEqualTo(4);
  }

  @Test
  void namesTheKeyThatIsMissingOrMalformed() {
    assertThatThrownBy(() -> ChainSpec.of(Map.of("SLOTS_PER_EPOCH", "eight")))
        .hasMessageContaining("SLOTS_PER_EPOCH")
        .hasMessageContaining("eight");
    assertThatThrownBy(() -> ChainSpec.of(Map.of()).number("NO_SUCH_KEY"))
        .hasMessageContaining("NO_SUCH_KEY is missing");
    assertThatThrownBy(() -> ChainSpec.builtIn("../preset-minimal"))
        .hasMessageContaining("not one of");
  }

  @Test
  void namesAKnownForkThatIsScheduledWithoutItsVersion() {
    assertThatThrownBy(() -> ChainSpec.of(Map.of("DENEB_FORK_EPOCH", "7")))
        .isInstanceOf(AurigaException.class)
        .hasMessageContaining("network unnamed: DENEB_FORK_EPOCH is set")
        .hasMessageContaining("DENEB_FORK_VERSION is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "86400001", "9223372036854775807", "18446744073709551615"})
  void refusesASlotThatIsNoTimeOrLongerThanADay(String millis) {
    assertThatThrownBy(() -> ChainSpec.of(Map.of("SLOT_DURATION_MS", millis)))
        .isInstanceOf(AurigaException.class)
        .hasMessageContaining("slot duration");
  }

  @Test
  void endsSlotsAndTimesWhereTheirNumbersEnd() {
    ChainSpec spec = ChainSpec.builtIn("mainnet");
    assertThat(spec.startSlotOf(Epoch.FAR_FUTURE)).isEqualTo(Slot.LAST);
    assertThat(spec.startSlotOf(new Epoch(1L << 58))).isEqualTo(new Slot(1L << 63));
    assertThat(spec.startSlotOf(new Epoch(1L << 59))).isEqualTo(Slot.LAST);
    SlotClock clock =
        SlotClock.of(
            spec, ChainSpec.builtInGenesis("mainnet").orElseThrow(), InstantSource.system());
    for (Slot beyond : List.of(Slot.LAST, new Slot(1L << 63), new Slot(Long.MAX_VALUE))) {
      assertThat(clock.startOf(beyond)).isEqualTo(SlotClock.END_OF_TIME);
    }
    assertThat(clock.startOf(new Slot(1L << 40))).isBefore(SlotClock.END_OF_TIME);
  }
}
