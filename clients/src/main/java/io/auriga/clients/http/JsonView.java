package io.auriga.clients.http;

import io.auriga.types.Hex;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A value within a JSON message, with the path to it, so that every complaint names the field.
 *
 * @param path as in {@code data.header.message.slot}; empty for the whole
 */
public record JsonView(JsonNode node, String path) {
  /** The message lacks something or holds something else; the text names the field. */
  public static final class Unexpected extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unexpected(String message) {
      super(message);
    }
  }

  /** A field that must be there. */
  public JsonView at(String field) {
    return find(field)
        .orElseThrow(
            () ->
                new Unexpected(
                    node.isObject()
                        ? "field " + pathOf(field) + " is missing"
                        : subject() + " is not an object"));
  }

  /** A field that may be absent or null. */
  public Optional<JsonView> find(String field) {
    JsonNode value = node.get(field);
    return value == null || value.isNull()
        ? Optional.empty()
        : Optional.of(new JsonView(value, pathOf(field)));
  }

  public String text() {
    if (!node.isString()) {
      throw new Unexpected(subject() + " is not a string");
    }
    return node.stringValue();
  }

  /** A string or a number as text: {@code sync_distance} is a string by the standard, yet. */
  public String scalar() {
    if (node.isString() || node.isIntegralNumber()) {
      return node.asString();
    }
    throw new Unexpected(subject() + " is neither a string nor an integer");
  }

  public boolean truth() {
    if (!node.isBoolean()) {
      throw new Unexpected(subject() + " is neither true nor false");
    }
    return node.booleanValue();
  }

  /** A flag that counts as false where it is left out. */
  public boolean flag(String field) {
    return find(field).map(JsonView::truth).orElse(false);
  }

  /** Text in a form of its own. */
  public <T> T as(Function<String, T> parser) {
    String text = scalar();
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException malformed) {
      throw new Unexpected(subject() + ": " + malformed.getMessage());
    }
  }

  public boolean isObject() {
    return node.isObject();
  }

  public boolean isArray() {
    return node.isArray();
  }

  public List<JsonView> elements() {
    if (!node.isArray()) {
      throw new Unexpected(subject() + " is not a list");
    }
    List<JsonView> views = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      views.add(new JsonView(node.get(i), path + "[" + i + "]"));
    }
    return views;
  }

  /** The scalar fields of an object, nested ones left out. */
  public Map<String, String> scalars() {
    if (!node.isObject()) {
      throw new Unexpected(subject() + " is not an object");
    }
    Map<String, String> values = new LinkedHashMap<>();
    node.properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                values.put(field.getKey(), field.getValue().asString());
              }
            });
    return values;
  }

  private String subject() {
    return path.isEmpty() ? "the answer" : path + " (" + Hex.abbreviate(node.toString()) + ")";
  }

  private String pathOf(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
