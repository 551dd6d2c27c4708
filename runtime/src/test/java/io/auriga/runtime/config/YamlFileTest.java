package io.auriga.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlFileTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("config.yaml"), text);
  }

  @Test
  void readsANetworkAsTextsWithoutInterpretingThem() throws IOException {
    Path config =
        file(
            """
            # Mainnet config
            PRESET_BASE: 'mainnet'
            CONFIG_NAME: mainnet # not a string in quotes
            TERMINAL_TOTAL_DIFFICULTY: 58750000000000000000000
            GENESIS_FORK_VERSION: 0x00000000
            FAR_FUTURE: 18446744073709551615
            NORWAY: no
            BLOB_SCHEDULE:
              - EPOCH: 412672
                MAX_BLOBS_PER_BLOCK: 15
            """);
    assertThat(YamlFile.scalars(config))
        .containsEntry("PRESET_BASE", "mainnet")
        .containsEntry("CONFIG_NAME", "mainnet")
        .containsEntry("TERMINAL_TOTAL_DIFFICULTY", "58750000000000000000000")
        .containsEntry("GENESIS_FORK_VERSION", "0x00000000")
        .containsEntry("FAR_FUTURE", "18446744073709551615")
        .containsEntry("NORWAY", "no")
        .doesNotContainKey("BLOB_SCHEDULE");
  }

  @ParameterizedTest
  @CsvSource({
    "'a: 1\nb: &x 2\nc: *x', config.yaml:3, aliases",
    "'a: 1\na: 2', config.yaml:2, twice",
    "'a: 1\n--- \nb: 2', config.yaml:, second document",
    "'- a', config.yaml:1, keys and values",
    "'text', config.yaml:1, keys and values",
    "'a: [1, 2', config.yaml, expected",
    "'a: \"open', config.yaml, ''",
    "'? [x]\n: 1', config.yaml:1, key",
  })
  void namesThePlaceThatIsWrong(String yaml, String where, String problem) throws IOException {
    Path config = file(yaml);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> YamlFile.scalars(config))
        .satisfies(failure -> assertThat(failure.error()).isEqualTo(ConfigError.UNREADABLE))
        .withMessageContaining(where)
        .withMessageContaining(problem);
  }

  @Test
  void boundsSizeAndDepth() throws IOException {
    Path large = file("a: " + "x".repeat(1 << 20));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> YamlFile.scalars(large))
        .withMessageContaining("larger");
    Path deep = file("a: " + "[".repeat(50_000));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> YamlFile.scalars(deep))
        .withMessageContaining("nested");
    Path binary = folder.resolve("binary.yaml");
    Files.write(binary, new byte[] {'a', ':', ' ', (byte) 0xff});
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> YamlFile.scalars(binary))
        .withMessageContaining("UTF-8");
  }

  @Test
  void takesAnEmptyFile() throws IOException {
    assertThat(YamlFile.scalars(file("# nothing\n"))).isEmpty();
  }

  @Test
  void saysThatThereIsNoSuchFile() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> YamlFile.scalars(folder.resolve("absent.yaml")))
        .withMessageContaining("no such file");
  }
}
