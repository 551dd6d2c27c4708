package io.auriga.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SloPageTest {
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
  void saysHowToBeginBeforeTheFirstEpoch() {
    assertThat(client.get("/slo").body()).contains("No duty was counted yet", "watch or groups");
  }

  @Test
  void showsWhatBurnsFirstAndTheNetworkBeside() {
    SampleDuties.fill(surface.slo);
    String page = client.get("/slo").body();
    assertThat(page)
        .contains("error budgets burning, and not by chance", "Group north", "All watched")
        .contains("Page: burns", "with the network")
        .doesNotContain("NaN");
    assertThat(page.indexOf("Group north"))
        .as("the one that burns is before the one that does not")
        .isLessThan(page.indexOf("operator:a name"));
  }

  @Test
  void answersTheSameAsJson() {
    SampleDuties.fill(surface.slo);
    var north =
        java.util.stream.StreamSupport.stream(
                client.get("/api/v1/slo").json().at("/data/objectives").spliterator(), false)
            .filter(line -> line.get("scope").stringValue().equals("group:north"))
            .toList();
    assertThat(north).hasSize(3);
    assertThat(north.getFirst().get("severity").stringValue()).isEqualTo("page");
    assertThat(north.getFirst().at("/windows/2/window").stringValue()).isEqualTo("1h");
    assertThat(north.getFirst().at("/windows/2/missedShared").stringValue()).isEqualTo("30");
  }
}
