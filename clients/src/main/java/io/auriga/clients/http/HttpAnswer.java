package io.auriga.clients.http;

import io.auriga.types.Hex;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A whole answer of a node.
 *
 * @param body shared, not copied; the caller owns it
 * @param asked when the request was sent
 * @param received when the last byte had come
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a block may weigh megabytes
public record HttpAnswer(
    int status, HttpHeaders headers, byte[] body, Instant asked, Instant received) {
  private static final int EXCERPT_BYTES = 160;

  /** No type that we know is half as long. */
  private static final int MEDIA_TYPE_LENGTH = 100;

  public boolean isOk() {
    return status / 100 == 2;
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name).map(String::strip);
  }

  /**
   * The media type in lower case, without parameters, fit to stand in a message; empty if none was
   * given.
   */
  public String mediaType() {
    String type = header("Content-Type").orElse("");
    int semicolon = type.indexOf(';');
    String bare = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    String bounded = bare.substring(0, Math.min(bare.length(), MEDIA_TYPE_LENGTH));
    return Hex.printable(bounded.toLowerCase(Locale.ROOT));
  }

  /** How the body begins, for a message; control characters and excess are left out. */
  public String excerpt() {
    return excerpt(body);
  }

  static String excerpt(byte[] body) {
    if (body.length == 0) {
      return "an empty body";
    }
    int length = Math.min(body.length, EXCERPT_BYTES);
    String text =
        new String(body, 0, length, StandardCharsets.UTF_8)
            .replaceAll("[\\p{C}\\p{Z}\\uFFFD]+", " ")
            .strip();
    return '"' + text + (body.length > length ? "…" : "") + '"';
  }

  @Override
  public String toString() {
    return "HttpAnswer[" + status + ", " + body.length + " bytes]";
  }
}
