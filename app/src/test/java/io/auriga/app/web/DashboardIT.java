package io.auriga.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/**
 * The dashboard in a real browser: what moves, what it says when nothing does, and how it looks.
 */
class DashboardIT {
  private static final String FIRST_ROW = ".withdrawals tbody tr:first-child";

  /** The contrast of every visible text with what lies behind it; those below AA. */
  private static final String LOW_CONTRAST =
      """
      const channel = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
      const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
      const rgba = (css) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = css;
        canvas.fillRect(0, 0, 1, 1);
        return canvas.getImageData(0, 0, 1, 1).data;
      };
      const light = ([r, g, b]) =>
        0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
      const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const color = rgba(getComputedStyle(at).backgroundColor);
          if (color[3] === 255) return color;
        }
        return [255, 255, 255];
      };
      const low = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        const box = element.getBoundingClientRect();
        if (!walker.currentNode.data.trim() || box.width < 2 || element.closest("[hidden],svg")) continue;
        const style = getComputedStyle(element);
        const [a, b] = [light(rgba(style.color)), light(behind(element))].sort((x, y) => y - x);
        const large = parseFloat(style.fontSize) >= 24;
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < (large ? 3 : 4.5)) {
          low.push(ratio.toFixed(2) + " " + element.className + ": " + element.textContent.trim().slice(0, 40));
        }
      }
      return low.join("\\n");
      """;

  @TempDir Path folder;
  private SampleChain chain;
  private SampleSurface surface;
  private Browser browser;

  @BeforeEach
  void open() {
    chain = new SampleChain(folder.resolve("store"));
    chain.grow(40, 12);
    chain.finality(8, 20);
    surface = new SampleSurface(chain, Optional.of(new SampleReplay()));
    browser = Browser.open(folder.resolve("profile"), surface.uri());
    browser.size(1366, 768);
    browser.prefer("light");
  }

  @AfterEach
  void close() {
    if (browser != null) {
      browser.close();
    }
    surface.close();
  }

  @Test
  void withdrawalsArriveOnTopAndMoveThroughTheirStages() {
    browser.open("/");
    assertThat(browser.text(FIRST_ROW)).contains("64,120,479");
    browser.run("window.sameDocument = true");
    chain.growUnconfirmed(3);
    browser.until(() -> assertThat(browser.text(FIRST_ROW)).contains("64,120,482", "Consensus"));
    chain.confirm();
    browser.until(() -> assertThat(browser.text(FIRST_ROW)).contains("64,120,482", "Execution"));
    chain.finality(0, 1);
    browser.until(() -> assertThat(browser.text(FIRST_ROW)).contains("64,120,482", "Safe"));
    chain.finality(0, 0);
    browser.until(() -> assertThat(browser.text(FIRST_ROW)).contains("64,120,482", "Finalized"));
    assertThat(browser.run("return window.sameDocument")).isEqualTo(true);
    browser.assertNoComplaints();
  }

  @Test
  void aReorgIsSeenBeingUndone() {
    browser.open("/");
    assertThat(browser.count("tr.orphaned")).isZero();
    chain.reorg(2, 5);
    browser.until(() -> assertThat(browser.text(".notice")).contains("Reorg of depth 2 undone"));
    browser.until(() -> assertThat(browser.count("tr.orphaned")).isPositive());
    assertThat(
            browser.run(
                "return getComputedStyle(document.querySelector('tr.orphaned .cell-index a'))"
                    + ".textDecorationLine"))
        .isEqualTo("line-through");
    assertThat(browser.count(".star.orphaned")).isEqualTo(2);
  }

  @Test
  void aFilteredListStaysFilteredWhileItIsLive() {
    browser.open("/withdrawals?validatorIndex=401680");
    browser.until(() -> assertThat(browser.text("main")).contains("Nothing matches"));
    chain.grow(1, 3);
    browser.until(() -> assertThat(browser.text(FIRST_ROW)).contains("64,120,480"));
    assertThat(browser.count(".withdrawals tbody tr")).isEqualTo(1);
  }

  @Test
  void saysWhenTheConnectionIsLostAndComesBackByItself() {
    browser.open("/");
    URI uri = surface.uri();
    browser.until(() -> assertThat(browser.find("#connection").isDisplayed()).isFalse());
    surface.stop();
    browser.until(
        () ->
            assertThat(browser.text("#connection-text"))
                .contains("Connection to Auriga lost")
                .containsPattern("again (in [0-9]+ s|now)"));
    chain.grow(1, 1);
    surface.serveAgain(uri.getPort());
    browser.until(() -> assertThat(browser.find("#connection").isDisplayed()).isFalse());
    browser.until(() -> assertThat(browser.text(FIRST_ROW)).contains("64,120,480"));
  }

