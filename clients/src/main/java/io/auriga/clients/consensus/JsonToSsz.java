package io.auriga.clients.consensus;

import io.auriga.clients.http.JsonView;
import io.auriga.crypto.ssz.SszContainer;
import io.auriga.crypto.ssz.SszSchema;
import io.auriga.types.Hex;
import io.auriga.types.UInt64;
import java.math.BigInteger;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Writes the SSZ of a value whose JSON streams by, guided by its schema. Fields may come in any
 * order and unknown ones are skipped; a missing, repeated or malformed one is an error that names
 * its path. Used once, by one thread.
 *
 * <p>The output is one growing array. A container reserves its fixed part, writes fixed fields to
 * their places and appends the others as they come; at its end it writes their offsets, and puts
 * them in order if they came in another. A list of values of variable size makes room for its
 * offsets at its end. Offsets count from what contains them, so moving values does not change them.
 */
final class JsonToSsz {
  private static final int FIRST_CAPACITY = 64 * 1024;
  private static final int ABSENT = -1;
  private static final int UINT64_BYTES = 8;
  // 2^256 has 78 digits; whoever sends more wants our time.
  private static final int DECIMAL_DIGITS_MAX = 78;

  private final JsonParser parser;
  private byte[] out = new byte[FIRST_CAPACITY];
  private int end;

  private JsonToSsz(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads the value on which the parser stands.
   *
   * @throws JsonView.Unexpected if it is not one of the schema
   * @throws tools.jackson.core.JacksonException if it is not JSON
   */
  static byte[] transcode(SszSchema schema, JsonParser parser) {
    JsonToSsz transcoder = new JsonToSsz(parser);
    if (schema.isFixedSize()) {
      transcoder.reserve(schema.fixedSize());
      transcoder.fixed(schema, 0);
    } else {
      transcoder.variable(schema);
    }
    return Arrays.copyOf(transcoder.out, transcoder.end);
  }

  /** Writes a value of fixed size to its place. */
  private void fixed(SszSchema schema, int at) {
    switch (schema) {
      case SszSchema.Uint(int bytes) -> uint(bytes, at);
      case SszSchema.Bool() -> bool(at);
      case SszSchema.ByteVector(int length) -> hex(length, at);
      case SszSchema.Bitvector bits -> hex(bits.fixedSize(), at);
      case SszSchema.Vector(SszSchema element, int length) -> fixedVector(element, length, at);
      case SszContainer container -> container(container, at);
      case SszSchema.ByteList _, SszSchema.Bitlist _, SszSchema.List _ ->
          throw new IllegalStateException("a value of variable size at a fixed place");
    }
  }

  /** Appends a value of variable size. */
  private void variable(SszSchema schema) {
    switch (schema) {
      case SszSchema.ByteList(long limit) -> hexList(limit, limit + " bytes");
      case SszSchema.Bitlist(long limit) -> hexList(limit / 8 + 1, limit + " bits");
      case SszSchema.List(SszSchema element, long limit) -> list(element, limit);
      case SszSchema.Vector(SszSchema element, int length) -> {
        int count = list(element, length);
        if (count != length) {
          throw unexpected("has " + count + " elements, not " + length);
        }
      }
      case SszContainer container -> container(container, reserve(fixedPart(container)));
      case SszSchema.Uint _, SszSchema.Bool _, SszSchema.ByteVector _, SszSchema.Bitvector _ ->
          throw new IllegalStateException("a value of fixed size is not appended");
    }
  }

  private static int fixedPart(SszContainer container) {
    int size = 0;
    for (SszContainer.Field field : container.fields()) {
      size += field.type().slotSize();
    }
    return size;
  }

  private void container(SszContainer container, int at) {
    require(JsonToken.START_OBJECT, "an object");
    int fields = container.fields().size();
    int[] starts = new int[fields];
    int[] ends = new int[fields];
    Arrays.fill(starts, ABSENT);
    int[] places = new int[fields];
    for (int i = 1; i < fields; i++) {
      places[i] = places[i - 1] + container.fields().get(i - 1).type().slotSize();
    }
    int variableFrom = end;
    int expected = 0;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      int field = indexOf(container, parser.currentName(), expected);
      parser.nextToken();
      if (field < 0) {
        parser.skipChildren();
        continue;
      }
      if (starts[field] != ABSENT) {
        throw unexpected("is there twice");
      }
      expected = field + 1;
      SszSchema type = container.fields().get(field).type();
      starts[field] = end;
      if (type.isFixedSize()) {
        fixed(type, at + places[field]);
      } else {
        variable(type);
      }
      ends[field] = end;
    }
    finish(container, at, variableFrom, places, starts, ends);
  }

  /** Checks that every field came, writes the offsets, and orders what they point to. */
  private void finish(
      SszContainer container, int at, int variableFrom, int[] places, int[] starts, int[] ends) {
    boolean ordered = true;
    int previousEnd = variableFrom;
    for (int i = 0; i < starts.length; i++) {
      SszContainer.Field field = container.fields().get(i);
      if (starts[i] == ABSENT) {
        throw unexpected("lacks the field " + field.name());
      }
      if (!field.type().isFixedSize()) {
        ordered &= starts[i] == previousEnd;
        previousEnd = ends[i];
      }
    }
    byte[] unordered = ordered ? out : Arrays.copyOfRange(out, variableFrom, end);
    int position = variableFrom;
    for (int i = 0; i < starts.length; i++) {
      if (!container.fields().get(i).type().isFixedSize()) {
        int length = ends[i] - starts[i];
        if (!ordered) {
          System.arraycopy(unordered, starts[i] - variableFrom, out, position, length);
        }
        putOffset(at + places[i], position - at);
        position += length;
      }
    }
  }

