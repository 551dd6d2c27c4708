package io.auriga.crypto.ssz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auriga.crypto.Vectors;
import io.auriga.crypto.verify.BlockVerdict;
import io.auriga.crypto.verify.BlockVerifier;
import io.auriga.types.ForkName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Real blocks, damaged: refused with a path, or at least no longer the same block. */
class MalformedBlockTest {
  private static final String[] RECORDED = {
    "13_capella", "14_capella", "16_deneb", "35_electra", "44_electra", "104_fulu"
  };

  @Test
  void refusesOrDistinguishesABlockCutAtAnyByte() {
    int refused = 0;
    for (String name : RECORDED) {
      SignedBlockView block = recorded(name);
      for (int length = 0; length < block.bytes().length; length++) {
        refused += damaged(block, Arrays.copyOf(block.bytes(), length)) ? 1 : 0;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void refusesOrDistinguishesABlockWithBytesBehindIt() {
    Random random = new Random(5);
    for (String name : RECORDED) {
      SignedBlockView block = recorded(name);
      for (int extra = 1; extra < 300; extra++) {
        byte[] longer = Arrays.copyOf(block.bytes(), block.bytes().length + extra);
        if (random.nextBoolean()) {
          longer[longer.length - 1] = (byte) random.nextInt();
        }
        damaged(block, longer);
      }
    }
    SignedBlockView capella = recorded("13_capella");
    byte[] oneMore = Arrays.copyOf(capella.bytes(), capella.bytes().length + 1);
    assertThat(damaged(capella, oneMore)).isTrue();
  }

  @Test
  void refusesOrDistinguishesABlockWithAnyOffsetChanged() {
    int refused = 0;
    int offsets = 0;
    for (String name : RECORDED) {
      SignedBlockView block = recorded(name);
      for (int at : offsetsOf(block)) {
        offsets++;
        for (int value : otherOffsets(LittleEndian.int32(block.bytes(), at), block)) {
          byte[] changed = block.bytes().clone();
          LittleEndian.putInt32(changed, at, value);
          refused += damaged(block, changed) ? 1 : 0;
        }
      }
    }
    assertThat(offsets).isGreaterThan(60);
    assertThat(refused).isGreaterThan(offsets * 8);
  }

  @Test
  void refusesOrDistinguishesABlockWithAnyByteChanged() {
    Random random = new Random(6);
    for (String name : RECORDED) {
      SignedBlockView block = recorded(name);
      for (int round = 0; round < 3000; round++) {
        byte[] changed = block.bytes().clone();
        int at = random.nextInt(changed.length);
        changed[at] ^= (byte) (1 + random.nextInt(255));
        damaged(block, changed);
      }
    }
  }

  @Test
  void doesSoForALargeMainnetBlock() {
    Path file = Vectors.path("beacon-blocks/mainnet/deneb-slot-11544444.ssz.gz");
    JsonNode expected = Vectors.json(file.resolveSibling("deneb-slot-11544444.expected.json"));
    SignedBlockView block = RealBlocksTest.mainnetBlock(file, expected);
    Random random = new Random(7);
    List<Integer> offsets = offsetsOf(block);
    assertThat(offsets).hasSizeGreaterThan(100);
    for (int round = 0; round < 400; round++) {
      damaged(block, Arrays.copyOf(block.bytes(), random.nextInt(block.bytes().length)));
      byte[] changed = block.bytes().clone();
      LittleEndian.putInt32(changed, offsets.get(random.nextInt(offsets.size())), random.nextInt());
      damaged(block, changed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"15_capella", "16_deneb", "35_electra"})
  void refusesABlockReadAsAnotherFork(String name) {
    SignedBlockView block = recorded(name);
    for (ForkName fork : List.of(ForkName.CAPELLA, ForkName.DENEB, ForkName.ELECTRA)) {
      if (fork != block.fork()) {
        assertThatThrownBy(() -> SignedBlockView.of(RealBlocksTest.MINIMAL, fork, block.bytes()))
            .isInstanceOf(SszException.class)
            .hasMessageContaining("SignedBeaconBlock.message.body");
      }
    }
  }

  /** Whether the bytes were refused; if not, they must be seen to be another block. */
  private static boolean damaged(SignedBlockView original, byte[] bytes) {
    SignedBlockView view;
    try {
      view = SignedBlockView.of(RealBlocksTest.schemasOf(original), original.fork(), bytes);
    } catch (SszException malformed) {
      assertThat(malformed.path()).startsWith("SignedBeaconBlock");
      assertThat(malformed.offset()).isBetween(0, bytes.length);
      return true;
    }
    boolean onlySignature =
        Arrays.equals(original.bytes(), 100, original.bytes().length, bytes, 100, bytes.length);
    if (!onlySignature) {
      assertThat(BlockVerifier.verify(view, original.blockRoot()))
          .isInstanceOf(BlockVerdict.Mismatch.class);
    }
    return false;
  }

  private static int[] otherOffsets(int offset, SignedBlockView block) {
    Random random = new Random(offset);
    return new int[] {
      0,
      1,
      3,
      4,
      offset - 1,
      offset + 1,
      offset - 4,
      offset + 4,
      block.bytes().length,
      block.bytes().length + 1,
      Integer.MAX_VALUE,
      Integer.MIN_VALUE,
      -1,
      -4,
      offset | Integer.MIN_VALUE,
      random.nextInt(),
      random.nextInt(block.bytes().length)
    };
  }

  /** Where each offset of a block lies. */
  private static List<Integer> offsetsOf(SignedBlockView block) {
    List<Integer> positions = new ArrayList<>();
    SszContainer type = RealBlocksTest.schemasOf(block).signedBlock(block.fork());
    collect(SszView.of(type, block.bytes()), positions);
    return positions;
  }

  private static void collect(SszView view, List<Integer> positions) {
    switch (view.schema()) {
      case SszContainer container -> {
        for (int i = 0; i < container.fields().size(); i++) {
          if (!container.type(i).isFixedSize()) {
            positions.add(view.offset() + container.position(i));
          }
          collect(view.field(container.fields().get(i).name()), positions);
        }
      }
      case SszSchema.List list -> {
        for (int i = 0; i < view.count(); i++) {
          if (!list.element().isFixedSize()) {
            positions.add(view.offset() + i * SszSchema.OFFSET_BYTES);
          }
          collect(view.element(i), positions);
        }
      }
      default -> {}
    }
  }

  private static SignedBlockView recorded(String name) {
    return RealBlocksTest.recordedBlock(
        Vectors.recording("chain-minimal-capella-to-fulu/blocks").resolve(name + ".ssz"));
  }
}
