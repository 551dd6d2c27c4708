package io.auriga.testkit.replay;

import io.auriga.crypto.ssz.SszContainer;
import io.auriga.crypto.ssz.SszSchema;
import io.auriga.types.Hex;
import java.io.StringWriter;
import java.math.BigInteger;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * SSZ as the Beacon API writes it in JSON: numbers as decimal strings, bytes and bits in hex. For
 * data that was checked before; other data ends in an {@link IndexOutOfBoundsException}.
 */
final class SszJson {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final byte[] data;
  private final JsonGenerator json;

  private SszJson(byte[] data, JsonGenerator json) {
    this.data = data;
    this.json = json;
  }

  static String write(SszSchema schema, byte[] data) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      new SszJson(data, json).value(schema, 0, data.length);
    }
    return text.toString();
  }

  private void value(SszSchema schema, int from, int to) {
    switch (schema) {
      case SszSchema.Uint uint -> json.writeString(decimal(from, uint.bytes()));
      case SszSchema.Bool _ -> json.writeBoolean(data[from] != 0);
      case SszSchema.ByteVector _ -> hex(from, to);
      case SszSchema.ByteList _ -> hex(from, to);
      case SszSchema.Bitvector _ -> hex(from, to);
      case SszSchema.Bitlist _ -> hex(from, to);
      case SszSchema.Vector vector -> elements(vector.element(), from, to);
      case SszSchema.List list -> elements(list.element(), from, to);
      case SszContainer container -> container(container, from, to);
    }
  }

  private void hex(int from, int to) {
    json.writeString(Hex.toHex(data, from, to - from));
  }

  private String decimal(int from, int bytes) {
    byte[] bigEndian = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      bigEndian[bytes - 1 - i] = data[from + i];
    }
    return new BigInteger(1, bigEndian).toString();
  }

  private void elements(SszSchema element, int from, int to) {
    json.writeStartArray();
    if (element.isFixedSize()) {
      for (int at = from; at < to; at += element.fixedSize()) {
        value(element, at, at + element.fixedSize());
      }
    } else if (from < to) {
      int count = offset(from) / SszSchema.OFFSET_BYTES;
      for (int i = 0; i < count; i++) {
        int begin = from + offset(from + i * SszSchema.OFFSET_BYTES);
        int end = i + 1 < count ? from + offset(from + (i + 1) * SszSchema.OFFSET_BYTES) : to;
        value(element, begin, end);
      }
    }
    json.writeEndArray();
  }

  private void container(SszContainer container, int from, int to) {
    json.writeStartObject();
    int at = from;
    for (int i = 0; i < container.fields().size(); i++) {
      SszContainer.Field field = container.fields().get(i);
      json.writeName(field.name());
      if (field.type().isFixedSize()) {
        value(field.type(), at, at + field.type().fixedSize());
      } else {
        value(field.type(), from + offset(at), variableEnd(container, i, at, from, to));
      }
      at += field.type().slotSize();
    }
    json.writeEndObject();
  }

  /** Where a field of variable size ends: where the next such field begins. */
  private int variableEnd(SszContainer container, int index, int at, int from, int to) {
    int next = at + SszSchema.OFFSET_BYTES;
    for (int i = index + 1; i < container.fields().size(); i++) {
      SszSchema type = container.fields().get(i).type();
      if (!type.isFixedSize()) {
        return from + offset(next);
      }
      next += type.fixedSize();
    }
    return to;
  }

  private int offset(int at) {
    return (data[at] & 0xff)
        | (data[at + 1] & 0xff) << 8
        | (data[at + 2] & 0xff) << 16
        | (data[at + 3] & 0xff) << 24;
  }
}
