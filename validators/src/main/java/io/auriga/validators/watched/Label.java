package io.auriga.validators.watched;

import io.auriga.types.Hex;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * A name that an operator gives to validators: {@code operator:acme}. A group is the label {@code
 * group:NAME}; of these a validator has at most one, of others as many as were given.
 */
public record Label(String key, String value) implements Comparable<Label> {
  /** The key of a group's name. */
  public static final String GROUP = "group";

  private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_-]{0,31}");

  /** Nothing that a terminal, a page, a metric's label or a file name would act on. */
  private static final Pattern VALUE =
      Pattern.compile("[\\p{L}\\p{Nd}][\\p{L}\\p{Nd} ._/@+-]{0,63}");

  private static final Comparator<Label> ORDER =
      Comparator.comparing(Label::key).thenComparing(Label::value);

  private static final Pattern GROUP_VALUE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}");

  /**
   * @throws IllegalArgumentException saying what of it no label may have
   */
  public Label {
    if (!KEY.matcher(key).matches()) {
      throw bad(key, "a label's key is of 1 to 32 small letters, digits, - and _");
    }
    if (key.equals(GROUP) && !GROUP_VALUE.matcher(value).matches()) {
      throw bad(value, "a group's name is of 1 to 64 letters, digits, spaces, dots, dashes");
    }
    if (!VALUE.matcher(value).matches()) {
      throw bad(
          value, "a label's value is of 1 to 64 letters and digits, with spaces and . _ / @ + -");
    }
  }

  /**
   * Reads {@code key:value}.
   *
   * @throws IllegalArgumentException if it is anything else, or names a group
   */
  public static Label parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw bad(text, "a label is of the form key:value");
    }
    Label label = new Label(text.substring(0, colon), text.substring(colon + 1));
    if (label.isGroup()) {
      throw bad(text, "a group is named under groups");
    }
    return label;
  }

  public static Label ofGroup(String name) {
    return new Label(GROUP, name);
  }

  public boolean isGroup() {
    return key.equals(GROUP);
  }

  private static IllegalArgumentException bad(String text, String problem) {
    return new IllegalArgumentException(problem + ": " + Hex.abbreviate(text));
  }

  @Override
  public int compareTo(Label other) {
    return ORDER.compare(this, other);
  }

  /** As it was given: {@code key:value}. */
  @Override
  public String toString() {
    return key + ":" + value;
  }
}
