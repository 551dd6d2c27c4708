package io.auriga.crypto.snappy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.hash.Sha256;
import io.auriga.types.Hex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.SnappyFramedInputStream;
import org.xerial.snappy.SnappyFramedOutputStream;

class SnappyFramesTest {
  private static final int MAX = 1 << 20;
  private static final byte[] STREAM = FrameChunk.streamHeader();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 70, 65_535, 65_536, 65_537, 131_072, 400_001})
  void agreesWithTheReferenceInBothDirections(int length) throws IOException {
    byte[] content = Mixture.of(length, length);
    assertThat(SnappyFrames.decode(reference(content), MAX)).isEqualTo(content);
    byte[] packed = new SnappyWriter().pack(content);
    try (var in = new SnappyFramedInputStream(new ByteArrayInputStream(packed))) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(SnappyFrames.decode(packed, MAX)).isEqualTo(content);
    assertThat(SnappyFrames.check(new ByteArrayInputStream(packed))).isEqualTo(length);
  }

  @Test
  void packsWhateverIsRandomOrRegularSoThatTheReferenceUnpacksIt() throws IOException {
    SnappyWriter writer = new SnappyWriter();
    Random random = new Random(1);
    for (int i = 0; i < 400; i++) {
      byte[] content = new byte[random.nextInt(200_000)];
      int alphabet = 1 + random.nextInt(1 << random.nextInt(9));
      int period = 1 + random.nextInt(3000);
      for (int at = 0; at < content.length; at++) {
        content[at] =
            at >= period && random.nextInt(50) > 0
                ? content[at - period]
                : (byte) random.nextInt(alphabet);
      }
      byte[] packed = writer.pack(content);
      try (var in = new SnappyFramedInputStream(new ByteArrayInputStream(packed))) {
        assertThat(in.readAllBytes()).as("content %s", i).isEqualTo(content);
      }
      assertThat(SnappyFrames.decode(packed, MAX)).as("content %s", i).isEqualTo(content);
    }
  }

  @Test
  void writesTheSameStreamInEveryVersion() {
    byte[] packed = new SnappyWriter().pack(Mixture.of(5, 200_000));
    assertThat(Hex.toHex(Sha256.hash(packed))).isEqualTo(GOLDEN);
    assertThat(packed).hasSizeLessThan(150_000);
  }

  private static final String GOLDEN =
      "0x75afa92c118cfeb0079588c81dffc5928cd04cd411d7158dd2d7a9949f507f28";

  @Test
  void storesWhatCannotBeCompressed() {
    byte[] noise = new byte[100_000];
    new Random(3).nextBytes(noise);
    assertThat(new SnappyWriter().pack(noise)).hasSize(STREAM.length + 2 * 8 + noise.length);
  }

  @Test
  void unpacksTheBeginOfALongStreamFromTheBeginOfItsBytes() {
    byte[] content = Mixture.of(9, 300_000);
    byte[] packed = new SnappyWriter().pack(content);
    for (int wanted : new int[] {0, 1, 65_536, 65_537, 200_000, 300_000}) {
      assertThat(SnappyFrames.decodeBegin(packed, wanted))
          .isEqualTo(Arrays.copyOf(content, wanted));
    }
    byte[] half = Arrays.copyOf(packed, packed.length / 2);
    assertThat(SnappyFrames.decodeBegin(half, 65_537)).isEqualTo(Arrays.copyOf(content, 65_537));
    assertThat(SnappyFrames.decodeBegin(packed, 300_001)).isEqualTo(content);
  }

  @Test
  void skipsPaddingAndWhatMayBeSkippedAndReadsJoinedStreams() throws IOException {
    byte[] packed = new SnappyWriter().pack(new byte[] {1, 2, 3});
    byte[] padding = {(byte) 0xfe, 3, 0, 0, 9, 9, 9};
    byte[] unknown = {(byte) 0x80, 1, 0, 0, 9};
    byte[] joined = join(packed, padding, unknown, packed, padding);
    assertThat(SnappyFrames.decode(joined, MAX)).containsExactly(1, 2, 3, 1, 2, 3);
    assertThat(SnappyFrames.check(new ByteArrayInputStream(joined))).isEqualTo(6);
  }

  @Test
  void refusesEveryCutAndEveryFlippedBitThatChangesWhatIsUnpacked() throws IOException {
    byte[] packed = new SnappyWriter().pack(Arrays.copyOfRange(Mixture.of(4, 70_000), 900, 1500));
    byte[] expected = SnappyFrames.decode(packed, MAX);
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      // Behind the stream's header there may be nothing: the empty stream.
      assertThat(unpacked(cut))
          .as("cut at " + length)
          .isEqualTo(length == STREAM.length ? NONE : null);
    }
    int refused = 0;
    for (int bit = 0; bit < packed.length * Byte.SIZE; bit++) {
      byte[] damaged = packed.clone();
      damaged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      byte[] unpacked = unpacked(damaged);
      if (unpacked == null) {
        refused++;
      } else if (bit == STREAM.length * Byte.SIZE + 7) {
        // The highest bit of a chunk's type makes it one that may be skipped, by the format.
        assertThat(unpacked).isEmpty();
      } else {
        // In a run of equal bytes a copy may as well begin elsewhere.
        assertThat(unpacked).as("bit " + bit).isEqualTo(expected);
      }
    }
    assertThat(refused).isGreaterThan(packed.length * Byte.SIZE * 99 / 100);
  }

  private static final byte[] NONE = {};

  /** What both readers make of it; null where both refuse. */
  private static byte @Nullable [] unpacked(byte[] stream) throws IOException {
    byte[] unpacked;
    try {
      unpacked = SnappyFrames.decode(stream, MAX);
    } catch (SnappyException _) {
      assertThatThrownBy(() -> SnappyFrames.check(new ByteArrayInputStream(stream)))
          .isInstanceOf(SnappyException.class);
      return null;
    }
    assertThat(SnappyFrames.check(new ByteArrayInputStream(stream))).isEqualTo(unpacked.length);
    return unpacked;
  }

  @Test
  void boundsWhatAStreamUnpacksTo() {
    byte[] packed = new SnappyWriter().pack(new byte[200_000]);
    assertThatThrownBy(() -> SnappyFrames.decode(packed, 199_999))
        .hasMessageContaining("more than the 199999 bytes allowed");
    byte[] tooMuch = join(STREAM, new byte[] {0, 9, 0, 0, 0, 0, 0, 0, -128, -128, 8, 0, 0});
    assertThatThrownBy(() -> SnappyFrames.decode(tooMuch, MAX))
        .hasMessageContaining("unpacks to 131072 bytes");
    byte[] unknown = join(STREAM, new byte[] {2, 0, 0, 0});
    assertThatThrownBy(() -> SnappyFrames.decode(unknown, MAX))
        .hasMessageContaining("unknown type 2");
    byte[] huge = join(STREAM, new byte[] {0, -1, -1, -1});
    assertThatThrownBy(() -> SnappyFrames.check(new ByteArrayInputStream(huge)))
        .hasMessageContaining("has 16777215 bytes");
  }

  private static byte[] reference(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new SnappyFramedOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