  @Test
  void saysWhenNothingHasChangedForTwoSlots() {
    browser.open("/");
    browser.run("document.documentElement.dataset.slot = '50'");
    browser.until(() -> assertThat(browser.text("#connection-text")).contains("No new block for"));
    chain.grow(1, 1);
    browser.until(() -> assertThat(browser.find("#connection").isDisplayed()).isFalse());
  }

  @Test
  void followsTheSystemsThemeAndKeepsTheOneChosen() {
    browser.prefer("dark");
    browser.open("/");
    String dark = background();
    browser.find("#theme").click();
    String light = background();
    assertThat(light).isNotEqualTo(dark);
    browser.open("/withdrawals");
    assertThat(background()).isEqualTo(light);
  }

  @Test
  void setsTheReplaysSpeedWithoutLeavingThePage() {
    browser.open("/blocks");
    browser.find("button[name=speed][value='12']").click();
    browser.until(
        () ->
            assertThat(browser.find("button[value='12']").getAttribute("aria-pressed"))
                .isEqualTo("true"));
    assertThat(browser.run("return location.pathname")).isEqualTo("/blocks");
  }

  @Test
  void theFirstTabLeadsPastTheHeadToTheContent() {
    browser.open("/");
    browser.find("body").sendKeys(Keys.TAB);
    assertThat(browser.run("return document.activeElement.className")).isEqualTo("skip");
  }

  @Test
  void everyPageFitsAndIsLegibleOnALaptopAndOnAPhoneByDayAndByNight() {
    browser.open("/");
    browser.run("document.querySelector('h1').style.color = 'rgb(60, 70, 120)'");
    assertThat(browser.run(LOW_CONTRAST))
        .as("what the check finds")
        .asString()
        .contains("Following");
    chain.reorg(2, 12);
    SampleDuties.fill(surface.slo);
    surface.slashing = SampleSlashings.DIRE;
    SampleValidators.fill(surface, 120);
    SampleSlots.fill(surface);
    surface.nodes.add(
        new NodeSnapshot(
            "a-node-with-a-long-name.staking.example:5052",
            NodeSnapshot.Layer.CONSENSUS,
            NodeSnapshot.Health.DOWN,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("connection refused")));
    for (String scheme : List.of("light", "dark")) {
      browser.prefer(scheme);
      for (int width : new int[] {1366, 390}) {
        browser.size(width, width == 390 ? 844 : 768);
        for (String path :
            List.of(
                "/",
                "/withdrawals?orphaned=true",
                "/withdrawals/64120470",
                "/blocks",
                "/blocks/head",
                "/validators",
                "/validators?order=missed&page=2",
                "/validators/2",
                "/validators/401200",
                "/addresses/" + SampleChain.address(401_200 / 40).toHex(),
                "/search?q=1",
                "/groups",
                "/groups/solo",
                "/groups/solo?whatIf=true",
                "/groups/A%20pool%20-%20by%20address",
                "/validators/7?whatIf=true",
                "/reconciliation",
                "/sweep",
                "/slo",
                "/slashing",
                "/sync",
                "/sync?slot=9000549")) {
          browser.open(path);
          String where = path + " at " + width + " " + scheme;
          assertThat(
                  browser.run(
                      "const e = document.documentElement; return e.scrollWidth - e.clientWidth"))
              .as("overflow of " + where)
              .isEqualTo(0L);
          assertThat(browser.run(LOW_CONTRAST)).as("contrast of " + where).isEqualTo("");
          assertThat(
                  browser.run(
                      "return [...document.querySelectorAll('input,select,button')].filter((e) =>"
                          + " !e.labels?.length && !e.ariaLabel && !e.textContent.trim()).length"))
              .as("unlabelled controls of " + where)
              .isEqualTo(0L);
        }
      }
    }
    browser.assertNoComplaints();
  }

  @Test
  void theTableOfValidatorsFitsATablet() {
    SampleValidators.fill(surface, 120);
    browser.size(1024, 768);
    browser.open("/validators");
    assertThat(
            browser.run("const e = document.documentElement; return e.scrollWidth - e.clientWidth"))
        .isEqualTo(0L);
  }

  private String background() {
    return browser.run("return getComputedStyle(document.body).backgroundColor").toString();
  }
}
