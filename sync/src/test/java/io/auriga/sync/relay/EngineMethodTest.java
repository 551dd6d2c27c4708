package io.auriga.sync.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.sync.relay.EngineMethod.Family;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineMethodTest {
  @Test
  void knowsTheTimeThatEveryMethodOfTheCalendarHas() {
    Map<String, Integer> seconds =
        Map.ofEntries(
            Map.entry("engine_newPayloadV1", 8),
            Map.entry("engine_newPayloadV4", 8),
            Map.entry("engine_newPayloadV5", 6),
            Map.entry("engine_newPayloadV6", 6),
            Map.entry("engine_forkchoiceUpdatedV1", 8),
            Map.entry("engine_forkchoiceUpdatedV5", 8),
            Map.entry("engine_getPayloadV1", 1),
            Map.entry("engine_getPayloadV6", 1),
            Map.entry("engine_getBlobsV1", 1),
            Map.entry("engine_getBlobsV4", 1),
            Map.entry("engine_exchangeCapabilities", 1),
            Map.entry("engine_getClientVersionV1", 1),
            Map.entry("engine_getPayloadBodiesByHashV1", 10),
            Map.entry("engine_getPayloadBodiesByRangeV2", 10),
            Map.entry("eth_getLogs", 30));
    seconds.forEach(
        (name, limit) -> {
          EngineMethod method = EngineMethod.of(name);
          assertThat(method.label()).isEqualTo(name);
          assertThat(method.limit()).as(name).isEqualTo(Duration.ofSeconds(limit));
        });
  }

  @Test
  void mirrorsPayloadsAndForkChoicesOfAnyVersionAndNothingElse() {
    assertThat(EngineMethod.of("engine_newPayloadV6").mirrored()).isTrue();
    assertThat(EngineMethod.of("engine_forkchoiceUpdatedWithWitnessV9").mirrored()).isTrue();
    assertThat(EngineMethod.of("engine_getPayloadV4").family()).isEqualTo(Family.GET_PAYLOAD);
    for (String name : new String[] {"engine_getPayloadV4", "eth_call", "engine_getBlobsV2", "x"}) {
      assertThat(EngineMethod.of(name).mirrored()).as(name).isFalse();
    }
  }

  @Test
  void keepsTheLabelsOfUnknownMethodsFew() {
    for (String name :
        new String[] {
          "", "debug_x", "engine_newPayloadV", "engine_newPayloadVX", "engine_soonV1"
        }) {
      assertThat(EngineMethod.of(name).label()).as(name).isEqualTo("other");
    }
    assertThat(EngineMethod.unread(2).label()).isEqualTo("batch");
    assertThat(EngineMethod.unread(0).label()).isEqualTo("unread");
  }
}
