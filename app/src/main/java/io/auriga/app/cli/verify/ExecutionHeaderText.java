package io.auriga.app.cli.verify;

import io.auriga.crypto.rlp.RlpWriter;
import io.auriga.types.Hex;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header that an execution block's JSON holds, field by field. Values are read as tolerantly as
 * clients differ where the meaning is the same (the case of digits, leading zeros, a plain number)
 * and refused where it is not.
 */
final class ExecutionHeaderText {
  private static final int QUANTITY_BITS_MAX = 256;
  private static final Pattern QUANTITY = Pattern.compile("0x[0-9a-f]{1,80}");

  private final Map<HeaderField, byte[]> values = new EnumMap<>(HeaderField.class);

  /** Reads the header's fields; those that are missing or null stay absent. */
  static ExecutionHeaderText of(JsonObjectText block) {
    ExecutionHeaderText header = new ExecutionHeaderText();
    for (HeaderField field : HeaderField.values()) {
      if (block.hasValue(field.json())) {
        header.values.put(field, bytesOf(field, block));
      }
    }
    return header;
  }

  private static byte[] bytesOf(HeaderField field, JsonObjectText block) {
    String text =
        block
            .text(field.json())
            .orElseThrow(() -> new UnreadableFile(field.json() + " is not a hex string"));
    return switch (field.form()) {
      case DATA -> data(field.json(), text, field.length());
      case BYTES -> data(field.json(), text);
      case QUANTITY -> minimal(quantity(field.json(), text));
    };
  }

  boolean has(HeaderField field) {
    return values.containsKey(field);
  }

  /** A field of fixed length in hex; null if it is absent. */
  @Nullable String hex(HeaderField field) {
    byte[] value = values.get(field);
    return value == null ? null : Hex.toHex(value);
  }

  byte @Nullable [] bytes(HeaderField field) {
    return values.get(field);
  }

  /** How many fields the header has, if it is of the oldest form that has all that are there. */
  int fieldCount() {
    int last = 0;
    for (HeaderField field : values.keySet()) {
      last = Math.max(last, field.position());
    }
    return HeaderField.fieldCountWith(last);
  }

  /** What the header lacks in that form. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (HeaderField field : HeaderField.values()) {
      if (field.position() < fieldCount() && !has(field)) {
        missing.add(field.json());
      }
    }
    return missing;
  }

  /** The header's RLP, if nothing is missing. */
  byte[] encode() {
    RlpWriter writer = new RlpWriter().beginList();
    for (HeaderField field : HeaderField.values()) {
      byte[] value = values.get(field);
      if (value != null) {
        writer.bytes(value);
      }
    }
    return writer.endList().toBytes();
  }

  /** Bytes in hex of either case, of a given length. */
  static byte[] data(String name, String text, int length) {
    byte[] bytes = data(name, text);
    if (bytes.length != length) {
      throw new UnreadableFile(name + " has " + bytes.length + " bytes, not " + length);
    }
    return bytes;
  }

  /** Bytes in hex of either case. */
  static byte[] data(String name, String text) {
    try {
      return Hex.parse(text.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException malformed) {
      throw new UnreadableFile(name + " is " + malformed.getMessage(), malformed);
    }
  }

  /**
   * A non-negative integer: {@code 0x} and digits, leading zeros allowed. A string without {@code
   * 0x} is refused, because it could be read as decimal and as hex.
   */
  static BigInteger quantity(String name, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!QUANTITY.matcher(lower).matches()) {
      throw new UnreadableFile(name + " is not a quantity in hex: " + Hex.abbreviate(text));
    }
    BigInteger value = new BigInteger(lower.substring(2), 16);
    if (value.bitLength() > QUANTITY_BITS_MAX) {
      throw new UnreadableFile(name + " does not fit 256 bits: " + Hex.abbreviate(text));
    }
    return value;
  }

  private static byte[] minimal(BigInteger value) {
    byte[] bytes = value.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }
}
