package io.auriga.types;

/**
 * A stable name for one way to fail, to count and to search: {@code AUR-CLIENT-TIMEOUT}. Each
 * module has an enum of its own; {@code docs/reference/errors.md} lists them all.
 */
public interface ErrorCode {
  /** The code as printed, upper case with hyphens, never changed once released. */
  String code();

  /** What the code means, one sentence, for the reference page. */
  String meaning();

  /** What a person should do, one sentence. */
  String remedy();
}
