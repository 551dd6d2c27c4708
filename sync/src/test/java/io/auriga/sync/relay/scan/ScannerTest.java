package io.auriga.sync.relay.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.sync.relay.EngineVectors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

class ScannerTest {
  private static final int DOCUMENTS = 3_000;
  private static final int SPLIT_DOCUMENTS = 150;
  private static final int LARGE = 4_000;

  @Test
  void readsEveryPublishedRequestAsAFullParserDoes() {
    List<byte[]> requests = EngineVectors.requests();
    assertThat(requests).hasSizeGreaterThan(60);
    for (byte[] body : requests) {
      RequestFacts expected =
          withoutLongText(TreeReading.request(TreeReading.STRICT.readTree(body)));
      assertThat(request(body, body.length)).isEqualTo(expected);
      for (int cut = 0; body.length < LARGE && cut <= body.length; cut++) {
        assertThat(request(body, cut)).as("cut at %d", cut).isEqualTo(expected);
      }
    }
  }

  @Test
  void readsEveryPublishedAnswerAsAFullParserDoes() {
    List<byte[]> answers = EngineVectors.answers();
    assertThat(answers).hasSizeGreaterThan(50);
    for (byte[] body : answers) {
      AnswerFacts expected = TreeReading.answer(TreeReading.STRICT.readTree(body));
      assertThat(withoutLongText(answer(body, body.length))).isEqualTo(withoutLongText(expected));
      for (int cut = 0; body.length < LARGE && cut <= body.length; cut += 1) {
        assertThat(answer(body, cut)).as("cut at %d", cut).isEqualTo(answer(body, body.length));
      }
    }
  }

  @Test
  void readsWithdrawalsAndHashesOfPublishedPayloads() {
    List<JsonNode> calls = EngineVectors.newPayloads();
    long withdrawals = 0;
    for (JsonNode call : calls) {
      RequestFacts facts = request(EngineVectors.MAPPER.writeValueAsBytes(call), 0);
      assertThat(facts.payload().orElseThrow().blockHash()).isPresent();
      withdrawals += facts.payload().orElseThrow().withdrawals().map(List::size).orElse(0);
    }
    assertThat(withdrawals).isPositive();
  }

