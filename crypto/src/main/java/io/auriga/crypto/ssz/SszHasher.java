package io.auriga.crypto.ssz;

import io.auriga.crypto.hash.Sha256;
import io.auriga.types.Root;
import java.util.Arrays;

/**
 * Computes hash-tree-roots over the bytes of a value, without an object or an array per node. The
 * bytes must have passed {@link SszValidator}. An instance belongs to one thread.
 *
 * <p><b>How it works.</b> A tree over n chunks is hashed from left to right while only its right
 * edge is kept: each level has room for two nodes, side by side, so that 64 bytes at one place are
 * what SHA-256 takes. A node that is a left one waits there; a right one completes the pair, whose
 * hash goes one level up. At the end the right edge is completed with the roots of empty subtrees.
 * A value inside a value gets its levels behind those of what contains it, on one scratch buffer.
 */
public final class SszHasher {
  private static final int CHUNK = SszSchema.CHUNK_BYTES;
  private static final int PAIR = 2 * CHUNK;
  private static final int LEVELS_MAX = 64;
  private static final byte[] EMPTY_SUBTREES = emptySubtrees();
  private static final ThreadLocal<SszHasher> OF_THREAD = ThreadLocal.withInitial(SszHasher::new);

  private final Sha256 sha = new Sha256();
  private byte[] scratch = new byte[16 * 1024];

  /** The root of the value that the {@code length} bytes from {@code offset} on are. */
  public static Root hashTreeRoot(SszSchema schema, byte[] data, int offset, int length) {
    return OF_THREAD.get().root(schema, data, offset, length);
  }

  /** As {@link #hashTreeRoot}, with this instance's buffers. */
  public Root root(SszSchema schema, byte[] data, int offset, int length) {
    value(schema, data, offset, length, 0, CHUNK);
    return Root.at(scratch, 0);
  }

  /** Writes the root to {@code out}; from {@code free} on the scratch buffer is unused. */
  private void value(SszSchema schema, byte[] data, int offset, int length, int out, int free) {
    switch (schema) {
      case SszSchema.Uint _, SszSchema.Bool _ -> chunk(data, offset, length, out);
      case SszSchema.ByteVector vector ->
          bytes(data, offset, length, 0xff, depth(chunks(vector.length())), out, free);
      case SszSchema.Bitvector bits ->
          bytes(data, offset, length, 0xff, depth(chunks(bits.fixedSize())), out, free);
      case SszSchema.ByteList list -> {
        bytes(data, offset, length, 0xff, depth(chunks(list.limit())), out, free);
        mixIn(length, out, free);
      }
      case SszSchema.Bitlist bits -> bitlist(bits, data, offset, length, out, free);
      case SszSchema.Vector vector ->
          elements(vector.element(), data, offset, length, vector.length(), out, free);
      case SszSchema.List list -> {
        elements(list.element(), data, offset, length, list.limit(), out, free);
        mixIn(elementCount(list.element(), data, offset, length), out, free);
      }
      case SszContainer container -> container(container, data, offset, length, out, free);
    }
  }

  static int elementCount(SszSchema element, byte[] data, int offset, int length) {
    if (element.isFixedSize()) {
      return length / element.fixedSize();
    }
    return length == 0 ? 0 : LittleEndian.int32(data, offset) / SszSchema.OFFSET_BYTES;
  }

  private void bitlist(
      SszSchema.Bitlist schema, byte[] data, int offset, int length, int out, int free) {
    long bits = SszValidator.bitCount(data, offset, length);
    int bytes = (int) ((bits + 7) / 8);
    // The bit that ends the list is no part of it; it may share the last byte.
    int lastMask = bits % 8 == 0 ? 0xff : (1 << (bits % 8)) - 1;
    bytes(data, offset, bytes, lastMask, depth(chunks((schema.limit() + 7) / 8)), out, free);
    mixIn(bits, out, free);
  }

  private void elements(
      SszSchema element, byte[] data, int offset, int length, long limit, int out, int free) {
    if (element.isBasic()) {
      long chunks = chunks(Math.multiplyExact(limit, element.fixedSize()));
      bytes(data, offset, length, 0xff, depth(chunks), out, free);
      return;
    }
    int depth = depth(limit);
    int inner = reserve(free, depth);
    int count = elementCount(element, data, offset, length);
    boolean fixed = element.isFixedSize();
    int size = fixed ? element.fixedSize() : 0;
    int from = fixed ? 0 : count * SszSchema.OFFSET_BYTES;
    for (int i = 0; i < count; i++) {
      int to;
      if (fixed) {
        to = from + size;
      } else {
        int next = i + 1;
        to =
            next == count
                ? length
                : LittleEndian.int32(data, offset + next * SszSchema.OFFSET_BYTES);
      }
      value(element, data, offset + from, to - from, slot(free, 0, i), inner);
      climb(free, 0, i);
      from = to;
    }
    finish(free, 0, count, depth, out);
  }

