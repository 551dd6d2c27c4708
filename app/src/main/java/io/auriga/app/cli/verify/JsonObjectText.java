package io.auriga.app.cli.verify;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object of a file, known by its keys and by where each value lies, so that what is inside
 * is read only once it is clear what it is.
 */
final class JsonObjectText {
  /** Twice the deepest block. */
  private static final int DEPTH_MAX = 32;

  /** Longer than any scalar that decides anything; the logs bloom has 514 characters. */
  private static final int SHORT_MAX = 1024;

  // Two values under one key can be read either way, so such a file cannot be judged.
  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH_MAX)
                  .maxStringLength(FileContent.BYTES_MAX)
                  .maxNameLength(256)
                  .maxNumberLength(100)
                  .build())
          .build();

  /** Where a value lies; the text of scalars is kept if it is short. */
  private record Value(JsonToken token, int start, int end, @Nullable String text) {}

  private final byte[] content;
  private final int start;
  private final int end;
  private final Map<String, Value> values;

  private JsonObjectText(byte[] content, int start, int end, Map<String, Value> values) {
    this.content = content;
    this.start = start;
    this.end = end;
    this.values = values;
  }

  /**
   * Reads the outline of the one object that {@code content} from {@code start} to {@code end} is.
   *
   * @throws UnreadableFile if it is anything else
   */
  static JsonObjectText of(byte[] content, int start, int end) {
    try (JsonParser parser = parser(content, start, end)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw new UnreadableFile(
            first == JsonToken.START_ARRAY
                ? "it is a JSON list; give one block a file"
                : "it is JSON, but not an object");
      }
      Map<String, Value> values = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        int from = start + (int) parser.currentTokenLocation().getByteOffset();
        String text = scalar(parser);
        parser.skipChildren();
        values.put(
            name,
            new Value(token, from, start + (int) parser.currentLocation().getByteOffset(), text));
      }
      if (parser.nextToken() != null) {
        throw new UnreadableFile("something follows the JSON object; give one block a file");
      }
      return new JsonObjectText(content, start, end, values);
    } catch (JacksonException malformed) {
      throw malformed(malformed);
    }
  }

  /**
   * The text of a scalar on which the parser stands; null for null, lists, objects and what is
   * long. A whole number becomes the quantity that it is, so that it cannot be taken for a string
   * of hex digits.
   */
  static @Nullable String scalar(JsonParser parser) {
    return switch (parser.currentToken()) {
      // Asking for the length reads the string to its end, so that its place is known.
      case VALUE_STRING -> parser.getStringLength() <= SHORT_MAX ? parser.getString() : null;
      case VALUE_NUMBER_INT ->
          parser.getBigIntegerValue().signum() < 0
              ? parser.getString()
              : "0x" + parser.getBigIntegerValue().toString(16);
      case VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> parser.getString();
      default -> null;
    };
  }

  static JsonParser parser(byte[] content, int start, int end) {
    return STRICT.createParser(ObjectReadContext.empty(), content, start, end - start);
  }

  static UnreadableFile malformed(JacksonException malformed) {
    var location = malformed.getLocation();
    String where =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return new UnreadableFile(
        "not JSON that can be read" + where + ": " + malformed.getOriginalMessage(), malformed);
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Whether the key is there with a value other than null. */
  boolean hasValue(String key) {
    Value value = values.get(key);
    return value != null && value.token() != JsonToken.VALUE_NULL;
  }

  Set<String> keys() {
    return values.keySet();
  }

  boolean isObject(String key) {
    Value value = values.get(key);
    return value != null && value.token() == JsonToken.START_OBJECT;
  }

  /** The short string or number under a key; empty if there is none. */
  Optional<String> text(String key) {
    Value value = values.get(key);
    return value == null || !value.token().isScalarValue()
        ? Optional.empty()
        : Optional.ofNullable(value.text());
  }

  /** The object under a key, which must be one. */
  JsonObjectText object(String key) {
    Value value = value(key);
    return of(content, value.start(), value.end());
  }

  /** A parser that stands before the value under a key. */
  JsonParser parserOf(String key) {
    Value value = value(key);
    return parser(content, value.start(), value.end());
  }

  /** The object's JSON, as it stands in the file. */
  byte[] text() {
    return Arrays.copyOfRange(content, start, end);
  }

  /** The string under a key, however long. */
  String string(String key) {
    Value value = value(key);
    if (value.token() != JsonToken.VALUE_STRING) {
      throw new UnreadableFile(key + " is not a string");
    }
    String text = value.text();
    return text != null
        ? text
        : new String(
            content, value.start() + 1, value.end() - value.start() - 2, StandardCharsets.UTF_8);
  }

  private Value value(String key) {
    Value value = values.get(key);
    if (value == null) {
      throw new UnreadableFile(key + " is missing");
    }
    return value;
  }
}
