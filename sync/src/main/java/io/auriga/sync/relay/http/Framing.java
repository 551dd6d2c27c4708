package io.auriga.sync.relay.http;

import java.util.Optional;

/**
 * How the end of a body is found (RFC 9112, 6.3).
 *
 * @param kind of a fixed length, chunked, or up to the end of the connection
 * @param length in bytes; 0 unless it is fixed
 */
public record Framing(Kind kind, long length) {
  /** Ways to find the end. */
  public enum Kind {
    FIXED,
    CHUNKED,
    TO_THE_END
  }

  public static final Framing NONE = new Framing(Kind.FIXED, 0);
  public static final Framing CHUNKED = new Framing(Kind.CHUNKED, 0);
  public static final Framing TO_THE_END = new Framing(Kind.TO_THE_END, 0);

  /** Digits that fit a long by far. */
  private static final int LENGTH_DIGITS_MAX = 15;

  public static Framing ofLength(long length) {
    return new Framing(Kind.FIXED, length);
  }

  /**
   * Refuses what smuggles: both fields, either of them twice, a length that is no number, a coding
   * that is not exactly {@code chunked}.
   */
  static Framing of(Head head, boolean http11, Framing otherwise) throws MalformedHttpException {
    Optional<String> length = head.single("content-length");
    Optional<String> coding = head.single("transfer-encoding");
    if (coding.isPresent()) {
      if (length.isPresent()) {
        throw new MalformedHttpException("both Content-Length and Transfer-Encoding");
      }
      if (!http11 || !coding.get().equalsIgnoreCase("chunked")) {
        throw new MalformedHttpException("a Transfer-Encoding that is not chunked");
      }
      return CHUNKED;
    }
    if (length.isEmpty()) {
      return otherwise;
    }
    String digits = length.get();
    if (digits.isEmpty()
        || digits.length() > LENGTH_DIGITS_MAX
        || digits.chars().anyMatch(c -> c < '0' || c > '9')) {
      throw new MalformedHttpException("a Content-Length that is no number");
    }
    return ofLength(Long.parseLong(digits));
  }
}
