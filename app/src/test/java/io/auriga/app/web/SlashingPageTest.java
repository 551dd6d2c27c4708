package io.auriga.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SlashingPageTest {
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
  void saysHowToBeginAndIsCalmWhereThereIsNothing() {
    assertThat(client.get("/slashing").body())
        .contains("Nothing is watched: set slashing.watch", "None was seen", "Nothing yet");

    surface.slashing = SampleSlashings.CALM;
    assertThat(client.get("/slashing").body())
        .contains("No watched validator did anything slashable.", "812 epochs", "98.0 MB")
        .contains("not armed")
        .doesNotContain("class=\"case");
  }

  @Test
  void showsBothSidesOfWhatWasFoundAndWhatWasDone() {
    surface.slashing = SampleSlashings.DIRE;
    String page = client.get("/slashing").body();

    assertThat(page)
        .contains("Somebody else signs with a key of yours: 2 messages. 1 offence of watched")
        .contains("1 offence of other validators.")
        .contains("A vote of somebody else", "A block of somebody else", "Double vote")
        .contains("head 0x" + "ef".repeat(32), "head 0x" + "12".repeat(32))
        .contains("names no vote after target epoch 194050", "Accused of two votes")
        .contains("done: it answered with status 200", "keymanager (dry run)", "no outcome yet")
        .contains("off, and still is: &lt;moved&gt;", "as of no known time")
        .doesNotContain("<moved>");
  }

  @Test
  void answersTheSameAsJson() {
    surface.slashing = SampleSlashings.DIRE;
    JsonNode data = client.get("/api/v1/slashing").json().at("/data");

    assertThat(data.at("/watching").stringValue()).isEqualTo("network");
    assertThat(data.at("/state/bytes").stringValue()).isEqualTo("98000000");
    assertThat(data.at("/offences/0/later").stringValue()).contains("head 0x1212");
    assertThat(data.at("/offences/1/watched").booleanValue()).isFalse();
    assertThat(data.at("/doppelgangers/0/reason").stringValue()).isEqualTo("not_signed");
    assertThat(data.at("/doppelgangers/1/seenAt").isNull()).isTrue();
    assertThat(data.at("/stops/0/outcome").stringValue()).startsWith("done");
    assertThat(data.at("/outages/0/until").isNull()).isTrue();
    assertThat(data.at("/sources/0/keys").stringValue()).isEqualTo("1000");

    surface.slashing = SampleSlashings.OFF;
    assertThat(client.get("/api/v1/slashing").json().at("/data/state").isNull()).isTrue();
  }
}
