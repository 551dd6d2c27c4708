package io.auriga.crypto.ssz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Types and values of SSZ from a seed. */
final class RandomSsz {
  private final Random random;

  RandomSsz(Random random) {
    this.random = random;
  }

  SszSchema schema(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 9)) {
      case 0 -> new SszSchema.Uint(1 << random.nextInt(6));
      case 1 -> new SszSchema.Bool();
      case 2 -> new SszSchema.ByteVector(1 + random.nextInt(200));
      case 3 -> new SszSchema.ByteList(limit());
      case 4 -> new SszSchema.Bitvector(1 + random.nextInt(600));
      case 5 -> new SszSchema.Bitlist(limit());
      case 6 -> new SszSchema.Vector(schema(depth - 1), 1 + random.nextInt(7));
      case 7 -> new SszSchema.List(schema(depth - 1), limit());
      default -> container(depth);
    };
  }

  SszContainer container(int depth) {
    List<SszContainer.Field> fields = new ArrayList<>();
    for (int i = 1 + random.nextInt(9); i > 0; i--) {
      fields.add(SszContainer.field("f" + i, schema(depth - 1)));
    }
    return new SszContainer("Random", fields);
  }

  private long limit() {
    return random.nextInt(3) == 0 ? 1 + random.nextInt(70) : 1L << random.nextInt(41);
  }

  byte[] value(SszSchema schema) {
    return switch (schema) {
      case SszSchema.Uint uint -> bytes(uint.bytes());
      case SszSchema.Bool _ -> new byte[] {(byte) random.nextInt(2)};
      case SszSchema.ByteVector vector -> bytes(vector.length());
      case SszSchema.ByteList list -> bytes(count(list.limit(), 600));
      case SszSchema.Bitvector bits -> bits(bits.bits(), bits.fixedSize());
      case SszSchema.Bitlist list -> {
        int count = count(list.limit(), 600);
        byte[] bytes = bits(count, count / 8 + 1);
        bytes[count / 8] |= (byte) (1 << (count % 8));
        yield bytes;
      }
      case SszSchema.Vector vector -> sequence(vector.element(), vector.length());
      case SszSchema.List list -> sequence(list.element(), count(list.limit(), 9));
      case SszContainer container -> {
        SszWriter writer = SszWriter.of(container);
        for (int i = 0; i < container.fields().size(); i++) {
          writer.set(i, value(container.type(i)));
        }
        yield writer.toBytes();
      }
    };
  }

  private byte[] sequence(SszSchema element, int count) {
    List<byte[]> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(value(element));
    }
    return SszWriter.sequence(element, elements);
  }

  private int count(long limit, int max) {
    return random.nextInt((int) Math.min(limit, max) + 1);
  }

  private byte[] bits(int count, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < count; i++) {
      bytes[i / 8] |= (byte) (random.nextInt(2) << (i % 8));
    }
    return bytes;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
