package io.auriga.sync.relay.scan;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link JsonScanner} wants of one value: nothing, its text, or parts of it. One value may
 * have several forms, so a shape may say what to do with each.
 */
final class Shape {
  private static final byte[][] NO_NAMES = {};
  private static final Shape[] NO_SHAPES = {};

  private final @Nullable Field field;
  private final byte[][] names;
  private final Shape[] members;
  private final @Nullable Shape first;
  private final @Nullable Shape rest;
  private final boolean object;

  private Shape(
      @Nullable Field field,
      boolean object,
      byte[][] names,
      Shape[] members,
      @Nullable Shape first,
      @Nullable Shape rest) {
    this.field = field;
    this.object = object;
    this.names = names;
    this.members = members;
    this.first = first;
    this.rest = rest;
  }

  /** A string, number or literal whose text is wanted. */
  static Shape text(Field field) {
    return new Shape(field, false, NO_NAMES, NO_SHAPES, null, null);
  }

  /** Parts of an object or an array. */
  static Shape of() {
    return new Shape(null, false, NO_NAMES, NO_SHAPES, null, null);
  }

  /** The same, and its beginning, its end, or its text where it is a plain value. */
  Shape as(Field name) {
    return new Shape(name, object, names, members, first, rest);
  }

  /** The same, and these members where it is an object. */
  Shape with(Map<String, Shape> wanted) {
    byte[][] keys = new byte[wanted.size()][];
    Shape[] shapes = new Shape[wanted.size()];
    int index = 0;
    for (var entry : wanted.entrySet()) {
      keys[index] = entry.getKey().getBytes(StandardCharsets.UTF_8);
      shapes[index++] = entry.getValue();
    }
    return new Shape(field, true, keys, shapes, first, rest);
  }

  /** The same, and these elements where it is an array. */
  Shape items(@Nullable Shape zeroth, @Nullable Shape others) {
    return new Shape(field, object, names, members, zeroth, others);
  }

  @Nullable Field field() {
    return field;
  }

  boolean entersObject() {
    return object;
  }

  boolean entersArray() {
    return first != null || rest != null;
  }

  @Nullable Shape item(long index) {
    return index == 0 ? first : rest;
  }

  @Nullable Shape member(Captured name) {
    for (int i = 0; i < names.length; i++) {
      if (name.is(names[i])) {
        return members[i];
      }
    }
    return null;
  }
}
