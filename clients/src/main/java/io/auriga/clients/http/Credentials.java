package io.auriga.clients.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** How a node lets us in. Secrets lie in files, read afresh so that they can be replaced. */
public sealed interface Credentials {
  /** The largest secret file read; a token is far smaller. */
  int MAX_SECRET_BYTES = 16 * 1024;

  String BYTE_ORDER_MARK = "\ufeff";

  record None() implements Credentials {}

  /** {@code Authorization: Bearer}, the token being the file's content. */
  record Bearer(Path tokenFile) implements Credentials {}

  /** {@code Authorization: Basic}, the password being the file's content. */
  record Basic(String user, Path passwordFile) implements Credentials {}

  static Credentials none() {
    return new None();
  }

  /**
   * The {@code Authorization} header's value, if there is one.
   *
   * @throws IOException if the file cannot be read or holds no usable secret; the message never
   *     repeats what it holds
   */
  default Optional<String> authorization() throws IOException {
    return switch (this) {
      case None() -> Optional.empty();
      case Bearer(Path file) -> Optional.of("Bearer " + token(file));
      case Basic(String user, Path file) -> Optional.of(basic(user + ":" + secret(file)));
    };
  }

  /** Basic authentication of {@code user:password}. */
  static String basic(String userAndPassword) {
    return "Basic "
        + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
  }

  /** Checked here because the HTTP client's complaint about a header repeats its value. */
  private static String token(Path file) throws IOException {
    String token = secret(file);
    if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IOException("secret file " + file + " holds characters that no token has");
    }
    return token;
  }

  private static String secret(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_SECRET_BYTES + 1);
    }
    if (bytes.length > MAX_SECRET_BYTES) {
      throw new IOException(
          "secret file " + file + " is larger than " + MAX_SECRET_BYTES + " bytes");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    // Some editors put it before the text, where nobody sees it.
    String secret = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
    if (secret.isEmpty()) {
      throw new IOException("secret file " + file + " is empty");
    }
    if (secret.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new IOException("secret file " + file + " holds more than one line");
    }
    return secret;
  }
}