  @Test
  void readsRandomDocumentsAsAFullParserDoesWhereverTheyAreCut() {
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      byte[] body = new RandomJson(seed).document();
      JsonNode tree = TreeReading.STRICT.readTree(body);
      RequestFacts request = TreeReading.request(tree);
      AnswerFacts answer = TreeReading.answer(tree);
      Random random = new Random(seed);
      assertThat(request(body, random.nextInt(body.length)))
          .as(() -> text(body))
          .isEqualTo(request);
      assertThat(answer(body, random.nextInt(body.length))).as(() -> text(body)).isEqualTo(answer);
      for (int cut = 0; seed < SPLIT_DOCUMENTS && cut <= body.length; cut++) {
        assertThat(request(body, cut)).as("seed %d cut at %d", seed, cut).isEqualTo(request);
        assertThat(answer(body, cut)).as("seed %d cut at %d", seed, cut).isEqualTo(answer);
      }
      assertThat(byteByByte(body)).as(() -> text(body)).isEqualTo(request);
    }
  }

  @Test
  void takesAnyBytesWithoutFailingAndAgreesWhereAFullParserAcceptsThem() {
    int accepted = 0;
    for (int seed = 0; seed < DOCUMENTS; seed++) {
      Random random = new Random(seed);
      byte[] body = mutated(new RandomJson(seed).document(), random);
      RequestFacts facts = request(body, random.nextInt(body.length + 1));
      AnswerFacts answer = answer(body, random.nextInt(body.length + 1));
      JsonNode tree;
      try {
        tree = TreeReading.STRICT.readTree(body);
      } catch (JacksonException rejected) {
        continue;
      }
      if (!tree.isMissingNode()) {
        accepted++;
        assertThat(facts).as(() -> text(body)).isEqualTo(TreeReading.request(tree));
        assertThat(answer).as(() -> text(body)).isEqualTo(TreeReading.answer(tree));
      }
    }
    assertThat(accepted).isPositive();
  }

  @Test
  void saysOfACutOrBrokenDocumentThatItIsNotWhole() {
    for (String body :
        List.of(
            "",
            "  ",
            "{",
            "[",
            "\"",
            "{\"method\"",
            "{\"method\":",
            "{\"method\":\"x\"",
            "{\"method\" \"x\"}",
            "{\"id\":1}}",
            "{\"id\":1} x",
            "{\"id\":1,}x",
            "{,}",
            "{1:2}",
            "{\"id\"::1}",
            "}",
            "]",
            "nul",
            "{\"params\":[{]}")) {
      boolean whole = request(body.getBytes(StandardCharsets.UTF_8), 0).whole();
      // A literal that is cut is not told from a whole one; it wants nothing of it.
      assertThat(whole).as(body).isEqualTo(body.equals("nul"));
    }
  }

  @Test
  void keepsNoMoreThanItsBoundOfAnEndlessText() {
    RequestScanner scanner = new RequestScanner();
    byte[] begin = "{\"method\":\"".getBytes(StandardCharsets.UTF_8);
    scanner.feed(ByteBuffer.wrap(begin), 0, begin.length);
    byte[] piece = new byte[1 << 20];
    Arrays.fill(piece, (byte) 'a');
    for (int i = 0; i < 64; i++) {
      scanner.feed(ByteBuffer.wrap(piece), 0, piece.length);
    }
    byte[] end = "\",\"id\":7}".getBytes(StandardCharsets.UTF_8);
    scanner.feed(ByteBuffer.wrap(end), 0, end.length);
    scanner.end();
    assertThat(scanner.facts().method()).isEmpty();
    assertThat(scanner.facts().id()).contains("7");
    assertThat(scanner.facts().whole()).isTrue();
  }

  @Test
  void skipsNestingOfAnyDepthWithoutKeepingIt() {
    RequestScanner scanner = new RequestScanner();
    byte[] body =
        ("{\"x\":" + "[".repeat(1 << 20) + "]".repeat(1 << 20) + ",\"method\":\"eth_call\"}")
            .getBytes(StandardCharsets.UTF_8);
    scanner.feed(ByteBuffer.wrap(body), 0, body.length);
    assertThat(scanner.facts().method()).contains("eth_call");
  }

  @Test
  void takesMoreWithdrawalsThanABlockMayCarryForNone() {
    String one =
        "{\"index\":\"0x1\",\"validatorIndex\":\"0x2\",\"amount\":\"0x3\",\"address\":\"0x"
            + "00".repeat(20)
            + "\"}";
    String many = String.join(",", Collections.nCopies(PayloadFacts.WITHDRAWALS_MAX + 1, one));
    byte[] body =
        ("{\"method\":\"engine_newPayloadV2\",\"params\":[{\"withdrawals\":[" + many + "]}]}")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(request(body, 0).payload().orElseThrow().withdrawals()).isEmpty();
  }

  @Test
  void looksIntoGzipWhereverItIsCut() throws IOException {
    byte[] plain = new RandomJson(11).document();
    RequestFacts expected = TreeReading.request(TreeReading.STRICT.readTree(plain));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    }
    byte[] body = packed.toByteArray();
    for (int cut = 0; cut <= body.length; cut++) {
      RequestScanner scanner = new RequestScanner();
      try (Gunzip gunzip = new Gunzip(scanner)) {
        gunzip.feed(ByteBuffer.wrap(body), 0, cut);
        gunzip.feed(ByteBuffer.wrap(body), cut, body.length);
        gunzip.end();
      }
      assertThat(normal(scanner.facts())).as("cut at %d", cut).isEqualTo(expected);
    }
    RequestScanner shown = new RequestScanner();
    try (Gunzip gunzip = new Gunzip(shown)) {
      gunzip.feed(ByteBuffer.wrap(plain), 0, plain.length);
      gunzip.end();
    }
    assertThat(shown.facts().whole()).as("no gzip at all").isFalse();
  }

  private static byte[] mutated(byte[] body, Random random) {
    byte[] changed = body.clone();
    String bytes = "\"{}[]:,\\ 0n\u0000";
    for (int i = 0; i <= random.nextInt(3); i++) {
      changed[random.nextInt(changed.length)] = (byte) bytes.charAt(random.nextInt(bytes.length()));
    }
    return random.nextInt(4) == 0
        ? Arrays.copyOf(changed, random.nextInt(changed.length))
        : changed;
  }

  private static RequestFacts request(byte[] body, int cut) {
    RequestScanner scanner = new RequestScanner();
    feed(scanner, body, cut);
    return normal(scanner.facts());
  }

  private static AnswerFacts answer(byte[] body, int cut) {
    AnswerScanner scanner = new AnswerScanner();
    feed(scanner, body, cut);
    AnswerFacts facts = scanner.facts();
    return new AnswerFacts(
        facts.id().map(ScannerTest::normal),
        facts.status(),
        facts.latestValidHash(),
        facts.validationError(),
        facts.payloadId(),
        facts.errorCode(),
        facts.payload(),
        facts.whole());
  }

  /** An id is kept as it was written, which is not always how the oracle would write it. */
  private static RequestFacts normal(RequestFacts facts) {
    return new RequestFacts(
        facts.method(),
        facts.id().map(ScannerTest::normal),
        facts.payload(),
        facts.forkChoice(),
        facts.parameter(),
        facts.batch(),
        facts.batchForkChoice(),
        facts.whole());
  }

  private static String normal(String raw) {
    try {
      return TreeReading.STRICT.writeValueAsString(TreeReading.STRICT.readTree(raw));
    } catch (JacksonException broken) {
      return raw;
    }
  }

  private static void feed(Scanner scanner, byte[] body, int cut) {
    scanner.feed(ByteBuffer.wrap(body), 0, cut);
    scanner.feed(ByteBuffer.wrap(body), cut, body.length);
    scanner.end();
  }

  private static RequestFacts byteByByte(byte[] body) {
    RequestScanner scanner = new RequestScanner();
    for (int i = 0; i < body.length; i++) {
      scanner.feed(ByteBuffer.wrap(body), i, i + 1);
    }
    scanner.end();
    return normal(scanner.facts());
  }

  private static RequestFacts withoutLongText(RequestFacts facts) {
    return new RequestFacts(
        facts.method(),
        facts.id(),
        facts.payload(),
        facts.forkChoice(),
        facts.parameter().filter(text -> text.length() <= Captured.BYTES_MAX),
        facts.batch(),
        facts.batchForkChoice(),
        facts.whole());
  }

  /** Beyond the bound of what is kept of one text. */
  private static AnswerFacts withoutLongText(AnswerFacts facts) {
    return new AnswerFacts(
        facts.id(),
        facts.status(),
        facts.latestValidHash(),
        facts.validationError().filter(text -> text.length() <= Captured.BYTES_MAX),
        facts.payloadId(),
        facts.errorCode(),
        facts.payload(),
        facts.whole());
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Test
  void marksAnEscapedMethodAsWhatItIs() {
    byte[] body = "{\"m\\u0065thod\":\"eth_\\u0063all\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(request(body, 5).method()).isEqualTo(Optional.of("eth_call"));
  }
}
