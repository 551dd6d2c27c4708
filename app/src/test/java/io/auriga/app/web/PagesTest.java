package io.auriga.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.chain.ChainBlock;
import io.auriga.chain.FollowerSnapshot;
import io.auriga.chain.Problem;
import io.auriga.types.BlsPublicKey;
import io.auriga.types.ValidatorIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as HTML; what moves in them is tested in a browser. */
class PagesTest {
  @TempDir Path folder;
  private SampleChain chain;
  private SampleSurface surface;
  private SampleReplay replay;
  private Client client;

  @BeforeEach
  void serve() {
    chain = new SampleChain(folder);
    replay = new SampleReplay();
    surface = new SampleSurface(chain, Optional.of(replay));
    client = new Client(surface.uri());
  }

  @AfterEach
  void stop() {
    client.close();
    surface.close();
  }

  @Test
  void answersWhatPeopleAskFirst() {
    chain.grow(10, 4);
    chain.finality(3, 6);
    String page = text("/");
    assertThat(page)
        .contains("Following the chain")
        .contains("slot 6,209,545")
        .contains("64,120,039")
        .contains("64,120,015")
        .contains("indices are contiguous")
        .contains("every root agrees")
        .contains("0 slots");
  }

  @Test
  void saysThatItWaitsBeforeTheFirstBlock() {
    surface.state = FollowerSnapshot.State.STARTING;
    assertThat(text("/"))
        .contains("Waiting for the first node", "No withdrawal yet", "No node has been asked yet")
        .contains("nothing checked yet")
        .doesNotContain("every root agrees");
    assertThat(text("/withdrawals")).contains("No withdrawal yet");
    assertThat(text("/blocks")).contains("No block yet");
  }

  @Test
  void showsAReorgWithItsDepthAndBothHeads() {
    chain.grow(5, 3);
    String oldHead = chain.head().orElseThrow().root().toShortHex();
    chain.reorg(2, 3);
    String newHead = chain.head().orElseThrow().root().toShortHex();
    assertThat(text("/")).contains("Reorg of depth 2 undone", oldHead, newHead);
    assertThat(page("/")).contains("class=\"orphaned\"").contains("class=\"star orphaned");
  }

  @Test
  void showsWhyItStalledAndWhatToDo() {
    chain.grow(1, 1);
    surface.state = FollowerSnapshot.State.STALLED;
    surface.problem =
        Optional.of(
            new Problem(
                "AUR-CHAIN-EXECUTION-MISMATCH",
                "entry 3: amount 5 in the beacon block, 6 in the execution block",
                "compare <the node> with another",
                chain.clock().now()));
    assertThat(page("/withdrawals"))
        .contains("AUR-CHAIN-EXECUTION-MISMATCH", "entry 3: amount 5", "Stalled")
        .contains("compare &lt;the node");
  }

  @Test
  void keepsTheFilterInItsLinksAndFields() {
    chain.grow(20, 10);
    String page = page("/withdrawals?fromSlot=6209540&validatorIndex=&stage=execution");
    assertThat(page)
        .contains("name=\"fromSlot\" inputmode=\"numeric\" autocomplete=\"off\" value=\"6209540\"")
        .contains("value=\"execution\" selected")
        .contains("/api/v1/withdrawals/export?fromSlot=6209540&amp;stage=execution&amp;format=csv")
        .contains("/withdrawals?fromSlot=6209540&amp;stage=execution&amp;cursor=");
  }

  @Test
  void marksTheFieldThatItCannotRead() {
    Client.Answer answer = client.page("/withdrawals?validatorIndex=%22%3E%3Cb%3E");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .contains("The filter was not applied", "aria-invalid=\"true\"", "role=\"alert\"")
        .doesNotContain("\"><b>");
  }

  @Test
  void showsTheLifeOfAWithdrawal() {
    chain.grow(10, 4);
    chain.finality(3, 6);
    assertThat(text("/withdrawals/64120000"))
        .contains("In a consensus block", "Execution payload matched", "240 ms later")
        .contains("Safe", "Finalized")
        .doesNotContain("Not yet")
        .contains("Gwei");
    assertThat(text("/withdrawals/64120039")).contains("Not yet");
  }

  @Test
  void showsTheOrphanedCopyBesideTheCanonicalOne() {
    chain.grow(4, 4);
    chain.reorg(1, 4);
    assertThat(text("/withdrawals/64120015"))
        .contains("This copy was in a block that a reorg undid", "Execution payload matched");
  }

