package io.auriga.runtime.http;

import io.auriga.runtime.config.SecretFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The token that opens a group of routes. Holds only its digest. */
public final class BearerToken {
  private static final String SCHEME = "bearer ";

  private final byte[] digest;

  public BearerToken(SecretFile secret) {
    this.digest = digest(secret.reveal());
  }

  /** Whether an {@code Authorization} header carries the token. Takes the same time for any. */
  boolean opens(Optional<String> authorization) {
    String header = authorization.orElse("");
    boolean scheme = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    String given = scheme ? header.substring(SCHEME.length()).strip() : "";
    return MessageDigest.isEqual(digest, digest(given));
  }

  @Override
  public String toString() {
    return "bearer token";
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("Every JDK has SHA-256", impossible);
    }
  }
}
