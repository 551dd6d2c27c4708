package io.auriga.crypto.ssz;

import io.auriga.types.Root;
import java.util.Arrays;

/**
 * A value inside checked bytes: its type and where it lies. Nothing is copied until it is asked
 * for.
 */
public final class SszView {
  private final SszSchema schema;
  private final byte[] data;
  private final int offset;
  private final int length;

  private SszView(SszSchema schema, byte[] data, int offset, int length) {
    this.schema = schema;
    this.data = data;
    this.offset = offset;
    this.length = length;
  }

  /**
   * Checks all of {@code data}, which must not change afterwards.
   *
   * @throws SszException if it is not a value of the type
   */
  public static SszView of(SszSchema schema, byte[] data) {
    SszValidator.check(schema, data, 0, data.length);
    return new SszView(schema, data, 0, data.length);
  }

  public SszSchema schema() {
    return schema;
  }

  public byte[] data() {
    return data;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  public boolean has(String field) {
    return container().has(field);
  }

  public SszView field(String name) {
    SszContainer container = container();
    int index = container.indexOf(name);
    int from = container.valueOffset(index, data, offset);
    int to = container.valueEnd(index, data, offset, length);
    return new SszView(container.type(index), data, from, to - from);
  }

  /** The value of a field that is an unsigned 64-bit integer. */
  public long uint64(String field) {
    return LittleEndian.int64(data, positionOf(field, Long.BYTES));
  }

  /** The value of a field of 32 bytes. */
  public Root root(String field) {
    return Root.at(data, positionOf(field, Root.LENGTH));
  }

  /** Where a field of a fixed size lies in {@link #data}. */
  int positionOf(String field, int size) {
    SszContainer container = container();
    int index = container.indexOf(field);
    if (container.type(index).slotSize() != size) {
      throw new IllegalArgumentException(container + "." + field + " is not of " + size + " bytes");
    }
    return offset + container.position(index);
  }

  /** How many elements a list or vector has. */
  public int count() {
    return SszHasher.elementCount(elementType(), data, offset, length);
  }

  /** An element of a list or vector. */
  public SszView element(int index) {
    int from = elementOffset(index);
    return new SszView(elementType(), data, from, elementEnd(index) - from);
  }

  /** An element of a list or vector of unsigned 64-bit integers. */
  public long uint64At(int index) {
    return LittleEndian.int64(data, elementOffset(index));
  }

  int elementOffset(int index) {
    SszSchema element = elementType();
    return element.isFixedSize()
        ? offset + index * element.fixedSize()
        : offset + LittleEndian.int32(data, offset + index * SszSchema.OFFSET_BYTES);
  }

  int elementEnd(int index) {
    SszSchema element = elementType();
    if (element.isFixedSize()) {
      return elementOffset(index) + element.fixedSize();
    }
    return index + 1 == count() ? offset + length : elementOffset(index + 1);
  }

  public Root hashTreeRoot() {
    return SszHasher.hashTreeRoot(schema, data, offset, length);
  }

  public byte[] toBytes() {
    return Arrays.copyOfRange(data, offset, offset + length);
  }

  private SszContainer container() {
    if (schema instanceof SszContainer container) {
      return container;
    }
    throw new IllegalArgumentException("only containers have fields");
  }

  private SszSchema elementType() {
    return switch (schema) {
      case SszSchema.List list -> list.element();
      case SszSchema.Vector vector -> vector.element();
      default -> throw new IllegalArgumentException("only lists and vectors have elements");
    };
  }
}
