package io.auriga.crypto.ssz;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the bytes of one container from the bytes of its fields, and of lists from those of their
 * elements. What is assembled is not checked: {@link SszValidator} does that once, at the end.
 */
public final class SszWriter {
  private final SszContainer type;
  private final byte[] @Nullable [] values;

  private SszWriter(SszContainer type) {
    this.type = type;
    this.values = new byte[type.fields().size()][];
  }

  /** A container whose fields must all be set. */
  public static SszWriter of(SszContainer type) {
    return new SszWriter(type);
  }

  /** A container whose fields are zero or empty until they are set. */
  public static SszWriter ofDefaults(SszContainer type) {
    SszWriter writer = new SszWriter(type);
    for (int i = 0; i < writer.values.length; i++) {
      writer.values[i] = defaultOf(type.type(i));
    }
    return writer;
  }

  /** Sets a field to a value's bytes, which are not copied. */
  public SszWriter set(String field, byte[] value) {
    return set(type.indexOf(field), value);
  }

  /** Sets a field by its place in the order of fields. */
  public SszWriter set(int field, byte[] value) {
    SszSchema schema = type.type(field);
    if (schema.isFixedSize() && value.length != schema.fixedSize()) {
      throw new IllegalArgumentException(
          type
              + "."
              + type.fields().get(field).name()
              + " takes "
              + schema.fixedSize()
              + " bytes, not "
              + value.length);
    }
    values[field] = value;
    return this;
  }

  /** Sets a field that is an unsigned 64-bit integer. */
  public SszWriter set(String field, long value) {
    return set(field, uint64(value));
  }

  /** Whether a field has been set, or had a default. */
  public boolean isSet(int field) {
    return values[field] != null;
  }

  /**
   * The container's bytes.
   *
   * @throws IllegalStateException if a field is not set
   */
  public byte[] toBytes() {
    int size = type.fixedPart();
    for (int i = 0; i < values.length; i++) {
      byte[] value = values[i];
      if (value == null) {
        throw new IllegalStateException(
            type + "." + type.fields().get(i).name() + " has not been set");
      }
      size = type.type(i).isFixedSize() ? size : Math.addExact(size, value.length);
    }
    byte[] bytes = new byte[size];
    int end = type.fixedPart();
    for (int i = 0; i < values.length; i++) {
      byte[] value = values[i];
      if (value == null) {
        continue; // refused above
      }
      int at = type.position(i);
      if (!type.type(i).isFixedSize()) {
        LittleEndian.putInt32(bytes, at, end);
        at = end;
        end += value.length;
      }
      System.arraycopy(value, 0, bytes, at, value.length);
    }
    return bytes;
  }

  /** The bytes of a list or vector whose elements have this type. */
  public static byte[] sequence(SszSchema element, List<byte[]> elements) {
    boolean fixed = element.isFixedSize();
    int end = fixed ? 0 : Math.multiplyExact(elements.size(), SszSchema.OFFSET_BYTES);
    int size = end;
    for (byte[] value : elements) {
      size = Math.addExact(size, value.length);
    }
    byte[] bytes = new byte[size];
    int slot = 0;
    for (byte[] value : elements) {
      if (!fixed) {
        LittleEndian.putInt32(bytes, slot, end);
        slot += SszSchema.OFFSET_BYTES;
      }
      System.arraycopy(value, 0, bytes, end, value.length);
      end += value.length;
    }
    return bytes;
  }

  /** The bytes of an unsigned 64-bit integer. */
  public static byte[] uint64(long value) {
    byte[] bytes = new byte[Long.BYTES];
    LittleEndian.putInt64(bytes, 0, value);
    return bytes;
  }

  /** The bytes of the value that is all zero and empty ({@code default} of the spec). */
  public static byte[] defaultOf(SszSchema schema) {
    if (schema.isFixedSize()) {
      return new byte[schema.fixedSize()];
    }
    return switch (schema) {
      case SszContainer container -> ofDefaults(container).toBytes();
      case SszSchema.Bitlist _ -> new byte[] {1};
      case SszSchema.Vector vector ->
          sequence(
              vector.element(),
              java.util.Collections.nCopies(vector.length(), defaultOf(vector.element())));
      default -> new byte[0];
    };
  }
}
