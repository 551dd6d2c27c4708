package io.auriga.sync.relay.jwt;

import io.auriga.runtime.config.ConfigError;
import io.auriga.runtime.config.SecretFile;
import io.auriga.types.AurigaException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The 32 bytes that a consensus and an execution client share ({@code jwt.hex}). Its text form
 * shows the file only.
 */
public final class JwtSecret {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LENGTH = 32;
  private static final Pattern FORM = Pattern.compile("(0x)?[0-9a-fA-F]{" + 2 * LENGTH + "}");

  private final String source;
  private final SecretKeySpec key;

  JwtSecret(String source, byte[] bytes) {
    this.source = source;
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * Reads 64 hexadecimal digits, {@code 0x} before them or not.
   *
   * @throws AurigaException {@code AUR-CONFIG-…} if others may read the file, if it is missing, or
   *     if it holds anything else; the message never repeats what it holds
   */
  public static JwtSecret read(Path file) {
    String text = SecretFile.read(file).reveal().strip();
    if (!FORM.matcher(text).matches()) {
      throw new AurigaException(
          ConfigError.BAD_VALUE,
          "read the secret in " + file,
          "it does not hold 64 hexadecimal digits (32 bytes), but "
              + text.length()
              + " characters of another form");
    }
    return new JwtSecret(
        "secret in " + file,
        HexFormat.of().parseHex(text.startsWith("0x") ? text.substring(2) : text));
  }

  /** Exactly 32 bytes. */
  public static JwtSecret of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a secret has 32 bytes, not " + bytes.length);
    }
    return new JwtSecret("secret", bytes);
  }

  byte[] mac(byte[] message) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(message);
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
    }
  }

  @Override
  public String toString() {
    return source;
  }
}
