package io.auriga.sync.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.http.ConnectProbe;
import io.auriga.clients.http.ExchangeObserver;
import io.auriga.clients.http.ExchangeTiming;
import io.auriga.clients.http.HttpAnswer;
import io.auriga.runtime.metrics.Exposition;
import io.auriga.runtime.metrics.Metrics;
import io.auriga.sync.clock.ClockBound;
import io.auriga.types.Slot;
import io.auriga.types.SlotClock;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class NodeClocksTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

  private final Metrics registry = new Metrics(new PrometheusRegistry());
  private final SyncMetrics metrics = new SyncMetrics(registry);
  private final NodeClocks clocks = new NodeClocks(metrics);

  private String page() {
    return new String(Exposition.of(registry, "").body(), StandardCharsets.UTF_8);
  }

  @Test
  void anAnswerOfOurRelayBoundsItsClockByFourTimes() {
    ExchangeObserver observer = clocks.observer("relay");
    observer.exchanged(
        answer(
            Map.of(
                "X-Sync-TS-Received", List.of("1700000002000000000"),
                "X-Sync-TS", List.of("1700000002100000000"))),
        timing(true));
    assertThat(clocks.bounds(NOW.plusSeconds(1)))
        .isEqualTo(
            Map.of("relay", new ClockBound(Duration.ofMillis(1_100), Duration.ofMillis(2_000), 1)));
    assertThat(page())
        .contains("auriga_sync_clock_offset_seconds{node=\"relay\"} 1.55")
        .contains("auriga_sync_clock_uncertainty_seconds{node=\"relay\"} 0.45")
        .contains("auriga_sync_article_formula_seconds{node=\"relay\"} 1.1")
        .contains(
            "auriga_sync_rpc_seconds_count{node=\"relay\",stage=\"opening_and_first_byte\"} 1");
  }

  @Test
  void anotherNodesClockIsBoundByTheSecondsOfItsDate() {
    clocks
        .observer("node")
        .exchanged(answer(Map.of("Date", List.of("Tue, 14 Nov 2023 22:13:20 GMT"))), timing(false));
    assertThat(clocks.bounds(NOW.plusSeconds(1)))
        .isEqualTo(
            Map.of("node", new ClockBound(Duration.ofSeconds(-1), Duration.ofSeconds(1), 1)));
    assertThat(page())
        .contains("auriga_sync_rpc_seconds_count{node=\"node\",stage=\"first_byte\"} 1")
        .doesNotContain("auriga_sync_article_formula_seconds{");
  }

  @Test
  void aNodeThatTellsNoTimeHasNoClock() {
    clocks.observer("silent").exchanged(answer(Map.of()), timing(false));
    assertThat(clocks.bounds(NOW)).isEmpty();
    assertThat(page()).doesNotContain("auriga_sync_clock_offset_seconds{");
  }

  @Test
  void openingAConnectionIsMeasuredByItself() {
    metrics.connected("node", new ConnectProbe.Timing(Duration.ofMillis(3), Optional.empty()));
    assertThat(page())
        .contains("auriga_sync_rpc_seconds_count{node=\"node\",stage=\"connect\"} 1")
        .doesNotContain("stage=\"tls\"");
  }

  @Test
  void aMissedSlotMakesHeadsLateByTheClockAndNotByTheFleet() {
    HeadOffsets offsets =
        new HeadOffsets(
            new SlotClock(NOW, Duration.ofSeconds(12), () -> NOW.plusSeconds(120)), metrics);
    offsets.head("consensus", "a", new Slot(9));
    offsets.head("execution", "b", new Slot(7));
    offsets.head("consensus", "liar", Slot.LAST);
    offsets.head("consensus", "liar", new Slot(12));
    assertThat(page())
        .contains("auriga_sync_head_behind_clock_slots{layer=\"consensus\",node=\"a\"} 1.0")
        .contains("auriga_sync_head_behind_fleet_slots{layer=\"consensus\",node=\"a\"} 0.0")
        .contains("auriga_sync_head_behind_clock_slots{layer=\"execution\",node=\"b\"} 3.0")
        .contains("auriga_sync_head_behind_fleet_slots{layer=\"execution\",node=\"b\"} 2.0")
        .doesNotContain("liar");
  }

  private static ExchangeTiming timing(boolean opened) {
    return new ExchangeTiming(opened, Duration.ofMillis(5), Duration.ofMillis(1));
  }

  private static HttpAnswer answer(Map<String, List<String>> headers) {
    return new HttpAnswer(
        200, HttpHeaders.of(headers, (_, _) -> true), new byte[0], NOW, NOW.plusSeconds(1));
  }
}
