package io.auriga.app.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Checks JSON against the schemas of an API document: as much of JSON Schema as the document uses,
 * and an error for a keyword beyond that, so that no rule is passed over.
 */
final class OpenApiSchemas {
  private static final List<String> KNOWN =
      List.of(
          "$ref",
          "type",
          "description",
          "pattern",
          "enum",
          "oneOf",
          "required",
          "properties",
          "additionalProperties",
          "items",
          "default",
          "minimum",
          "maximum");

  private final JsonNode document;
  private final List<String> problems = new ArrayList<>();

  OpenApiSchemas(JsonNode document) {
    this.document = document;
  }

  /** What is wrong with {@code value}, each with its place; empty where it fits. */
  static List<String> problems(JsonNode document, JsonNode schema, JsonNode value) {
    OpenApiSchemas check = new OpenApiSchemas(document);
    check.check(schema, value, "$");
    return List.copyOf(check.problems);
  }

  private void check(JsonNode schema, JsonNode value, String place) {
    for (String keyword : schema.propertyNames()) {
      if (!KNOWN.contains(keyword)) {
        problems.add(place + ": the checker does not know the keyword " + keyword);
      }
    }
    if (schema.has("$ref")) {
      check(document.at(schema.get("$ref").stringValue().substring(1)), value, place);
      return;
    }
    if (schema.has("oneOf")) {
      long fitting =
          schema
              .get("oneOf")
              .valueStream()
              .filter(one -> problems(document, one, value).isEmpty())
              .count();
      if (fitting != 1) {
        problems.add(place + ": fits " + fitting + " of the forms, not one: " + value);
      }
      return;
    }
    if (schema.has("type") && !isOf(schema.get("type").stringValue(), value)) {
      problems.add(place + ": not of type " + schema.get("type") + ": " + value);
      return;
    }
    if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) {
      problems.add(place + ": not one of " + schema.get("enum") + ": " + value);
    }
    if (schema.has("pattern")
        && !Pattern.compile(schema.get("pattern").stringValue())
            .matcher(value.stringValue())
            .find()) {
      problems.add(place + ": does not match " + schema.get("pattern") + ": " + value);
    }
    if (value.isObject()) {
      object(schema, value, place);
    }
    if (value.isArray() && schema.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        check(schema.get("items"), value.get(i), place + "[" + i + "]");
      }
    }
  }

  private void object(JsonNode schema, JsonNode value, String place) {
    schema
        .path("required")
        .valueStream()
        .map(JsonNode::stringValue)
        .filter(name -> !value.has(name))
        .forEach(name -> problems.add(place + ": lacks " + name));
    boolean closed = schema.has("additionalProperties");
    for (String name : value.propertyNames()) {
      Optional<JsonNode> property = schema.path("properties").optional(name);
      if (property.isPresent()) {
        check(property.get(), value.get(name), place + "." + name);
      } else if (closed) {
        problems.add(place + ": has the undocumented " + name);
      }
    }
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isString();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "null" -> value.isNull();
      default -> throw new AssertionError("the checker does not know the type " + type);
    };
  }
}
