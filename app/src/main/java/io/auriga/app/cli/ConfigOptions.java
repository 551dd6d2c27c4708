package io.auriga.app.cli;

import io.auriga.app.config.AurigaConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a command is configured, beside the file and the environment. */
public final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration (YAML). Every key also has an environment variable.")
  private @Nullable Path file;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "The folder of the embedded store (key data).")
  private @Nullable Path data;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any key of the configuration; wins over the file and the environment.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * The configuration that the options, the environment and the file make together.
   *
   * @param own keys that the command has options of its own for
   */
  public AurigaConfig load(Map<String, String> own) {
    Map<String, String> overrides = new LinkedHashMap<>(settings);
    if (data != null) {
      overrides.put("data", data.toString());
    }
    overrides.putAll(own);
    return AurigaConfig.load(file, System.getenv(), overrides);
  }
}
