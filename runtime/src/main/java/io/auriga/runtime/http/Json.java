package io.auriga.runtime.http;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** JSON in and out of the endpoint, without binding to classes. */
public final class Json {
  private static final int DEPTH_MAX = 32;
  private static final int STRING_MAX = 1 << 20;
  private static final int NUMBER_MAX = 100;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(STRING_MAX)
                          .maxNumberLength(NUMBER_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** Writes one JSON value. */
  @FunctionalInterface
  public interface JsonWriter {
    void write(JsonGenerator generator);
  }

  /** For objects and arrays built in memory. */
  public static JsonNodeFactory nodes() {
    return MAPPER.getNodeFactory();
  }

  public static byte[] bytes(JsonNode node) {
    return MAPPER.writeValueAsBytes(node);
  }

  public static byte[] bytes(JsonWriter writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = generator(bytes)) {
      writer.write(generator);
    }
    return bytes.toByteArray();
  }

  /** For a long answer that is written piece by piece; closing it does not close the stream. */
  public static JsonGenerator generator(java.io.OutputStream stream) {
    JsonGenerator generator = MAPPER.createGenerator(stream);
    generator.configure(tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET, false);
    // What fails half-way must not look whole.
    generator.configure(tools.jackson.core.StreamWriteFeature.AUTO_CLOSE_CONTENT, false);
    return generator;
  }

  /**
   * Reads one JSON value from a body that has been bounded already.
   *
   * @throws HttpException if it is not JSON, nested too deeply or followed by something else
   */
  public static JsonNode parse(byte[] body) {
    JsonNode node;
    try {
      node = MAPPER.readTree(body);
    } catch (JacksonException malformed) {
      throw new HttpException(
          HttpError.BAD_REQUEST,
          "read the body as JSON",
          malformed.getOriginalMessage() + place(malformed.getLocation()),
          malformed);
    }
    if (node == null || node.isMissingNode()) {
      throw new HttpException(HttpError.BAD_REQUEST, "read the body as JSON", "it is empty");
    }
    return node;
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }
}
