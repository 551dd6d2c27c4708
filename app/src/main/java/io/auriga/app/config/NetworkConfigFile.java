package io.auriga.app.config;

import io.auriga.types.AurigaException;
import io.auriga.types.ChainSpec;
import io.auriga.types.SpecError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** A network's {@code config.yaml}, in the form that all consensus clients read. */
public final class NetworkConfigFile {
  /** A configuration has about 200 lines. */
  private static final int BYTES_MAX = 1 << 20;

  private NetworkConfigFile() {}

  /**
   * Reads a network's parameters and fork schedule.
   *
   * @param option what named the file, for messages
   * @throws AurigaException {@code AUR-SPEC-UNKNOWN-NETWORK} if there is no such file, {@code
   *     AUR-SPEC-BAD-CONFIG} if it is no network's configuration
   */
  public static ChainSpec read(Path file, String option) {
    Object parsed;
    try {
      // Every value stays the text that it is: 0x03000000 is a fork version, not a number.
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(file.toString())
              .setSchema(new FailsafeSchema())
              .setAllowDuplicateKeys(false)
              .setMaxAliasesForCollections(0)
              .build();
      parsed = new Load(settings).loadFromString(text(file));
    } catch (NoSuchFileException missing) {
      throw new AurigaException(
          SpecError.UNKNOWN_NETWORK,
          "use the network " + file + " of " + option,
          "it is none of " + String.join(", ", ChainSpec.BUILT_IN) + ", and no such file exists",
          missing);
    } catch (IOException | YamlEngineException unreadable) {
      throw new AurigaException(
          SpecError.BAD_CONFIG,
          "read the network configuration " + file,
          String.valueOf(unreadable.getMessage()).replaceAll("\\s*\\R\\s*", ", "),
          unreadable);
    }
    if (!(parsed instanceof Map<?, ?> map) || !map.containsKey("PRESET_BASE")) {
      throw new AurigaException(
          SpecError.BAD_CONFIG,
          "read the network configuration " + file,
          "it has no PRESET_BASE, so that it is no config.yaml of a network");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (value instanceof String) {
            values.put(String.valueOf(key), value);
          }
        });
    return ChainSpec.of(values);
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new IOException("it is larger than " + BYTES_MAX + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
