package io.auriga.crypto.ssz;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.tuweni.ssz.SSZ;
import org.apache.tuweni.units.bigints.UInt256;
import org.junit.jupiter.api.Test;

/** Writer, validator, view and hasher over random types and values. */
class RandomSszTest {
  private static final int ROUNDS = 3000;

  @Test
  void hashesAnyValueOfAnyTypeAsTheSpecificationDoes() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      RandomSsz source = new RandomSsz(new Random(seed));
      SszSchema schema = source.schema(4);
      byte[] value = source.value(schema);
      assertThat(SszView.of(schema, value).hashTreeRoot().toBytes())
          .as("seed %d: %s", seed, schema)
          .isEqualTo(NaiveSsz.root(schema, value));
    }
  }

  @Test
  void hashesAValueWhereItLies() {
    SszHasher hasher = new SszHasher();
    for (int seed = 0; seed < 300; seed++) {
      RandomSsz source = new RandomSsz(new Random(seed));
      SszSchema schema = source.schema(3);
      byte[] value = source.value(schema);
      byte[] around = new byte[value.length + 20];
      Arrays.fill(around, (byte) 0xff);
      System.arraycopy(value, 0, around, 7, value.length);
      SszValidator.check(schema, around, 7, value.length);
      assertThat(hasher.root(schema, around, 7, value.length).toBytes())
          .as("seed %d", seed)
          .isEqualTo(NaiveSsz.root(schema, value));
    }
  }

  @Test
  void writesWhatItReads() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      RandomSsz source = new RandomSsz(new Random(seed));
      SszContainer schema = source.container(3);
      byte[] value = source.value(schema);
      assertThat(rewritten(SszView.of(schema, value))).as("seed %d", seed).isEqualTo(value);
    }
  }

  private static byte[] rewritten(SszView view) {
    return switch (view.schema()) {
      case SszContainer container -> {
        SszWriter writer = SszWriter.of(container);
        for (SszContainer.Field field : container.fields()) {
          writer.set(field.name(), rewritten(view.field(field.name())));
        }
        yield writer.toBytes();
      }
      case SszSchema.List list -> SszWriter.sequence(list.element(), elements(view));
      case SszSchema.Vector vector -> SszWriter.sequence(vector.element(), elements(view));
      default -> view.toBytes();
    };
  }

  private static List<byte[]> elements(SszView view) {
    List<byte[]> elements = new ArrayList<>();
    for (int i = 0; i < view.count(); i++) {
      elements.add(rewritten(view.element(i)));
    }
    return elements;
  }

  @Test
  void defaultsAreWellFormedAndHashAsTheSpecificationDoes() {
    for (int seed = 0; seed < 500; seed++) {
      SszSchema schema = new RandomSsz(new Random(seed)).schema(3);
      byte[] value = SszWriter.defaultOf(schema);
      assertThat(SszView.of(schema, value).hashTreeRoot().toBytes())
          .as("seed %d", seed)
          .isEqualTo(NaiveSsz.root(schema, value));
    }
  }

  @Test
  void refusesOrReadsButNeverFailsOtherwiseOnChangedValues() {
    int refused = 0;
    for (int seed = 0; seed < ROUNDS; seed++) {
      Random random = new Random(seed);
      RandomSsz source = new RandomSsz(random);
      SszSchema schema = source.schema(3);
      byte[] value = source.value(schema);
      byte[] changed = Arrays.copyOf(value, Math.max(0, value.length + random.nextInt(9) - 4));
      if (changed.length > 0) {
        changed[random.nextInt(Math.min(changed.length, 16))] = (byte) random.nextInt(40);
      }
      try {
        SszView view = SszView.of(schema, changed);
        assertThat(view.hashTreeRoot().toBytes()).isEqualTo(NaiveSsz.root(schema, changed));
      } catch (SszException malformed) {
        assertThat(malformed.offset()).isBetween(0, changed.length);
        refused++;
      }
    }
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS);
  }

  @Test
  void writesIntegersAsTuweniDoes() {
    Random random = new Random(8);
    for (int round = 0; round < 1000; round++) {
      long value = random.nextLong() >>> random.nextInt(64);
      assertThat(SszWriter.uint64(value)).isEqualTo(SSZ.encodeUInt64(value).toArrayUnsafe());
      UInt256 large = UInt256.valueOf(new BigInteger(256, random));
      byte[] ours = large.toArrayUnsafe().clone();
      SszSchema.Uint uint256 = new SszSchema.Uint(32);
      SszContainer container =
          new SszContainer("One", List.of(SszContainer.field("value", uint256)));
      byte[] theirs = SSZ.encodeUInt256(large).toArrayUnsafe();
      byte[] written = SszWriter.of(container).set("value", theirs).toBytes();
      byte[] reversed = new byte[32];
      for (int i = 0; i < 32; i++) {
        reversed[31 - i] = written[i];
      }
      assertThat(reversed).isEqualTo(ours);
    }
  }
}
