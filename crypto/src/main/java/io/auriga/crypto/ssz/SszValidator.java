package io.auriga.crypto.ssz;

import java.util.Arrays;

/**
 * Checks that bytes are well-formed SSZ of a type, down to the innermost value: lengths and limits,
 * offsets without gaps or overlaps, padding bits and booleans. Only what has passed may be read or
 * hashed in place. Takes one pass, allocates next to nothing, and recurses no deeper than the type.
 */
public final class SszValidator {
  private final byte[] data;
  private final int start;

  // The way down to the value being checked: field or element numbers of the schemas around it.
  private SszSchema[] around = new SszSchema[16];
  private int[] steps = new int[16];
  private int depth;

  private SszValidator(byte[] data, int start) {
    this.data = data;
    this.start = start;
  }

  /**
   * Checks the {@code length} bytes that begin at {@code offset}.
   *
   * @throws SszException naming the value that is malformed
   */
  public static void check(SszSchema schema, byte[] data, int offset, int length) {
    new SszValidator(data, offset).value(schema, offset, length);
  }

  private void value(SszSchema schema, int offset, int length) {
    if (schema.isFixedSize() && length != schema.fixedSize()) {
      throw malformed(schema, offset, length + " bytes where " + schema.fixedSize() + " should be");
    }
    if (schema.acceptsAnyBytes()) {
      return;
    }
    switch (schema) {
      case SszSchema.Uint _, SszSchema.ByteVector _ -> {}
      case SszSchema.Bool bool -> bool(bool, offset);
      case SszSchema.ByteList list -> limit(list, offset, length, list.limit(), "bytes");
      case SszSchema.Bitvector bits -> bitvector(bits, offset, length);
      case SszSchema.Bitlist bits -> bitlist(bits, offset, length);
      case SszSchema.Vector vector -> vector(vector, offset, length);
      case SszSchema.List list -> list(list, offset, length);
      case SszContainer container -> container(container, offset, length);
    }
  }

  private void bool(SszSchema schema, int offset) {
    if ((data[offset] & 0xfe) != 0) {
      throw malformed(schema, offset, "a boolean must be 0 or 1");
    }
  }

  private void bitvector(SszSchema.Bitvector schema, int offset, int length) {
    int used = schema.bits() % 8;
    if (used != 0 && (data[offset + length - 1] & 0xff) >>> used != 0) {
      throw malformed(schema, offset, "bits are set beyond the last of " + schema.bits());
    }
  }

  private void bitlist(SszSchema.Bitlist schema, int offset, int length) {
    if (length == 0 || data[offset + length - 1] == 0) {
      throw malformed(schema, offset, "a list of bits without the bit that ends it");
    }
    limit(schema, offset, bitCount(data, offset, length), schema.limit(), "bits");
  }

  /** The number of bits in a checked bitlist, without the one that ends it. */
  static long bitCount(byte[] data, int offset, int length) {
    int last = data[offset + length - 1] & 0xff;
    return 8L * (length - 1) + (Integer.SIZE - 1 - Integer.numberOfLeadingZeros(last));
  }

  private void vector(SszSchema.Vector schema, int offset, int length) {
    SszSchema element = schema.element();
    if (element.isFixedSize()) {
      fixedElements(schema, element, offset, schema.length());
    } else if (schema.length() != elementCount(schema, offset, length)) {
      throw malformed(schema, offset, "a vector of another length than " + schema.length());
    } else {
      variableElements(schema, element, offset, length, schema.length());
    }
  }

  private void list(SszSchema.List schema, int offset, int length) {
    SszSchema element = schema.element();
    if (element.isFixedSize()) {
      int size = element.fixedSize();
      if (length % size != 0) {
        throw malformed(
            schema, offset, length + " bytes are no whole number of elements of " + size);
      }
      limit(schema, offset, length / size, schema.limit(), "elements");
      fixedElements(schema, element, offset, length / size);
    } else if (length > 0) {
      int count = elementCount(schema, offset, length);
      limit(schema, offset, count, schema.limit(), "elements");
      variableElements(schema, element, offset, length, count);
    }
  }

