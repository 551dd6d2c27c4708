package io.auriga.clients.consensus;

import io.auriga.clients.http.JsonView;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The scalars of one object, and of one object within it. */
record JsonFields(String path, Map<String, String> scalars, @Nullable JsonFields inner) {
  // An object of these APIs has a dozen fields; whoever sends more wants our memory.
  private static final int FIELDS_MAX = 64;

  static JsonFields read(JsonParser parser, String nested) {
    String path = parser.streamReadContext().pathAsPointer().toString();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw unexpected(parser, "is not an object");
    }
    Map<String, String> scalars = HashMap.newHashMap(8);
    @Nullable JsonFields inner = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals(nested)) {
        inner = read(parser, "");
      } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
        scalars.put(name, parser.getString());
        if (scalars.size() > FIELDS_MAX) {
          throw unexpected(parser, "is one field more than " + FIELDS_MAX);
        }
      } else {
        parser.skipChildren();
      }
    }
    return new JsonFields(path, scalars, inner);
  }

  JsonFields nested() {
    if (inner == null) {
      throw new JsonView.Unexpected(path + " holds no validator");
    }
    return inner;
  }

  <T> T as(String name, Function<String, T> parser) {
    try {
      return parser.apply(text(name));
    } catch (IllegalArgumentException malformed) {
      throw new JsonView.Unexpected(path + "/" + name + ": " + malformed.getMessage());
    }
  }

  boolean truth(String name) {
    return as(
        name,
        text ->
            switch (text) {
              case "true" -> true;
              case "false" -> false;
              default -> throw new IllegalArgumentException("is neither true nor false");
            });
  }

  /** A field that may be missing, null or empty. */
  <T> Optional<T> find(String name, Function<String, T> parser) {
    return scalars.getOrDefault(name, "").isEmpty()
        ? Optional.empty()
        : Optional.of(as(name, parser));
  }

  private String text(String name) {
    String text = scalars.get(name);
    if (text == null) {
      throw new JsonView.Unexpected("field " + path + "/" + name + " is missing");
    }
    return text;
  }

  static JsonView.Unexpected unexpected(JsonParser parser, String problem) {
    String path = parser.streamReadContext().pathAsPointer().toString();
    return new JsonView.Unexpected((path.isEmpty() ? "the answer" : path) + " " + problem);
  }
}
