package io.auriga.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.Problem;
import io.auriga.validators.rewards.RewardKeeper;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidatorsPageTest {
  @TempDir Path folder;
  private SampleChain chain;
  private SampleSurface surface;
  private Client client;

  @BeforeEach
  void serve() {
    chain = new SampleChain(folder.resolve("store"));
    chain.grow(3, 2);
    surface = new SampleSurface(chain, Optional.empty());
    client = new Client(surface.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    surface.close();
  }

  private String page(String path) {
    Client.Answer answer = client.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** The row of one validator. */
  private static String row(String page, int validator) {
    int begin = page.indexOf("<tr data-key=\"" + validator + "\"");
    assertThat(begin).as("row of " + validator).isPositive();
    return page.substring(begin, page.indexOf("</tr>", begin));
  }

  private static long rows(String page) {
    return Pattern.compile("<tr data-key=\"[0-9]+\"").matcher(page).results().count();
  }

  @Test
  void saysHowToBeginWhereNobodyIsWatched() {
    assertThat(page("/validators")).contains("Nobody is watched", "under watch or groups");
    assertThat(page("/validators/7")).doesNotContain("<h2>Duties</h2>");
  }

  @Test
  void showsHowEachOneDoesBesideItsGroupsAndTheNetwork() {
    SampleValidators.fill(surface, 60);
    String page = page("/validators");
    assertThat(page)
        .contains("60 validators watched.", "Network", "All watched", "Group north")
        .contains("operator:a long name/with more", "1 to 50 of 60")
        .doesNotContain("NaN");
    assertThat(row(page, 2))
        .contains("0.0 %", "24 attestations: 0 perfect, 0 late or in part, 24 missed")
        .contains("−0", "block missed");
    assertThat(row(page, 3)).contains("100.0 %", "block proposed");
    assertThat(row(page, 4)).contains("33.3 %", "attested 2 slots late, without head");
    assertThat(row(page, 5)).contains("slashed");
    assertThat(row(page, 6)).contains("leaves in epoch");
    assertThat(row(page, 7)).contains("proposes slot", "in the sync committee");
    assertThat(row(page, 1)).contains("some of it is not known", "32", ".012345");
  }

  @Test
  void leafsThroughThousandsAndFindsThoseThatMissMost() {
    SampleValidators.fill(surface, 10_000);
    String first = page("/validators");
    assertThat(rows(first)).isEqualTo(50);
    assertThat(first).contains("1 to 50 of 10,000", "page=2").doesNotContain("rel=\"prev\"");
    String last = page("/validators?page=200");
    assertThat(last).contains("9,951 to 10,000 of 10,000").doesNotContain("rel=\"next\"");
    assertThat(row(last, 9_999)).contains("/validators/9999");
    assertThat(page("/validators?page=9999999")).as("the last one").contains("9,951 to 10,000");
    String worst = page("/validators?order=missed");
    assertThat(worst.indexOf("<tr data-key=\"2\""))
        .as("who missed all comes first, before who missed one")
        .isPositive()
        .isLessThan(worst.indexOf("<tr data-key=\"10\""));
    assertThat(worst).doesNotContain("<tr data-key=\"0\"");
    assertThat(worst).contains("By index");
    String north = page("/validators?scope=group%3Anorth&page=2");
    assertThat(rows(north)).isEqualTo(50);
    assertThat(north).contains("51 to 100 of 5,000").doesNotContain("<tr data-key=\"101\"");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    SampleValidators.fill(surface, 10);
    assertThat(client.get("/validators?scope=group%3Anobody").status()).isEqualTo(404);
    assertThat(client.get("/validators?order=luck").status()).isEqualTo(400);
    assertThat(client.get("/validators?page=0").status()).isEqualTo(400);
    assertThat(client.get("/validators?pages=1").status()).isEqualTo(400);
  }

  @Test
  void aValidatorsPageHasItsDutiesAndRewardsBesideItsWithdrawals() {
    SampleValidators.fill(surface, 60);
    String page = page("/validators/4");
    assertThat(page)
        .contains("<h2>Duties</h2>", "Rewards of the last day, in Gwei", "attested 2 slots late")
        .contains("32.012345 ETH", "/groups/north", "310,793");
    assertThat(page("/validators/1")).contains("<td class=\"number\">", "?");
    assertThat(page("/validators/9000")).doesNotContain("<h2>Duties</h2>");
  }

  @Test
  void saysWhyRewardsAreNotKnown() {
    SampleValidators.fill(surface, 10);
    surface.rewards =
        new RewardKeeper.Status(
            Optional.empty(),
            Map.of(),
            Optional.of(
                new Problem(
                    "AUR-REWARDS-UNAVAILABLE",
                    "No node serves them",
                    "Ask another",
                    chain.clock().now())));
    assertThat(page("/validators")).contains("No node serves them.", "not asked yet");
  }

  @Test
  void isFoundByIndexKeyAndLabel() {
    SampleValidators.fill(surface, 60);
    Client.Answer key = client.get("/search?q=" + SampleValidators.key(9).toHex());
    assertThat(key.headers().firstValue("Location")).contains("/validators/9");
    assertThat(client.get("/search?q=5").headers().firstValue("Location"))
        .contains("/validators/5");
    assertThat(client.get("/search?q=operator").headers().firstValue("Location"))
        .contains("/validators?scope=operator%3Aa+long+name%2Fwith+more");
  }
}
