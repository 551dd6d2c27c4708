package io.auriga.crypto.ssz;

import io.auriga.crypto.hash.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * {@code hash_tree_root} as the specification writes it, over lists of chunks, as plainly as
 * possible: what {@link SszHasher} is compared with.
 */
final class NaiveSsz {
  private NaiveSsz() {}

  static byte[] root(SszSchema schema, byte[] value) {
    return switch (schema) {
      case SszSchema.Uint _, SszSchema.Bool _ -> Arrays.copyOf(value, 32);
      case SszSchema.ByteVector vector -> merkleize(pack(value), (vector.length() + 31L) / 32);
      case SszSchema.Bitvector bits -> merkleize(pack(value), (bits.bits() + 255L) / 256);
      case SszSchema.ByteList list ->
          mixIn(merkleize(pack(value), (list.limit() + 31) / 32), value.length);
      case SszSchema.Bitlist list -> {
        int count = bitCount(value);
        byte[] bits = value.clone();
        bits[count / 8] ^= (byte) (1 << (count % 8));
        byte[] packed = Arrays.copyOf(bits, (count + 7) / 8);
        yield mixIn(merkleize(pack(packed), (list.limit() + 255) / 256), count);
      }
      case SszSchema.Vector vector -> sequence(vector.element(), value, vector.length());
      case SszSchema.List list ->
          mixIn(
              sequence(list.element(), value, list.limit()),
              elements(list.element(), value).size());
      case SszContainer container -> {
        List<byte[]> roots = new ArrayList<>();
        for (int i = 0; i < container.fields().size(); i++) {
          roots.add(root(container.type(i), fieldOf(container, i, value)));
        }
        yield merkleize(roots, roots.size());
      }
    };
  }

  private static int bitCount(byte[] value) {
    int bit = value.length * 8 - 1;
    while ((value[bit / 8] >> (bit % 8) & 1) == 0) {
      bit--;
    }
    return bit;
  }

  private static byte[] sequence(SszSchema element, byte[] value, long limit) {
    if (element instanceof SszSchema.Uint || element instanceof SszSchema.Bool) {
      return merkleize(pack(value), (limit * element.fixedSize() + 31) / 32);
    }
    return merkleize(
        elements(element, value).stream().map(one -> root(element, one)).toList(), limit);
  }

  private static List<byte[]> elements(SszSchema element, byte[] value) {
    List<byte[]> elements = new ArrayList<>();
    if (element.isFixedSize()) {
      int size = element.fixedSize();
      for (int at = 0; at < value.length; at += size) {
        elements.add(Arrays.copyOfRange(value, at, at + size));
      }
    } else if (value.length > 0) {
      int count = int32(value, 0) / 4;
      for (int i = 0; i < count; i++) {
        int end = i + 1 < count ? int32(value, 4 * i + 4) : value.length;
        elements.add(Arrays.copyOfRange(value, int32(value, 4 * i), end));
      }
    }
    return elements;
  }

  private static byte[] fieldOf(SszContainer container, int wanted, byte[] value) {
    List<Integer> offsets = new ArrayList<>();
    int position = 0;
    int index = -1;
    for (int i = 0; i < container.fields().size(); i++) {
      SszSchema type = container.type(i);
      if (type.isFixedSize()) {
        if (i == wanted) {
          return Arrays.copyOfRange(value, position, position + type.fixedSize());
        }
        position += type.fixedSize();
      } else {
        index = i == wanted ? offsets.size() : index;
        offsets.add(int32(value, position));
        position += 4;
      }
    }
    int end = index + 1 < offsets.size() ? offsets.get(index + 1) : value.length;
    return Arrays.copyOfRange(value, offsets.get(index), end);
  }

  private static int int32(byte[] value, int at) {
    return (value[at] & 0xff)
        | (value[at + 1] & 0xff) << 8
        | (value[at + 2] & 0xff) << 16
        | (value[at + 3] & 0xff) << 24;
  }

  private static List<byte[]> pack(byte[] value) {
    List<byte[]> chunks = new ArrayList<>();
    for (int at = 0; at < value.length; at += 32) {
      chunks.add(Arrays.copyOfRange(value, at, at + 32));
    }
    return chunks;
  }

  private static byte[] merkleize(List<byte[]> chunks, long limit) {
    List<byte[]> row = chunks;
    byte[] zero = new byte[32];
    for (long width = 1; width < limit; width *= 2) {
      List<byte[]> above = new ArrayList<>();
      for (int i = 0; i < row.size(); i += 2) {
        above.add(Sha256.hash(row.get(i), i + 1 < row.size() ? row.get(i + 1) : zero));
      }
      zero = Sha256.hash(zero, zero);
      row = above;
    }
    return row.isEmpty() ? zero : row.getFirst();
  }

  private static byte[] mixIn(byte[] root, int count) {
    byte[] length = new byte[32];
    for (int i = 0; i < 4; i++) {
      length[i] = (byte) (count >>> (8 * i));
    }
    return Sha256.hash(root, length);
  }
}
