package io.auriga.clients.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.auriga.clients.NodeException;
import io.auriga.clients.Vectors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle throughout is the full parser. */
class PlainBlockJsonTest {
  static final List<String> RECORDINGS = Vectors.RECORDINGS;

  private static final int DEPTH = Vectors.JSON.maxDepth();
  private static final String TELLING = "\"\\{}[]:, \n0123456789abcdefx-.eEtrunl\u0000\u001f\u007f";

  @ParameterizedTest
  @FieldSource("RECORDINGS")
  void readsEveryRecordedBlockAsTheFullParserDoes(String recording) {
    int blocks = 0;
    for (Vectors.Exchange exchange : Vectors.exchanges(recording)) {
      if (exchange.path().equals("execution") && exchange.body().contains("eth_getBlockByHash")) {
        assertThat(PlainBlockJson.parse(exchange.response(), DEPTH))
            .isNotNull()
            .isEqualTo(fully(exchange.response()));
        blocks++;
      }
    }
    assertThat(blocks).isGreaterThan(60);
  }

  @Test
  void readsWholeMainnetBlocksAsTheFullParserDoes() {
    List<Path> files = Vectors.files(Vectors.folder("el-withdrawals/mainnet-rpc-full"), ".json.gz");
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      byte[] json = Vectors.gunzip(file);
      assertThat(PlainBlockJson.parse(json, DEPTH)).isNotNull().isEqualTo(fully(json));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void neverReadsADamagedBlockOtherwiseThanTheFullParser(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] whole = block(5 + random.nextInt(60), random.nextBoolean());
    int read = 0;
    int left = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = damage(whole, random);
      ParsedBlock plain = PlainBlockJson.parse(damaged, DEPTH);
      if (plain == null) {
        left++;
        continue;
      }
      read++;
      assertThat(plain)
          .as("seed %d, damage %d: %s", seed, i, new String(damaged, StandardCharsets.ISO_8859_1))
          .isEqualTo(fully(damaged));
    }
    // Changed digits make other blocks; most else is no plain JSON any more.
    assertThat(read).isGreaterThan(1_000);
    assertThat(left).isGreaterThan(1_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"a\\u0062c\"",
        "\"\u00e9\"",
        "1.5",
        "1e3",
        "12345678901234567890",
        "{\"a\\nb\":1}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
      })
  void leavesWhatIsNotPlainToTheFullParser(String value) {
    byte[] json =
        new String(block(1, false), StandardCharsets.UTF_8)
            .replace("\"size\":\"0x1\"", "\"size\":" + value)
            .getBytes(StandardCharsets.UTF_8);
    assertThat(PlainBlockJson.parse(json, DEPTH)).isNull();
  }

  @Test
  void movesOverEverythingPlainInTransactions() {
    String odd =
        "[ ] , { } ,true,false , null,-12, 0,\"\",{\"a\" : [ { \"b\":\"c\" ,\"d\":[1,2]}],"
            + " \"\":{}}";
    byte[] json =
        new String(block(1, true), StandardCharsets.UTF_8)
            .replace("\"transactions\":[", "\"transactions\" : [" + odd + ",")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(PlainBlockJson.parse(json, DEPTH)).isNotNull().isEqualTo(fully(json));
  }

  @Test
  void readsABlockWhereverItsStringsMeetTheEdgesOfAWindow() {
    byte[] json = block(40, true);
    ParsedBlock expected = fully(json);
    for (int shift = 0; shift < 4200; shift += 7) {
      byte[] shifted = new byte[shift + json.length];
      Arrays.fill(shifted, (byte) ' ');
      System.arraycopy(json, 0, shifted, shift, json.length);
      assertThat(PlainBlockJson.parse(shifted, DEPTH)).as("behind %d", shift).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void findsTheSpecialBytesThatALoopFinds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      byte[] text = new byte[random.nextInt(10_000)];
      int rarity = 1 + random.nextInt(200);
      for (int i = 0; i < text.length; i++) {
        text[i] = (byte) (random.nextInt(rarity) == 0 ? random.nextInt(0x80) : 'x');
      }
      SpecialBytes specials = new SpecialBytes(text);
      int position = 0;
      while (position < text.length) {
        int expected = position;
        while (expected < text.length && !isSpecial(text[expected])) {
          expected++;
        }
        assertThat(specials.next(position)).as("from %d", position).isEqualTo(expected);
        position = random.nextInt(8) == 0 ? position + random.nextInt(5000) : expected + 1;
      }
    }
  }

  @Test
  void findsTheFirstByteThatIsNoAsciiWhereverItStands() {
    for (int at = 0; at < 100; at++) {
      byte[] text = new byte[200];
      Arrays.fill(text, (byte) 'x');
      text[at] = (byte) 0xc3;
      assertThat(new SpecialBytes(text).next(0)).isEqualTo(at);
    }
  }

  private static boolean isSpecial(byte b) {
    return b == '"' || b == '\\' || b < ' ';
  }

  /** What the full parser makes of it; null if it refuses. */
  private static @Nullable ParsedBlock fully(byte[] json) {
    try {
      return ExecutionBlockJson.parseFully(Vectors.JSON, json, "oracle");
    } catch (NodeException refused) {
      return null;
    }
  }

  private static byte[] damage(byte[] whole, SplittableRandom random) {
    byte[] damaged = whole.clone();
    for (int times = random.nextInt(3); times >= 0; times--) {
      int at = random.nextInt(damaged.length);
      byte other = (byte) TELLING.charAt(random.nextInt(TELLING.length()));
      switch (random.nextInt(6)) {
        case 0, 1 -> damaged[at] = other;
        case 2 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        case 3 -> damaged = without(damaged, at, at + 1 + random.nextInt(3));
        case 4 -> damaged = Arrays.copyOf(damaged, at + 1);
        default -> {
          byte[] longer = new byte[damaged.length + 1];
          System.arraycopy(damaged, 0, longer, 0, at);
          longer[at] = other;
          System.arraycopy(damaged, at, longer, at + 1, damaged.length - at);
          damaged = longer;
        }
      }
    }
    return damaged;
  }

  private static byte[] without(byte[] bytes, int from, int to) {
    int end = Math.min(to, bytes.length);
    byte[] shorter = new byte[bytes.length - (end - from)];
    System.arraycopy(bytes, 0, shorter, 0, from);
    System.arraycopy(bytes, end, shorter, from, bytes.length - end);
    return shorter.length == 0 ? new byte[] {'{'} : shorter;
  }

  private static byte[] block(int transactions, boolean wrapped) {
    String root = "\"0x" + "1f".repeat(32) + '"';
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < transactions; i++) {
      list.append(i == 0 ? "" : i % 5 == 0 ? " ,\n " : ",")
          .append("{\"hash\":%s,\"nonce\":\"0x%x\",\"type\":2,".formatted(root, i))
          .append("\"accessList\":[{\"address\":\"0x1\",\"storageKeys\":[%s]},{}],".formatted(root))
          .append("\"input\":\"0x%s\",\"to\":null}".formatted("ab".repeat(i)));
    }
    String block =
        """
        {"number":"0x1","hash":%1$s,"parentHash":%1$s,"sha3Uncles":%1$s,"miner":"0xAbcdefABCDEF00112233445566778899aabbccdd",
         "stateRoot":%1$s,"transactionsRoot":%1$s,"receiptsRoot":%1$s,"logsBloom":"0x%2$s","difficulty":"0x0",
         "gasLimit":"0x1","gasUsed":"0x0","timestamp":"0x5","extraData":"0x","mixHash":%1$s,"size":"0x1",
         "nonce":"0x0000000000000000","baseFeePerGas":"0x7","withdrawalsRoot":%1$s,"transactions":[%3$s],"uncles":[],
         "withdrawals":[{"index":"0x1","validatorIndex":"0x2","address":"0xAbcdefABCDEF00112233445566778899aabbccdd","amount":"0x3"},
         {"amount":"0x3","extra":[1],"index":"0x2","validatorIndex":"0x2","address":"0xabcdefABCDEF00112233445566778899aabbccdd"}]}
        """
            .formatted(root, "00".repeat(256), list);
    String json =
        wrapped ? "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + block.strip() + "}" : block;
    return json.getBytes(StandardCharsets.US_ASCII);
  }
}
