package io.auriga.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SyncPageTest {
  @TempDir Path folder;
  private SampleSurface surface;
  private Client client;

  @BeforeEach
  void serve() {
    surface = new SampleSurface(new SampleChain(folder.resolve("store")), Optional.empty());
    client = new Client(surface.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    surface.close();
  }

  @Test
  void saysWhenTheFirstVerdictComes() {
    assertThat(client.get("/sync").body()).contains("No slot was judged yet", "sync.watch");
  }

  @Test
  void takesTheNewestSlotThatWentWrongApart() {
    SampleSlots.fill(surface);
    String page = client.get("/sync").body();
    assertThat(page)
        .contains("went wrong at a pair of yours", "Slot 9,000,550", "Slow execution")
        .contains("The execution client took 2900 ms for the payload, and should take 250 ms")
        .contains("2,900\u00a0ms", "Missed slot", "a-node-with-a-long-name")
        .doesNotContain("NaN");
  }

  @Test
  void showsTheSlotThatIsAskedFor() {
    SampleSlots.fill(surface);
    assertThat(client.get("/sync?slot=9000549").body())
        .contains("Slot 9,000,549", "Earlier slot", "/sync?slot=9000548", "/sync?slot=9000550");
    assertThat(client.get("/sync?slot=5").body())
        .contains("The last hours")
        .doesNotContain("Slot 5<");
    assertThat(client.get("/sync?slot=x").status()).isEqualTo(400);
  }

  @Test
  void answersEverySlotOnceOverPagesOfAnySize() {
    SampleSlots.fill(surface);
    for (int limit : new int[] {1, 2, 7, 500}) {
      Set<String> seen = new HashSet<>();
      Optional<String> cursor = Optional.empty();
      for (int n = 0; n < 12; n++) {
        JsonNode page =
            client
                .get(
                    "/api/v1/sync/slots?limit="
                        + limit
                        + cursor.map(at -> "&cursor=" + at).orElse(""))
                .json();
        for (JsonNode record : page.get("data")) {
          String key = record.get("slot").stringValue() + record.get("node").stringValue();
          assertThat(seen.add(key)).as(key).isTrue();
        }
        JsonNode next = page.get("meta").get("nextCursor");
        if (next.isNull()) {
          break;
        }
        cursor = Optional.of(next.stringValue());
      }
      if (limit == 500) {
        assertThat(seen).hasSize(1_200);
      }
    }
  }
}