  @Test
  void showsABlockWithItsWithdrawals() {
    chain.grow(3, 4);
    ChainBlock head = chain.head().orElseThrow();
    assertThat(text("/blocks/" + head.root()))
        .contains("6,209,538", head.blockHash().toHex(), "64,120,011", "capella");
  }

  @Test
  void drawsWhatAValidatorWasPaidOnOneAxis() {
    chain.grow(4, 4);
    assertThat(text("/validators/401200")).contains("Validator 401200", "Payments", "Paid in all");
    assertThat(page("/validators/401200"))
        .contains("class=\"stem execution\"", "class=\"now\"", "href=\"/addresses/0x");
    assertThat(text("/validators/5")).contains("Nothing was paid");
    assertThat(client.page("/validators/x").status()).isEqualTo(400);
  }

  @Test
  void showsAnAddressWithTheValidatorsThatPaidToIt() {
    chain.grow(10, 16);
    String address = SampleChain.address(401_200 / 40).toHex();
    assertThat(text("/addresses/" + address))
        .contains(address, "Validators that paid to it", "401200", "401239");
    assertThat(client.page("/addresses/0x12").status()).isEqualTo(400);
  }

  @Test
  void showsAGroupWithWhatItWasPaidAndWhatIsToComeTogether() {
    chain.grow(30, 16);
    assertThat(text("/groups")).contains("solo", "309", "A pool - by address", "none yet");
    assertThat(page("/groups")).contains("href=\"/groups/A%20pool%20-%20by%20address\"");
    assertThat(text("/groups/solo"))
        .contains("Group solo", "Paid in all", "To come, together", "Within 24 hours")
        .contains("Within 30 days", "the next 12 of 299", "401200", "What if they left now?");
    assertThat(page("/groups/solo")).contains("class=\"stem", "class=\"expected\"");
    assertThat(text("/groups/A%20pool%20-%20by%20address"))
        .contains(SampleChain.address(10_031).toHex(), "401240");
    assertThat(text("/groups/none%20yet")).contains("Nothing was paid");
  }

  @Test
  void saysWhatLeavingNowWouldComeToWhenAskedOnly() {
    chain.grow(30, 16);
    assertThat(text("/validators/7"))
        .contains("What if it left now?")
        .doesNotContain("a what-if, not a prediction");
    assertThat(text("/validators/7?whatIf=true"))
        .contains("a what-if, not a prediction", "Out in epoch", "Withdrawable from");
    assertThat(text("/groups/solo?whatIf=true")).contains("All at once: last out", "299 of 299");
  }

  @Test
  void answersAnUnknownGroupWithAPageThatSaysSo() {
    for (String name : List.of("nobody", "%3Cscript%3E", "..%2F..%2Fetc", "%00", "x".repeat(300))) {
      Client.Answer answer = client.page("/groups/" + name);
      assertThat(answer.status()).as(name).isIn(404, 400);
      assertThat(answer.body()).as(name).doesNotContain("<script>E", "<script>&", "etc/passwd");
    }
    assertThat(client.page("/groups/nobody").status()).isEqualTo(404);
    assertThat(client.page("/groups/nobody").body()).contains("names no such group");
  }

  @Test
  void searchFindsGroupsByAPartOfTheirName() {
    chain.grow(1, 1);
    assertThat(location("solo")).isEqualTo("/groups/solo");
    assertThat(location("BY%20ADD")).isEqualTo("/groups/A%20pool%20-%20by%20address");
    assertThat(text("/search?q=o")).contains("Group solo", "Group A pool", "Group none yet");
  }

  @Test
  void saysWhyNothingIsExpectedAndTheSweepIsNotKnown() {
    assertThat(text("/sweep")).contains("Not known yet", "No prediction has come true yet");
    chain.grow(2, 4);
    assertThat(text("/validators/401200")).contains("Expected");
  }

  @Test
  void searchLeadsStraightToWhatOnlyOneThingCanBeMeantBy() {
    chain.grow(3, 4);
    ChainBlock head = chain.head().orElseThrow();
    assertThat(location("64120003")).isEqualTo("/withdrawals/64120003");
    assertThat(location("401201")).isEqualTo("/validators/401201");
    assertThat(location("6209537")).startsWith("/blocks/0x");
    assertThat(location("17034871")).startsWith("/blocks/0x");
    assertThat(location(head.root().toHex())).isEqualTo("/blocks/" + head.root());
    assertThat(location(head.blockHash().toHex())).isEqualTo("/blocks/" + head.root());
    surface.keys.put(BlsPublicKey.fromHex("0x" + "ab".repeat(48)), new ValidatorIndex(401_201));
    assertThat(location("0x" + "ab".repeat(48))).isEqualTo("/validators/401201");
    assertThat(location("0x" + "Ab".repeat(20))).isEqualTo("/addresses/0x" + "ab".repeat(20));
  }

