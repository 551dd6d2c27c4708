package io.auriga.app.cli;

import java.io.StringWriter;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One JSON object on one line, its keys in the order in which they are written. */
final class JsonLine {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;

  private JsonLine(JsonGenerator json) {
    this.json = json;
  }

  static String of(Consumer<JsonLine> content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      content.accept(new JsonLine(json));
      json.writeEndObject();
    }
    return text.toString();
  }

  JsonLine text(String name, @Nullable String value) {
    json.writeName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeString(value);
    }
    return this;
  }

  JsonLine number(String name, long value) {
    json.writeName(name);
    json.writeNumber(value);
    return this;
  }

  JsonLine flag(String name, @Nullable Boolean value) {
    json.writeName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeBoolean(value);
    }
    return this;
  }

  JsonLine texts(String name, List<String> values) {
    json.writeName(name);
    json.writeStartArray();
    values.forEach(json::writeString);
    json.writeEndArray();
    return this;
  }

  /** A list of objects, each with what {@code content} writes of its item. */
  <T> JsonLine objects(String name, List<T> items, BiConsumer<JsonLine, T> content) {
    json.writeName(name);
    json.writeStartArray();
    for (T item : items) {
      json.writeStartObject();
      content.accept(this, item);
      json.writeEndObject();
    }
    json.writeEndArray();
    return this;
  }

  JsonLine object(String name, Consumer<JsonLine> content) {
    json.writeName(name);
    json.writeStartObject();
    content.accept(this);
    json.writeEndObject();
    return this;
  }
}
