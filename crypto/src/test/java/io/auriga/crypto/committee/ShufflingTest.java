package io.auriga.crypto.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.types.Root;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShufflingTest {
  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 4, 7, 31, 63, 64, 65, 127, 128, 255, 256, 257, 511, 512, 513, 1000, 4097})
  void movesEveryValueToWhereTheSpecificationLooksForIt(int count) throws Exception {
    Random random = new Random(count);
    for (int rounds : new int[] {1, 2, 10, 90}) {
      Root seed = randomSeed(random);
      int[] list = random.ints(count).toArray();
      int[] shuffled = list.clone();
      Shuffling.shuffle(shuffled, seed, rounds);
      for (int i = 0; i < count; i++) {
        int from = specified(i, count, seed, rounds);
        assertThat(shuffled[i]).as("place %d of %d", i, count).isEqualTo(list[from]);
        assertThat(Shuffling.shuffledIndex(i, count, seed, rounds)).isEqualTo(from);
      }
    }
  }

  @Test
  void isAPermutationOfALongList() {
    int[] list = IntStream.range(0, 300_000).toArray();
    Shuffling.shuffle(list, randomSeed(new Random(3)), 90);
    assertThat(IntStream.of(list).sorted().toArray())
        .isEqualTo(IntStream.range(0, 300_000).toArray());
    assertThat(IntStream.range(0, list.length).filter(i -> list[i] == i).count()).isLessThan(10);
  }

  @Test
  void leavesAnEmptyListAndKnowsNoPlaceInIt() {
    Shuffling.shuffle(new int[0], Root.ZERO, 90);
    assertThatThrownBy(() -> Shuffling.shuffledIndex(0, 0, Root.ZERO, 90))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** {@code compute_shuffled_index}, phase0, word for word. */
  private static int specified(int index, int count, Root seed, int rounds)
      throws NoSuchAlgorithmException {
    BigInteger n = BigInteger.valueOf(count);
    BigInteger at = BigInteger.valueOf(index);
    for (int round = 0; round < rounds; round++) {
      byte[] pivotHash = hash(seed, round, new byte[0]);
      long pivotBits = ByteBuffer.wrap(pivotHash).order(ByteOrder.LITTLE_ENDIAN).getLong();
      BigInteger pivot = new BigInteger(Long.toUnsignedString(pivotBits)).mod(n);
      BigInteger flip = pivot.add(n).subtract(at).mod(n);
      int position = at.max(flip).intValue();
      byte[] block =
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(position / 256).array();
      int source = hash(seed, round, block)[position % 256 / 8] & 0xff;
      at = (source >> position % 8) % 2 == 1 ? flip : at;
    }
    return at.intValue();
  }

  private static byte[] hash(Root seed, int round, byte[] rest) throws NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    byte[] bytes = new byte[32];
    seed.copyTo(bytes, 0);
    sha.update(bytes);
    sha.update((byte) round);
    return sha.digest(rest);
  }

  private static Root randomSeed(Random random) {
    byte[] seed = new byte[32];
    random.nextBytes(seed);
    return Root.of(seed);
  }
}