  private static int indexOf(SszContainer container, String name, int expected) {
    // Nodes write the fields in the schema's order, so the next one is nearly always it.
    if (expected < container.fields().size()
        && container.fields().get(expected).name().equals(name)) {
      return expected;
    }
    return container.has(name) ? container.indexOf(name) : -1;
  }

  private int list(SszSchema element, long limit) {
    require(JsonToken.START_ARRAY, "a list");
    int from = end;
    int count = 0;
    int[] starts = new int[element.isFixedSize() ? 0 : 16];
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == limit) {
        throw unexpected("is one element more than the limit of " + limit);
      }
      if (element.isFixedSize()) {
        fixed(element, reserve(element.fixedSize()));
      } else {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count] = end - from;
        variable(element);
      }
      count++;
    }
    if (!element.isFixedSize() && count > 0) {
      int table = count * SszSchema.OFFSET_BYTES;
      int length = end - from;
      reserve(table);
      System.arraycopy(out, from, out, from + table, length);
      for (int i = 0; i < count; i++) {
        putOffset(from + i * SszSchema.OFFSET_BYTES, table + starts[i]);
      }
    }
    return count;
  }

  private void fixedVector(SszSchema element, int length, int at) {
    require(JsonToken.START_ARRAY, "a list");
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == length) {
        throw unexpected("is one element more than " + length);
      }
      fixed(element, at + count * element.fixedSize());
      count++;
    }
    if (count != length) {
      throw unexpected("has " + count + " elements, not " + length);
    }
  }

  private void uint(int bytes, int at) {
    require(JsonToken.VALUE_STRING, "a decimal string");
    String text = parser.getString();
    if (bytes == UINT64_BYTES) {
      try {
        putLong(at, UInt64.parseDecimal(text));
      } catch (IllegalArgumentException malformed) {
        throw unexpected("is " + malformed.getMessage());
      }
      return;
    }
    if (text.isEmpty()
        || text.length() > DECIMAL_DIGITS_MAX
        || text.chars().anyMatch(c -> c < '0' || c > '9')) {
      throw unexpected("is not a decimal number: " + Hex.abbreviate(text));
    }
    BigInteger value = new BigInteger(text);
    if (value.bitLength() > 8 * bytes) {
      throw unexpected("does not fit " + 8 * bytes + " bits: " + text);
    }
    byte[] bigEndian = value.toByteArray();
    for (int i = 0; i < Math.min(bytes, bigEndian.length); i++) {
      out[at + i] = bigEndian[bigEndian.length - 1 - i];
    }
  }

  private void bool(int at) {
    switch (parser.currentToken()) {
      case VALUE_TRUE -> out[at] = 1;
      case VALUE_FALSE -> out[at] = 0;
      default -> throw unexpected("is neither true nor false");
    }
  }

  private void hexList(long limitBytes, String limit) {
    require(JsonToken.VALUE_STRING, "a hex string");
    int digits = parser.getStringLength() - 2;
    if (digits / 2 > limitBytes) {
      throw unexpected("is longer than the limit of " + limit);
    }
    int length = Math.max(0, digits / 2);
    hex(length, reserve(length));
  }

  private void hex(int length, int at) {
    require(JsonToken.VALUE_STRING, "a hex string");
    char[] text = parser.getStringCharacters();
    int from = parser.getStringOffset();
    if (parser.getStringLength() != 2 + 2 * length || text[from] != '0' || text[from + 1] != 'x') {
      throw unexpected("is not 0x and " + length + " bytes in hex: " + abbreviated());
    }
    for (int i = 0; i < length; i++) {
      int high = digit(text[from + 2 + 2 * i]);
      int low = digit(text[from + 3 + 2 * i]);
      if ((high | low) < 0) {
        throw unexpected("is not hex: " + abbreviated());
      }
      out[at + i] = (byte) (high << 4 | low);
    }
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int letter = c | 0x20;
    return letter >= 'a' && letter <= 'f' && c < 0x80 ? letter - 'a' + 10 : -1;
  }

  private String abbreviated() {
    return Hex.abbreviate(parser.getString());
  }

  private int reserve(int bytes) {
    int at = end;
    int needed = Math.addExact(end, bytes);
    if (needed > out.length) {
      out = Arrays.copyOf(out, Math.max(needed, 2 * out.length));
    }
    end = needed;
    return at;
  }

  private void putOffset(int at, int value) {
    for (int i = 0; i < SszSchema.OFFSET_BYTES; i++) {
      out[at + i] = (byte) (value >>> (8 * i));
    }
  }

  private void putLong(int at, long value) {
    for (int i = 0; i < UINT64_BYTES; i++) {
      out[at + i] = (byte) (value >>> (8 * i));
    }
  }

  private void require(JsonToken token, String what) {
    if (parser.currentToken() != token) {
      throw unexpected("is not " + what);
    }
  }

  private JsonView.Unexpected unexpected(String problem) {
    String path = parser.streamReadContext().pathAsPointer().toString();
    return new JsonView.Unexpected((path.isEmpty() ? "the value" : path) + " " + problem);
  }
}
