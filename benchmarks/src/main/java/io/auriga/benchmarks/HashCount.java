package io.auriga.benchmarks;

import io.auriga.crypto.ssz.SszContainer;
import io.auriga.crypto.ssz.SszSchema;
import io.auriga.crypto.ssz.SszView;

/**
 * How many pairs of nodes must be hashed for a value's hash-tree-root, roots of empty subtrees
 * being known beforehand: the least work there is without a cache. Counted from the definition
 * (consensus-specs, ssz/simple-serialize.md, "Merkleization"), apart from the hasher.
 */
public final class HashCount {
  private static final int CHUNK = 32;
  private static final int LENGTH_MIXED_IN = 1;

  private HashCount() {}

  public static long of(SszView view) {
    return switch (view.schema()) {
      case SszSchema.Uint _, SszSchema.Bool _ -> 0;
      case SszSchema.ByteVector _, SszSchema.Bitvector _ ->
          tree(chunks(view.length()), chunks(view.length()));
      case SszSchema.ByteList list ->
          tree(chunks(view.length()), chunks(list.limit())) + LENGTH_MIXED_IN;
      case SszSchema.Bitlist bits ->
          tree(chunks(bytesOfBits(view)), chunks((bits.limit() + 7) / 8)) + LENGTH_MIXED_IN;
      case SszSchema.Vector vector -> elements(view, vector.element(), vector.length());
      case SszSchema.List list -> elements(view, list.element(), list.limit()) + LENGTH_MIXED_IN;
      case SszContainer container -> {
        long hashes = tree(container.fields().size(), container.fields().size());
        for (SszContainer.Field field : container.fields()) {
          hashes += of(view.field(field.name()));
        }
        yield hashes;
      }
    };
  }

  private static long elements(SszView view, SszSchema element, long limit) {
    if (element instanceof SszSchema.Uint || element instanceof SszSchema.Bool) {
      return tree(chunks(view.length()), chunks(limit * element.fixedSize()));
    }
    long hashes = tree(view.count(), limit);
    for (int i = 0; i < view.count(); i++) {
      hashes += of(view.element(i));
    }
    return hashes;
  }

  /** The hashes above {@code leaves} in a tree that has room for {@code limit}. */
  private static long tree(long leaves, long limit) {
    long hashes = 0;
    long nodes = leaves;
    for (long room = limit; room > 1 && nodes > 0; room = (room + 1) / 2) {
      nodes = (nodes + 1) / 2;
      hashes += nodes;
    }
    return hashes;
  }

  private static long bytesOfBits(SszView view) {
    // A last byte of 1 holds nothing but the bit that ends the list.
    byte[] bytes = view.toBytes();
    return bytes[bytes.length - 1] == 1 ? bytes.length - 1 : bytes.length;
  }

  private static long chunks(long bytes) {
    return (bytes + CHUNK - 1) / CHUNK;
  }
}
