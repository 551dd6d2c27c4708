package io.auriga.crypto.ssz;

/**
 * A type of SSZ (consensus-specs, ssz/simple-serialize.md): how its values are laid out, what is
 * allowed in them, and how their roots are built. Lengths are bounded by what a Java array holds;
 * limits of lists need not be.
 */
public sealed interface SszSchema
    permits SszSchema.Uint,
        SszSchema.Bool,
        SszSchema.ByteVector,
        SszSchema.ByteList,
        SszSchema.Bitvector,
        SszSchema.Bitlist,
        SszSchema.Vector,
        SszSchema.List,
        SszContainer {
  /** The length of what stands for a value of variable size where its container begins. */
  int OFFSET_BYTES = 4;

  int CHUNK_BYTES = 32;

  /** Whether every value takes the same number of bytes. */
  default boolean isFixedSize() {
    return true;
  }

  /**
   * The bytes that every value takes.
   *
   * @throws IllegalStateException if they vary
   */
  int fixedSize();

  /** The bytes a value takes in the fixed part of what contains it: its own, or an offset's. */
  default int slotSize() {
    return isFixedSize() ? fixedSize() : OFFSET_BYTES;
  }

  /** Whether any bytes of the right length are a value, so that there is nothing to check. */
  default boolean acceptsAnyBytes() {
    return false;
  }

  /** Whether values are numbers, which lists and vectors pack into chunks. */
  default boolean isBasic() {
    return false;
  }

  /** An unsigned integer, little-endian: {@code uint64}, {@code uint256}. */
  record Uint(int bytes) implements SszSchema {
    public Uint {
      if (Integer.bitCount(bytes) != 1 || bytes > CHUNK_BYTES) {
        throw new IllegalArgumentException("there is no integer of " + bytes + " bytes");
      }
    }

    @Override
    public int fixedSize() {
      return bytes;
    }

    @Override
    public boolean acceptsAnyBytes() {
      return true;
    }

    @Override
    public boolean isBasic() {
      return true;
    }
  }

  /** A byte that is 0 or 1. */
  record Bool() implements SszSchema {
    @Override
    public int fixedSize() {
      return 1;
    }

    @Override
    public boolean isBasic() {
      return true;
    }
  }

  /** Exactly {@code length} bytes: roots, signatures, addresses. */
  record ByteVector(int length) implements SszSchema {
    public ByteVector {
      SszSchema.requirePositive(length);
    }

    @Override
    public int fixedSize() {
      return length;
    }

    @Override
    public boolean acceptsAnyBytes() {
      return true;
    }
  }

  /** At most {@code limit} bytes. */
  record ByteList(long limit) implements SszSchema {
    public ByteList {
      SszSchema.requirePositive(limit);
    }

    @Override
    public boolean isFixedSize() {
      return false;
    }

    @Override
    public int fixedSize() {
      throw SszSchema.variable();
    }
  }

  /** Exactly {@code bits} bits. */
  record Bitvector(int bits) implements SszSchema {
    public Bitvector {
      SszSchema.requirePositive(bits);
    }

    @Override
    public int fixedSize() {
      return (int) ((bits + 7L) / 8);
    }
  }

  /** At most {@code limit} bits; one more set bit marks the end. */
  record Bitlist(long limit) implements SszSchema {
    public Bitlist {
      SszSchema.requirePositive(limit);
    }

    @Override
    public boolean isFixedSize() {
      return false;
    }

    @Override
    public int fixedSize() {
      throw SszSchema.variable();
    }
  }

  /** Exactly {@code length} elements. */
  record Vector(SszSchema element, int length) implements SszSchema {
    public Vector {
      SszSchema.requirePositive(length);
      SszSchema.requirePositive(Math.multiplyExact(element.slotSize(), length));
    }

    @Override
    public boolean isFixedSize() {
      return element.isFixedSize();
    }

    @Override
    public int fixedSize() {
      return element.fixedSize() * length;
    }

    @Override
    public boolean acceptsAnyBytes() {
      return element.acceptsAnyBytes();
    }
  }

  /** At most {@code limit} elements. */
  record List(SszSchema element, long limit) implements SszSchema {
    public List {
      SszSchema.requirePositive(limit);
    }

    @Override
    public boolean isFixedSize() {
      return false;
    }

    @Override
    public int fixedSize() {
      throw SszSchema.variable();
    }
  }

  private static void requirePositive(long length) {
    if (length <= 0) {
      throw new IllegalArgumentException("a length or limit must be positive: " + length);
    }
  }

  private static IllegalStateException variable() {
    return new IllegalStateException("values of this type vary in size");
  }
}
