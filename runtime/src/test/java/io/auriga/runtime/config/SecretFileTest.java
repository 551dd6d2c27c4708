package io.auriga.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
  @TempDir Path folder;

  private Path file(byte[] content, String permissions) throws IOException {
    Path file = folder.resolve("secret");
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  private Path file(String content) throws IOException {
    return file(content.getBytes(StandardCharsets.UTF_8), "rw-------");
  }

  @Test
  void takesOneNewlineOffTheEndAndNothingElse() throws IOException {
    assertThat(SecretFile.read(file(" s3cret \n\n")).reveal()).isEqualTo(" s3cret \n");
    assertThat(SecretFile.read(file("s3cret\r\n")).reveal()).isEqualTo("s3cret");
    assertThat(SecretFile.read(file("s3cret")).reveal()).isEqualTo("s3cret");
  }

  @Test
  void neverShowsTheSecretAsText() throws IOException {
    assertThat(SecretFile.read(file("s3cret")))
        .asString()
        .doesNotContain("s3cret")
        .contains("secret in");
  }

  @Test
  void refusesAFileThatEveryoneMayRead() throws IOException {
    Path open = file("s3cret".getBytes(StandardCharsets.UTF_8), "rw-r--r--");
    refuses(open, ConfigError.INSECURE_SECRET);
  }

  @Test
  void refusesWhatCannotBeASecret() throws IOException {
    refuses(file("\n"), ConfigError.BAD_VALUE);
    refuses(file("x".repeat((64 << 10) + 1)), ConfigError.BAD_VALUE);
    refuses(file(new byte[] {(byte) 0xc3, 0x28}, "rw-------"), ConfigError.BAD_VALUE);
    refuses(folder.resolve("absent"), ConfigError.UNREADABLE);
    refuses(folder, ConfigError.UNREADABLE);
  }

  private static void refuses(Path file, ConfigError error) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> SecretFile.read(file))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(error))
        .withMessageContaining(file.toString())
        .withMessageNotContaining("s3cret");
  }
}