  private void fixedElements(SszSchema schema, SszSchema element, int offset, int count) {
    if (element.acceptsAnyBytes()) {
      return;
    }
    int size = element.fixedSize();
    enter(schema);
    for (int i = 0; i < count; i++) {
      steps[depth - 1] = i;
      value(element, offset + i * size, size);
    }
    depth--;
  }

  private int elementCount(SszSchema schema, int offset, int length) {
    if (length < SszSchema.OFFSET_BYTES) {
      throw malformed(schema, offset, length + " bytes hold no offset");
    }
    int first = LittleEndian.int32(data, offset);
    if (first <= 0 || first > length || first % SszSchema.OFFSET_BYTES != 0) {
      throw malformed(
          schema, offset, "the first offset, " + Integer.toUnsignedString(first) + ", cannot be");
    }
    return first / SszSchema.OFFSET_BYTES;
  }

  private void variableElements(
      SszSchema schema, SszSchema element, int offset, int length, int count) {
    enter(schema);
    int from = count * SszSchema.OFFSET_BYTES;
    for (int i = 0; i < count; i++) {
      steps[depth - 1] = i;
      int to =
          i == count - 1
              ? length
              : LittleEndian.int32(data, offset + (i + 1) * SszSchema.OFFSET_BYTES);
      span(element, offset, from, to, length);
      from = to;
    }
    depth--;
  }

  private void container(SszContainer container, int offset, int length) {
    if (length < container.fixedPart()) {
      throw malformed(
          container,
          offset,
          length + " bytes where at least " + container.fixedPart() + " should be");
    }
    enter(container);
    int expected = container.fixedPart();
    for (int i = 0; i < container.fields().size(); i++) {
      steps[depth - 1] = i;
      SszSchema type = container.type(i);
      if (type.isFixedSize()) {
        value(type, offset + container.position(i), type.fixedSize());
        continue;
      }
      int from = LittleEndian.int32(data, offset + container.position(i));
      if (i == container.firstVariable() && from != expected) {
        throw malformed(
            type,
            offset + container.position(i),
            "the first offset is "
                + Integer.toUnsignedString(from)
                + " where "
                + expected
                + " should be");
      }
      int next = container.nextVariable(i);
      int to = next < 0 ? length : LittleEndian.int32(data, offset + container.position(next));
      span(type, offset, from, to, length);
    }
    depth--;
  }

  /** Checks the value between two offsets, the first of which is known to be good. */
  private void span(SszSchema schema, int offset, int from, int to, int length) {
    if (to < from || to > length) {
      throw malformed(
          schema,
          offset + from,
          "it would end at "
              + Integer.toUnsignedString(to)
              + " of "
              + length
              + " bytes and begins at "
              + from);
    }
    value(schema, offset + from, to - from);
  }

  private void limit(SszSchema schema, int offset, long count, long limit, String what) {
    if (count > limit) {
      throw malformed(schema, offset, count + " " + what + " where at most " + limit + " may be");
    }
  }

  private void enter(SszSchema schema) {
    if (depth == steps.length) {
      around = Arrays.copyOf(around, 2 * depth);
      steps = Arrays.copyOf(steps, 2 * depth);
    }
    around[depth++] = schema;
  }

  private SszException malformed(SszSchema schema, int offset, String problem) {
    StringBuilder path = new StringBuilder();
    SszSchema outermost = depth == 0 ? schema : around[0];
    path.append(outermost instanceof SszContainer container ? container.name() : "value");
    for (int i = 0; i < depth; i++) {
      if (around[i] instanceof SszContainer container) {
        path.append('.').append(container.fields().get(steps[i]).name());
      } else {
        path.append('[').append(steps[i]).append(']');
      }
    }
    return new SszException(path.toString(), offset - start, problem);
  }
}
