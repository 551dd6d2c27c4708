package io.auriga.crypto.snappy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

class SnappyBlockTest {
  private static final int MAX = 1 << 20;

  @Test
  void decodesWhatTheReferenceEncoderWrites() throws IOException {
    for (int length : new int[] {0, 1, 2, 59, 60, 61, 255, 256, 257, 65_535, 65_537, 300_000}) {
      byte[] content = Mixture.of(42, length);
      assertThat(SnappyBlock.decode(Snappy.compress(content), MAX))
          .as("%s bytes", length)
          .isEqualTo(content);
    }
  }

  @Test
  void neverDecodesDamagedDataToItsPromisedLengthByChance() throws IOException {
    Random random = new Random(7);
    byte[] packed = Snappy.compress(Mixture.of(7, 20_000));
    for (int i = 0; i < 2000; i++) {
      byte[] damaged = Arrays.copyOf(packed, packed.length - random.nextInt(3));
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
      byte[] expected;
      try {
        expected = Snappy.uncompress(damaged);
      } catch (IOException | RuntimeException refused) {
        assertThatThrownBy(() -> SnappyBlock.decode(damaged, MAX))
            .isInstanceOf(SnappyException.class);
        continue;
      }
      assertThat(SnappyBlock.decode(damaged, MAX)).isEqualTo(expected);
    }
  }

  @Test
  void copiesBytesThatItHasJustWritten() {
    // 23 bytes: two literal ones, then 21 copied from two back; then runs of each short distance.
    byte[] pair = {23, 1 << 2, 'a', 'b', 20 << 2 | 2, 2, 0};
    assertThat(SnappyBlock.decode(pair, MAX)).asString().isEqualTo("ab".repeat(11) + "a");
    for (int back = 1; back <= 17; back++) {
      byte[] literal = Mixture.of(back, back);
      byte[] packed = new byte[2 + back + 3];
      packed[0] = (byte) (back + 60);
      packed[1] = (byte) ((back - 1) << 2);
      System.arraycopy(literal, 0, packed, 2, back);
      packed[2 + back] = (byte) (59 << 2 | 2);
      packed[3 + back] = (byte) back;
      byte[] unpacked = SnappyBlock.decode(packed, MAX);
      for (int i = 0; i < unpacked.length; i++) {
        assertThat(unpacked[i]).isEqualTo(literal[i % back]);
      }
    }
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThatThrownBy(() -> SnappyBlock.decode(new byte[] {}, MAX))
        .hasMessageContaining("cut short");
    assertThatThrownBy(() -> SnappyBlock.decode(new byte[] {5, 0, 'a'}, MAX))
        .hasMessageContaining("it holds 1 bytes and promises 5");
    assertThatThrownBy(() -> SnappyBlock.decode(new byte[] {1, 1 << 2, 'a', 'b'}, MAX))
        .hasMessageContaining("more than it promises");
    assertThatThrownBy(() -> SnappyBlock.decode(new byte[] {8, 0, 'a', 1, 2}, MAX))
        .hasMessageContaining("2 bytes back (at byte 5)");
    assertThatThrownBy(() -> SnappyBlock.decode(new byte[] {-1, -1, -1, -1, -1, 1}, MAX))
        .hasMessageContaining("longer than 32 bits");
    assertThatThrownBy(() -> SnappyBlock.decode(new byte[] {-1, -1, -1, -1, 0x0f}, MAX))
        .hasMessageContaining("4294967295 bytes, more than 1048576");
    assertThatThrownBy(
            () -> SnappyBlock.decode(new byte[] {9, (byte) (63 << 2), -1, -1, -1, -1}, MAX))
        .isInstanceOf(SnappyException.class);
  }
}