  @Test
  void searchSaysWhatItCannotFindOrRead() {
    chain.grow(1, 1);
    assertThat(text("/search?q=")).contains("Search for a validator");
    assertThat(text("/search?q=7")).contains("Nothing kept here has that name");
    assertThat(text("/search?q=0x" + "00".repeat(32))).contains("Nothing kept here");
    assertThat(text("/search?q=0x" + "12".repeat(48))).contains("Nothing kept here");
    assertThat(text("/search?q=0x1234")).contains("Hex digits are 20 bytes of an address");
    assertThat(page("/search?q=%3Cscript%3E")).doesNotContain("<script>&lt;", "For <script>");
  }

  private String location(String typed) {
    Client.Answer answer = client.page("/search?q=" + typed);
    assertThat(answer.status()).isEqualTo(302);
    return answer.location().orElseThrow();
  }

  @Test
  void leadsOnFromAPathThatDoesNotExist() {
    Client.Answer answer = client.page("/wihdrawals");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).contains("Nothing here", "href=\"/withdrawals\"");
    assertThat(client.page("/withdrawals/5").status()).isEqualTo(404);
    assertThat(client.page("/withdrawals/x").status()).isEqualTo(400);
    assertThat(client.get("/wihdrawals").json().get("code").stringValue())
        .isEqualTo("AUR-HTTP-NOT-FOUND");
  }

  @Test
  void hasNoInlineScriptOrStyleAndLoadsNothingFromElsewhere() {
    chain.grow(6, 4);
    chain.reorg(2, 4);
    for (String path : List.of("/", "/withdrawals", "/withdrawals/64120000", "/blocks", "/nope")) {
      String page = page(path);
      assertThat(page).as(path).doesNotContain(" style=", " onclick=", "<style");
      assertThat(Pattern.compile("<script(?![^>]* src=\"/asset/)").matcher(page).find()).isFalse();
      assertThat(Pattern.compile("(src|href|action)=\"(https?:)?//").matcher(page).find())
          .isFalse();
    }
  }

  @Test
  void servesEveryFileThatItsPagesName() throws IOException {
    String page = page("/");
    List<String> files =
        Pattern.compile("/asset/[a-z0-9.-]+")
            .matcher(page)
            .results()
            .map(match -> match.group())
            .distinct()
            .toList();
    assertThat(files).hasSizeGreaterThan(4);
    for (String file : files) {
      assertThat(client.get(file).status()).as(file).isEqualTo(200);
    }
    try (InputStream script = WebSurface.class.getResourceAsStream("asset/live.js")) {
      assertThat(script).isNotNull();
      String source = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      Pattern.compile("\"\\./([a-z]+\\.js)\"")
          .matcher(source)
          .results()
          .forEach(
              match ->
                  assertThat(client.get("/asset/" + match.group(1)).status())
                      .as(match.group(1))
                      .isEqualTo(200));
    }
  }

  @Test
  void setsTheSpeedOfTheReplay() {
    assertThat(text("/")).contains("A recorded chain is being replayed", "Pause");
    assertThat(client.post("/demo/replay", "speed=10").status()).isEqualTo(303);
    assertThat(replay.speed()).isEqualTo(10);
    assertThat(client.post("/demo/replay", "paused=true").status()).isEqualTo(303);
    assertThat(replay.paused()).isTrue();
    assertThat(text("/")).contains("Resume");
    assertThat(page("/")).contains("data-speed=\"0.0\"");
    for (String wrong :
        List.of("speed=0", "speed=61", "speed=NaN", "speed=x", "paused=1", "x", "speed=%zz")) {
      assertThat(client.post("/demo/replay", wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(replay.speed()).isEqualTo(10);
  }

  private String page(String path) {
    return client.page(path).body();
  }

  /** What a reader sees of a page: its words, without the tags between them. */
  private String text(String path) {
    return page(path).replaceAll("<[^>]*>", "").replaceAll("\\s+", " ");
  }
}
