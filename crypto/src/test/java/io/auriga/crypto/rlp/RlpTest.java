package io.auriga.crypto.rlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.CryptoError;
import io.auriga.crypto.Vectors;
import io.auriga.types.Hex;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.apache.tuweni.bytes.Bytes;
import org.apache.tuweni.rlp.RLP;
import org.apache.tuweni.rlp.RLPWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RlpTest {
  @Test
  void encodesAndReadsThePublicVectors() {
    JsonNode vectors = Vectors.json(Vectors.path("el-withdrawals/trie-rlp/rlptest.json"));
    assertThat(vectors.size()).isGreaterThan(20);
    for (JsonNode vector : vectors) {
      RlpWriter writer = new RlpWriter();
      write(writer, vector.get("in"));
      byte[] encoded = writer.toBytes();
      assertThat(Hex.toHex(encoded)).isEqualTo(vector.get("out").asString());
      RlpReader.check(encoded);
      assertThat(rewritten(encoded)).isEqualTo(encoded);
    }
  }

  private static void write(RlpWriter writer, JsonNode value) {
    if (value.isArray()) {
      writer.beginList();
      value.forEach(item -> write(writer, item));
      writer.endList();
    } else if (value.isNumber()) {
      writer.uint64(value.asLong());
    } else if (value.asString().startsWith("#")) {
      writer.integer(new BigInteger(value.asString().substring(1)));
    } else {
      writer.bytes(value.asString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void refusesThePublicVectorsOfInvalidRlp() {
    JsonNode vectors = Vectors.json(Vectors.path("el-withdrawals/trie-rlp/invalidRLPTest.json"));
    assertThat(vectors.size()).isGreaterThan(20);
    vectors
        .properties()
        .forEach(
            vector -> {
              String hex = vector.getValue().get("out").asString();
              byte[] bytes = Hex.parse(hex.startsWith("0x") ? hex : "0x" + hex);
              assertThatThrownBy(() -> RlpReader.check(bytes))
                  .as(vector.getKey())
                  .isInstanceOfSatisfying(
                      RlpException.class,
                      refusal ->
                          assertThat(refusal.errorCode()).isEqualTo(CryptoError.RLP_MALFORMED));
            });
  }

  @Test
  void writesAsTuweniDoes() {
    Random random = new Random(4895);
    for (int round = 0; round < 500; round++) {
      long seed = random.nextLong();
      RlpWriter ours = new RlpWriter();
      writeRandom(ours, new Random(seed), 0);
      Bytes theirs = RLP.encode(writer -> writeRandom(writer, new Random(seed), 0));
      assertThat(ours.toBytes()).as("seed %d", seed).isEqualTo(theirs.toArrayUnsafe());
      assertThat(rewritten(ours.toBytes())).as("seed %d", seed).isEqualTo(ours.toBytes());
    }
  }

  private static void writeRandom(RlpWriter writer, Random random, int depth) {
    switch (random.nextInt(depth > 4 ? 3 : 5)) {
      case 0 -> writer.bytes(randomBytes(random));
      case 1 -> writer.uint64(randomLong(random));
      case 2 -> writer.integer(new BigInteger(random.nextInt(257), random));
      default -> {
        writer.beginList();
        for (int items = random.nextInt(6); items > 0; items--) {
          writeRandom(writer, random, depth + 1);
        }
        writer.endList();
      }
    }
  }

  private static void writeRandom(RLPWriter writer, Random random, int depth) {
    switch (random.nextInt(depth > 4 ? 3 : 5)) {
      case 0 -> writer.writeByteArray(randomBytes(random));
      case 1 -> writer.writeLong(randomLong(random));
      case 2 -> writer.writeBigInteger(new BigInteger(random.nextInt(257), random));
      default ->
          writer.writeList(
              list -> {
                for (int items = random.nextInt(6); items > 0; items--) {
                  writeRandom(list, random, depth + 1);
                }
              });
    }
  }

  private static byte[] randomBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(70_000) : random.nextInt(60)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static long randomLong(Random random) {
    return random.nextLong() >>> (1 + random.nextInt(63));
  }

  @Test
  void acceptsRandomBytesOnlyInTheirOneForm() {
    Random random = new Random(99);
    int accepted = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(12)];
      random.nextBytes(bytes);
      if (random.nextBoolean()) {
        bytes[0] = (byte) (0xc0 + bytes.length - 1);
      }
      try {
        RlpReader.check(bytes);
      } catch (RlpException refused) {
        assertThat(refused.offset()).isBetween(0, bytes.length);
        continue;
      }
      accepted++;
      assertThat(rewritten(bytes)).isEqualTo(bytes);
    }
    assertThat(accepted).isGreaterThan(1000);
  }

  /** Reads everything and writes it again. */
  private static byte[] rewritten(byte[] rlp) {
    RlpWriter writer = new RlpWriter();
    RlpReader reader = RlpReader.of(rlp);
    copy(reader, writer);
    reader.expectEnd();
    return writer.toBytes();
  }

  private static void copy(RlpReader reader, RlpWriter writer) {
    if (!reader.nextIsList()) {
      writer.bytes(reader.bytes());
      return;
    }
    writer.beginList();
    RlpReader inner = reader.list();
    int count = inner.count();
    while (inner.hasNext()) {
      copy(inner, writer);
      count--;
    }
    assertThat(count).isZero();
    writer.endList();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 255, 256, 1L << 56, Long.MAX_VALUE, Long.MIN_VALUE, -1})
  void keepsAllBitsOfAnUnsignedInteger(long value) {
    byte[] rlp = new RlpWriter().uint64(value).toBytes();
    assertThat(RlpReader.of(rlp).uint64()).isEqualTo(value);
    assertThat(RlpReader.of(rlp).uint256()).isEqualTo(new BigInteger(Long.toUnsignedString(value)));
    assertThat(new RlpWriter().integer(RlpReader.of(rlp).uint256()).toBytes()).isEqualTo(rlp);
  }

  @Test
  void refusesAnIntegerWithLeadingZeros() {
    assertRefused("0x820001", "leading zeros", RlpReader::uint64);
    assertRefused("0x00", "leading zeros", RlpReader::uint64);
  }

  @Test
  void refusesAnIntegerThatDoesNotFit() {
    assertRefused("0x89010000000000000000", "at most 8", RlpReader::uint64);
    assertRefused("0xa1" + "01".repeat(33), "at most 32", RlpReader::uint256);
  }

  @Test
  void refusesAKindThatWasNotAskedFor() {
    assertRefused("0xc0", "a list where a string", RlpReader::bytes);
    assertRefused("0x80", "a string where a list", RlpReader::list);
    assertRefused("0x83010203", "3 bytes where 20", reader -> reader.bytes(20));
  }

  @Test
  void refusesItemsThatReachBeyondTheirList() {
    // The inner string has two bytes, the list around it has room for one of them.
    assertRefused("0xc2820102", "2 bytes where 1", reader -> reader.list().bytes());
  }

  @Test
  void refusesBytesBehindTheItem() {
    assertThatThrownBy(() -> RlpReader.check(new byte[] {1, 2})).hasMessageContaining("1 bytes");
  }

  @Test
  void refusesListsNestedTooDeep() {
    RlpWriter writer = new RlpWriter();
    int depth = RlpReader.DEPTH_MAX + 1;
    for (int i = 0; i < depth; i++) {
      writer.beginList();
    }
    for (int i = 0; i < depth; i++) {
      writer.endList();
    }
    byte[] nested = writer.toBytes();
    assertThatThrownBy(() -> RlpReader.check(nested)).hasMessageContaining("nested");
    // A bomb of a million list headers must not overflow the stack either.
    byte[] bomb = new byte[1_000_000];
    Arrays.fill(bomb, (byte) 0xc1);
    assertThatThrownBy(() -> RlpReader.check(bomb)).isInstanceOf(RlpException.class);
  }

  @Test
  void namesTheByteWhereReadingStopped() {
    RlpReader reader = RlpReader.of(Hex.parse("0x0102c101"));
    reader.skip();
    reader.skip();
    assertThat(reader.position()).isEqualTo(2);
    assertThatThrownBy(reader::bytes)
        .isInstanceOf(RlpException.class)
        .hasMessage("Cannot read RLP: a list where a string should be at byte 2");
  }

  private interface Read {
    Object from(RlpReader reader);
  }

  private static void assertRefused(String hex, String problem, Read read) {
    assertThatThrownBy(() -> read.from(RlpReader.of(Hex.parse(hex))))
        .isInstanceOf(RlpException.class)
        .hasMessageContaining(problem);
  }
}
