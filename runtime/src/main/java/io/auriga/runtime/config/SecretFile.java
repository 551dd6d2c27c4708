package io.auriga.runtime.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;

/** A secret and the file it came from. Its text form shows the file only. */
public final class SecretFile {
  /** Far above any token or password; a larger file is a mistake. */
  private static final int BYTES_MAX = 64 << 10;

  private final Path file;
  private final String value;

  private SecretFile(Path file, String value) {
    this.file = file;
    this.value = value;
  }

  /**
   * Reads the file as text without the newline at its end.
   *
   * @throws ConfigException if others may read the file, or if it is missing, empty or no text
   */
  public static SecretFile read(Path file) {
    String attempted = "read the secret in " + file;
    byte[] content;
    try {
      PosixFileAttributeView permissions =
          Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (permissions != null
          && permissions.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
        throw new ConfigException(
            ConfigError.INSECURE_SECRET, attempted, "every user of this machine may read it");
      }
      try (InputStream stream = Files.newInputStream(file)) {
        content = stream.readNBytes(BYTES_MAX + 1);
      }
    } catch (IOException unreadable) {
      throw new ConfigException(
          ConfigError.UNREADABLE,
          attempted,
          Files.exists(file) ? unreadable.getClass().getSimpleName() : "there is no such file",
          unreadable);
    }
    if (content.length > BYTES_MAX) {
      throw new ConfigException(
          ConfigError.BAD_VALUE, attempted, "it is larger than " + BYTES_MAX + " bytes");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException binary) {
      throw new ConfigException(ConfigError.BAD_VALUE, attempted, "it is not UTF-8 text");
    }
    String value = withoutNewline(text);
    if (value.isBlank()) {
      throw new ConfigException(ConfigError.BAD_VALUE, attempted, "it is empty");
    }
    return new SecretFile(file, value);
  }

  /** The secret itself, for the one call that needs it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "secret in " + file;
  }

  private static String withoutNewline(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
