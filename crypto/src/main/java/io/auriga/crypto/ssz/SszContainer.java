package io.auriga.crypto.ssz;

/**
 * A container: named fields in order. The names are those of the Beacon API's JSON ({@code
 * parent_root}), the container's own is the spec's ({@code BeaconBlock}).
 */
public final class SszContainer implements SszSchema {
  /** One field. */
  public record Field(String name, SszSchema type) {}

  private final String name;
  private final java.util.List<Field> fields;
  private final int[] positions;
  private final int[] nextVariable;
  private final int fixedPart;
  private final int firstVariable;
  private final boolean acceptsAnyBytes;

  public SszContainer(String name, java.util.List<Field> fields) {
    this.name = name;
    this.fields = java.util.List.copyOf(fields);
    this.positions = new int[fields.size()];
    this.nextVariable = new int[fields.size()];
    int position = 0;
    for (int i = 0; i < positions.length; i++) {
      positions[i] = position;
      position = Math.addExact(position, type(i).slotSize());
    }
    this.fixedPart = position;
    int variable = -1;
    for (int i = positions.length - 1; i >= 0; i--) {
      nextVariable[i] = variable;
      if (!type(i).isFixedSize()) {
        variable = i;
      }
    }
    this.firstVariable = variable;
    this.acceptsAnyBytes = this.fields.stream().allMatch(f -> f.type().acceptsAnyBytes());
    if (fixedPart == 0) {
      throw new IllegalArgumentException(name + " has no fields");
    }
  }

  public static Field field(String name, SszSchema type) {
    return new Field(name, type);
  }

  public String name() {
    return name;
  }

  public java.util.List<Field> fields() {
    return fields;
  }

  public boolean has(String field) {
    return find(field) >= 0;
  }

  /**
   * The place of a field in the order of fields.
   *
   * @throws IllegalArgumentException if there is none of the name
   */
  public int indexOf(String field) {
    int index = find(field);
    if (index < 0) {
      throw new IllegalArgumentException(name + " has no field " + field);
    }
    return index;
  }

  private int find(String field) {
    for (int i = 0; i < positions.length; i++) {
      if (fields.get(i).name().equals(field)) {
        return i;
      }
    }
    return -1;
  }

  SszSchema type(int field) {
    return fields.get(field).type();
  }

  /** Where a field, or its offset, lies from the container's begin. */
  int position(int field) {
    return positions[field];
  }

  /** The first field of variable size; -1 if there is none. */
  int firstVariable() {
    return firstVariable;
  }

  /** The next field of variable size; -1 if there is none. */
  int nextVariable(int field) {
    return nextVariable[field];
  }

  /** The length of the part in which every field has a fixed place. */
  int fixedPart() {
    return fixedPart;
  }

  /** Where a field's value begins, in checked data. */
  int valueOffset(int field, byte[] data, int offset) {
    int position = offset + positions[field];
    return type(field).isFixedSize() ? position : offset + LittleEndian.int32(data, position);
  }

  /** Where a field's value ends, in checked data. */
  int valueEnd(int field, byte[] data, int offset, int length) {
    if (type(field).isFixedSize()) {
      return offset + positions[field] + type(field).fixedSize();
    }
    int next = nextVariable[field];
    return next < 0 ? offset + length : offset + LittleEndian.int32(data, offset + positions[next]);
  }

  @Override
  public boolean isFixedSize() {
    return firstVariable < 0;
  }

  @Override
  public boolean acceptsAnyBytes() {
    return acceptsAnyBytes;
  }

  @Override
  public int fixedSize() {
    if (!isFixedSize()) {
      throw new IllegalStateException(name + " varies in size");
    }
    return fixedPart;
  }

  @Override
  public String toString() {
    return name;
  }
}