  private void container(
      SszContainer container, byte[] data, int offset, int length, int out, int free) {
    int count = container.fields().size();
    int depth = depth(count);
    int inner = reserve(free, depth);
    for (int i = 0; i < count; i++) {
      int from = container.valueOffset(i, data, offset);
      int to = container.valueEnd(i, data, offset, length);
      value(container.type(i), data, from, to - from, slot(free, 0, i), inner);
      climb(free, 0, i);
    }
    finish(free, 0, count, depth, out);
  }

  /** The root of a row of bytes, padded with zeros to 2^depth chunks. */
  private void bytes(
      byte[] data, int offset, int length, int lastMask, int depth, int out, int free) {
    if (length == 0) {
      System.arraycopy(EMPTY_SUBTREES, depth * CHUNK, scratch, out, CHUNK);
      return;
    }
    if (depth == 0) {
      chunk(data, offset, length, out);
      scratch[out + length - 1] &= (byte) lastMask;
      return;
    }
    reserve(free, depth);
    int pairs = (lastMask == 0xff ? length : length - 1) / PAIR;
    for (int i = 0; i < pairs; i++) {
      sha.update(data, offset + i * PAIR, PAIR).finish(scratch, slot(free, 1, i));
      climb(free, 1, i);
    }
    int rest = length - pairs * PAIR;
    if (rest > 0) {
      System.arraycopy(data, offset + pairs * PAIR, scratch, free, rest);
      Arrays.fill(scratch, free + rest, free + PAIR, (byte) 0);
      scratch[free + rest - 1] &= (byte) lastMask;
      sha.update(scratch, free, PAIR).finish(scratch, slot(free, 1, pairs));
      climb(free, 1, pairs);
      pairs++;
    }
    finish(free, 1, pairs, depth, out);
  }

  private void chunk(byte[] data, int offset, int length, int out) {
    System.arraycopy(data, offset, scratch, out, length);
    if (length < CHUNK) {
      Arrays.fill(scratch, out + length, out + CHUNK, (byte) 0);
    }
  }

  private void mixIn(long count, int out, int free) {
    reserve(free, 0);
    System.arraycopy(scratch, out, scratch, free, CHUNK);
    Arrays.fill(scratch, free + CHUNK, free + PAIR, (byte) 0);
    LittleEndian.putInt64(scratch, free + CHUNK, count);
    sha.update(scratch, free, PAIR).finish(scratch, out);
  }

  /** Where node {@code index} of {@code level} belongs among the levels that begin at a place. */
  private static int slot(int levels, int level, int index) {
    return levels + level * PAIR + (index & 1) * CHUNK;
  }

  /** Hashes upwards from a node just written, as long as it completes a pair. */
  private void climb(int levels, int level, int index) {
    while ((index & 1) == 1) {
      index >>= 1;
      sha.update(scratch, levels + level * PAIR, PAIR)
          .finish(scratch, slot(levels, level + 1, index));
      level++;
    }
  }

  /** Completes a tree of which {@code count} nodes of {@code level} were written. */
  private void finish(int levels, int level, int count, int depth, int out) {
    if (count == 0) {
      System.arraycopy(EMPTY_SUBTREES, depth * CHUNK, scratch, out, CHUNK);
      return;
    }
    boolean carried = false;
    int at = level;
    for (long left = count; at < depth; at++, left >>= 1) {
      int pair = levels + at * PAIR;
      boolean waiting = (left & 1) == 1;
      if (!waiting && !carried) {
        continue;
      }
      if (!(waiting && carried)) {
        System.arraycopy(EMPTY_SUBTREES, at * CHUNK, scratch, pair + CHUNK, CHUNK);
      }
      boolean parentIsRight = (left >> 1 & 1) == 1;
      sha.update(scratch, pair, PAIR)
          .finish(scratch, levels + (at + 1) * PAIR + (parentIsRight ? CHUNK : 0));
      carried = true;
    }
    System.arraycopy(scratch, levels + depth * PAIR, scratch, out, CHUNK);
  }

  private int reserve(int free, int depth) {
    int end = free + (depth + 1) * PAIR;
    if (end > scratch.length) {
      scratch = Arrays.copyOf(scratch, 2 * end);
    }
    return end;
  }

  private static long chunks(long bytes) {
    return (bytes - 1) / CHUNK + 1;
  }

  /** The levels above a row of so many nodes. */
  private static int depth(long nodes) {
    return nodes <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(nodes - 1);
  }

  private static byte[] emptySubtrees() {
    byte[] roots = new byte[(LEVELS_MAX + 1) * CHUNK];
    byte[] pair = new byte[PAIR];
    Sha256 sha = new Sha256();
    for (int level = 1; level <= LEVELS_MAX; level++) {
      System.arraycopy(roots, (level - 1) * CHUNK, pair, 0, CHUNK);
      System.arraycopy(roots, (level - 1) * CHUNK, pair, CHUNK, CHUNK);
      sha.update(pair, 0, PAIR).finish(roots, level * CHUNK);
    }
    return roots;
  }
}
